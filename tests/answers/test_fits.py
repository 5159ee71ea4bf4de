"""What is said of histories and priors: in which units, how much each weighs, and where they disagree."""

import json
import math

import pytest

import cqsim
from cqsim.answers.result import Result
from cqsim.report.content.tables import fit_tables


def result(values, unit="亿元", language="en", growth=None, **more):
    first = 2021 - len(values) + 1
    history = {"values": {str(first + number): value for number, value in enumerate(values)}, "evidence": "assumed"}
    target = values[-1] + 0.5 * abs(values[-1] - values[0])
    indicator = {
        "unit": unit,
        "history": history,
        "growth": {"model": "trend", "evidence": "derived", **(growth or {})},
        "targets": [{"at_least": target, "year": 2026}],
        **more,
    }
    scenario = cqsim.Scenario(years={"baseline": 2021, "end": 2026}, indicators={"x": indicator}, language=language)
    return cqsim.run(scenario, paths=500, range=False, progress=False)


def texts(found):
    return [cell.text for row in fit_tables(found)[0].rows for cell in row]


def test_the_growth_of_a_share_stands_in_percentage_points():
    """A rise of exactly two points a year is said to be two points a year."""
    found = result([20, 22, 24, 26, 28, 30], unit="%")
    rate, volatility, persistence = found.fits
    assert (rate.stated_in, volatility.stated_in, persistence.stated_in) == ("points", "points", None)
    assert rate.data == pytest.approx(0.02)
    assert volatility.data == pytest.approx(0, abs=1e-12)
    assert rate.prior[0] < 0 < rate.posterior[1] < 0.02
    assert "2.0pp (5)" in texts(found)
    assert not any("%/yr" in text for text in texts(found))


def test_the_growth_of_what_may_fall_below_zero_stands_in_its_unit():
    found = result([-4, -2, 1, 2, 5, 6], growth={"scale": "linear"})
    rate = found.fits[0]
    assert (rate.stated_in, rate.unit, rate.data) == ("amount", "亿元", pytest.approx(2))
    assert "2 亿元 (5)" in texts(found)


def test_the_growth_of_an_amount_is_a_rate():
    rate = result([100, 110, 121, 133.1, 146.41]).fits[0]
    assert (rate.stated_in, rate.data) == ("rate", pytest.approx(0.1))


def test_the_prior_s_weight_is_the_variance_that_the_whole_posterior_leaves():
    """Twenty years that alternate between two growth rates; the weights were worked out by another program."""
    values = [102 * math.exp(0.079 * year + (0.039 if year % 2 else 0)) for year in range(20)]
    rate, volatility, _ = result(values).fits
    assert 0.04 < rate.prior_weight < 0.12
    assert 0.35 < volatility.prior_weight < 0.5


@pytest.mark.parametrize("growth", [None, {"model": "compound", "rate": {"p10": "1%", "p50": "3%", "p90": "5%"}}])
@pytest.mark.parametrize(("rate", "disagrees"), [(1.3, True), (1.04, False)])
def test_a_history_that_the_prior_hardly_expects_is_said_to_disagree(rate, disagrees, growth):
    values = [100 * rate**year * (1 + 0.001 * (-1) ** year) for year in range(6)]
    elicited = growth and {**growth, "volatility": "5%", "evidence": "assumed", "learn": True}
    notes = result(values, growth=elicited).notes
    assert any("disagree" in note for note in notes) == disagrees


def test_a_posterior_at_the_end_of_its_range_is_said_so():
    smooth = [100 * 1.05**year * math.exp(0.02 * math.sin(year / 4)) for year in range(16)]
    assert any("persistence" in note and "end of what was allowed" in note for note in result(smooth).notes)
    assert any("允许范围的端点" in note for note in result(smooth, language="zh").notes)


def test_fits_survive_saving():
    found = result([20, 22, 24, 26, 28, 30], unit="%")
    assert Result.from_json(found.to_json()).fits == found.fits
    assert json.loads(found.to_json())["fits"][0]["stated_in"] == "points"
