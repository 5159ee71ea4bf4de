"""What a fitted trend keeps, whatever the history."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cqsim
from cqsim.growth.kernel import NOISE, Inputs
from cqsim.growth.models.trend import Trend, TrendPrior, fitted
from cqsim.growth.past import Past

RATES = st.lists(st.floats(-0.2, 0.3), min_size=3, max_size=15)
TREND = Trend(evidence="derived")


def levels(rates, first=100.0):
    return first * np.cumprod([1.0, *(1 + rate for rate in rates)])


def grow(found, start, years=5, paths=400, seed=3):
    random = np.random.default_rng(seed)
    out = np.empty((years + 1, paths))
    draws = {name: random.standard_normal(paths) for name in ("cell", "drift", "last")}
    found.paths(Inputs(np.full(paths, start), draws, {NOISE: random.standard_normal((years, paths))}), out)
    return out


@settings(deadline=None, max_examples=40)
@given(RATES, st.floats(1e-4, 1e6), st.integers(-100, 100))
def test_units_and_the_calendar_do_not_matter(rates, factor, shift):
    values = levels(rates)
    first = TREND.fit(range(len(values)), values)
    second = TREND.fit(range(shift, shift + len(values)), values * factor)
    np.testing.assert_allclose(grow(first, 100.0) * factor, grow(second, 100.0 * factor), rtol=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(-0.05, 0.08), min_size=6, max_size=15), st.floats(0.005, 0.04))
def test_faster_growth_in_the_past_means_faster_growth_to_come(rates, more):
    """Within what the prior thinks possible: growth far outside of it speaks for a high volatility as well."""
    past = levels(rates)
    slow, fast = (TREND.fit(range(len(past)), values) for values in (past, past * np.exp(more * np.arange(len(past)))))
    assert fast.summary()["drift"]["p50"] > slow.summary()["drift"]["p50"]


@settings(deadline=None, max_examples=40)
@given(RATES)
def test_the_prior_s_weight_is_a_share(rates):
    summary = TREND.fit(range(len(rates) + 1), levels(rates)).summary()
    for figure in ("drift", "volatility"):
        assert 0 < summary[figure]["prior_weight"] <= 1


def test_more_of_the_same_leaves_less_to_the_prior():
    rates = [0.02, 0.09, -0.01, 0.06, 0.03]
    weights = [TREND.fit(range(len(r) + 1), levels(r)).summary() for r in (rates, rates * 2, rates * 4)]
    for figure in ("drift", "volatility"):
        once, twice, often = (summary[figure]["prior_weight"] for summary in weights)
        assert 1 > once > twice > often > 0


@settings(deadline=None, max_examples=40)
@given(st.lists(st.floats(1, 99), min_size=4, max_size=12))
def test_shares_stay_between_0_and_100(shares):
    out = grow(Trend(scale="logit", evidence="derived").fit(range(len(shares)), shares), shares[-1], years=20)
    assert (out > 0).all()
    assert (out < 100).all()


def test_a_constant_history_still_leaves_a_little_doubt():
    found = TREND.fit(range(8), [50.0] * 8).summary()
    assert 0 < found["volatility"]["p90"] < 0.04
    assert abs(found["drift"]["p50"]) < 0.005


def test_peers_say_what_is_usual():
    own = (100.0, 104.0, 103.0, 108.0)
    peers = tuple(Past.until(2021, levels([0.12, 0.13, 0.12, 0.13, 0.12])) for _ in range(4))
    alone = fitted(TREND, Past.until(2021, own)).summary()["drift"]
    among = fitted(TREND, Past((2018, 2019, 2020, 2021), own, peers=peers)).summary()["drift"]
    assert alone["prior_p50"] < 0.02
    assert 0.05 < among["prior_p50"] < 0.12
    assert among["prior_p90"] - among["prior_p10"] < alone["prior_p90"] - alone["prior_p10"]
    assert among["p50"] > alone["p50"]


def test_a_stated_prior_needs_no_history():
    out = grow(Trend(prior=TrendPrior(drift="6%"), evidence="assumed").fit([2021], [100.0]), 100.0, paths=20_000)
    # half of the paths are damped, by a factor of 0.77 a year on average; sd of the median about 0.002
    assert 1.15 < np.median(out[-1]) / 100 < 1.30


def test_a_stated_prior_without_any_history_keeps_the_scale_of_the_unit():
    x = {
        "unit": "%",
        "baseline": {"value": 98, "evidence": "assumed"},
        "growth": {"model": "trend", "prior": {"drift": "30%"}, "evidence": "assumed"},
        "targets": [{"at_least": 99, "year": 2025}],
    }
    one = cqsim.Scenario(years={"baseline": 2021, "end": 2025}, indicators={"x": x})
    assert cqsim.run(one, paths=5_000, progress=False).quantiles("x")["p95"].max() < 100


def scenario(x):
    return cqsim.Scenario(
        years={"baseline": 2021, "end": 2025}, indicators={"x": {**x, "targets": [{"at_least": 120, "year": 2025}]}}
    )


HISTORY = {"values": {"2017": 90, "2018": 95, "2019": 101, "2020": 99, "2021": 106}, "evidence": "official"}


def test_a_history_alone_is_a_trend_from_its_last_value():
    given_all = {
        "history": HISTORY,
        "baseline": {"value": 106, "year": 2021, "evidence": "official"},
        "growth": {"model": "trend", "evidence": "derived"},
    }
    alone, written = (
        cqsim.run(scenario(x), paths=5_000, progress=False).answers[0] for x in ({"history": HISTORY}, given_all)
    )
    assert alone.to_dict() == written.to_dict()


def test_counts_still_start_from_nothing():
    count = {"history": HISTORY, "growth": {"model": "count", "per_year": 4, "evidence": "assumed"}}
    assert scenario(count).indicators["x"].baseline is None


def test_a_baseline_after_the_history_counts_as_its_last_point():
    short = {
        "values": {year: value for year, value in HISTORY["values"].items() if year != "2021"},
        "evidence": "official",
    }
    baseline = {"value": 106, "evidence": "official"}
    answers = [
        cqsim.run(scenario({"history": history, "baseline": baseline}), paths=5_000, progress=False)
        .answers[0]
        .probability
        for history in (HISTORY, short)
    ]
    assert answers[0] == answers[1]


def test_later_values_change_nothing():
    later = {"values": {**HISTORY["values"], "2023": 500, "2024": 900}, "evidence": "official"}
    baseline = {"value": 106, "evidence": "official"}
    first, second = (
        cqsim.run(scenario({"history": history, "baseline": baseline}), paths=5_000, progress=False).answers[0]
        for history in (HISTORY, later)
    )
    assert first.to_dict() == second.to_dict()


def test_it_is_saved_and_read_back(tmp_path):
    one = scenario(
        {"history": HISTORY, "growth": {"model": "trend", "prior": {"volatility": "5%"}, "evidence": "derived"}}
    )
    one.save(tmp_path / "x.yaml")
    assert cqsim.load(tmp_path / "x.yaml").indicators == one.indicators


@pytest.mark.parametrize("field", ["drift_sd", "volatility"])
def test_a_prior_without_width_is_refused(field):
    with pytest.raises(ValueError, match="a standard deviation must be above zero"):
        TrendPrior(**{field: "0%"})
