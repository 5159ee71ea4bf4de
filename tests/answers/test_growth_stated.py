"""How growth is stated: rates for amounts, percentage points for what is in per cent, nothing for growth rates."""

import json

import pytest

import cqsim
from cqsim.answers.result import Result
from cqsim.report.content import tables
from cqsim.report.content.summary import growth_sentence, joint_lines
from cqsim.report.figures.growth import growth

YEARS = {"baseline": 2021, "end": 2026}
GROWN = {"model": "compound", "rate": "6%", "volatility": "4%", "evidence": "assumed"}
GDP = {"unit": "亿元", "baseline": {"value": 100, "evidence": "assumed"}, "growth": GROWN}
URBAN = {
    "unit": "%",
    "baseline": {"value": 56.7, "evidence": "assumed"},
    "growth": {"model": "proportion", "change": "1pp", "volatility": "0.5pp", "evidence": "assumed"},
    "targets": [{"at_least": 65, "year": 2026}],
}
RATE = {
    "unit": "%",
    "baseline": {"value": 6, "evidence": "assumed"},
    "formula": "100% * (gdp / prev(gdp) - 1)",
    "targets": [{"at_least": "6%", "year": 2026}],
}
WORST = {**RATE, "formula": "min(prev(worst), rate)", "baseline": {"value": 99, "evidence": "assumed"}}


def result(**indicators):
    scenario = cqsim.Scenario(years=YEARS, indicators=indicators, language="en")
    return cqsim.run(scenario, paths=2000, range=False, progress=False)


@pytest.fixture(scope="module")
def urban():
    return result(urban=URBAN)


def test_what_is_in_per_cent_grows_by_points(urban):
    required = urban.answers[0].required
    assert required.growth_in == "points"
    assert required.cagr is None
    assert required.growth == pytest.approx((65 - 56.7) / 5 / 100)
    assert required.to_dict()["increment"] == pytest.approx(1.66)
    # Half of the futures reach the target when growth is just what it requires.
    assert required.for_probability[0.5] == pytest.approx(required.growth, abs=5e-4)
    assert required.for_probability[0.5] < required.for_probability[0.8] < required.for_probability[0.9]


def test_points_stand_wherever_people_look(urban):
    answer = urban.answers[0]
    assert tables.targets_table(urban).rows[0][2].text == "+1.7pp/yr"
    assert all("pp/yr" in cell.text for cell in tables.growth_table(urban).rows[0][1:])
    assert "+1.7pp/yr" in growth_sentence(answer, "en")
    assert "+1.7个百分点/年" in growth_sentence(answer, "zh")
    assert "percentage points" in growth(urban).get_xlabel()
    assert [line.get_xdata()[0] for line in growth(urban).lines if line.get_label() == "required"] == [
        pytest.approx(1.66)
    ]
    assert "pp/yr" in " ".join(text.get_text() for text in urban.plot.fan("urban").texts)


@pytest.mark.parametrize("targets", [[{"at_least": "6%", "year": 2026}], [{"at_least": "6%", "reached_by": 2026}]])
def test_a_growth_rate_has_no_growth(targets):
    rates = result(gdp=GDP, rate={**RATE, "targets": targets}, worst=WORST, urban=URBAN)
    for answer in rates.answers[:2]:
        assert answer.required.growth_in is None
        assert answer.required.growth is None
        assert set(answer.required.for_probability.values()) == {None}
        assert growth_sentence(answer, "en") is None
    assert [cell.text for cell in tables.growth_table(rates).rows[0][1:]] == ["-"] * 5
    lines = joint_lines(rates.joint_answer, len(rates.answers), "en")
    assert not any("growth" in line for line in lines)
    assert len(growth(rates).get_yticks()) == 1  # only the share has growth to show


def test_a_share_of_two_amounts_grows_by_points():
    part = {**GDP, "baseline": {"value": 20, "evidence": "assumed"}}
    share = {"unit": "%", "formula": "100% * part / gdp", "targets": [{"at_least": "25%", "year": 2026}]}
    assert result(gdp=GDP, part=part, share=share).answers[0].required.growth == pytest.approx(0.01)


def test_amounts_grow_by_rates_as_before():
    required = result(gdp={**GDP, "targets": [{"at_least": 150, "year": 2026}]}).answers[0].required
    assert (required.growth_in, required.growth) == ("rate", pytest.approx(1.5**0.2 - 1))


def test_how_growth_is_stated_survives_saving(urban):
    document = json.loads(urban.to_json())
    assert document["targets"][0]["required"]["growth_in"] == "points"
    assert Result.from_json(urban.to_json()).answers[0].required == urban.answers[0].required
    assert urban.targets["growth_in"].tolist() == ["points"]


def test_a_limit_says_from_when_it_is_kept():
    """Kept from 2021 on unless lost on the way: the shares are those of paths below the limit to the target's year."""
    rate = {
        "unit": "%",
        "baseline": {"value": 5, "evidence": "assumed"},
        "growth": {"model": "linear", "increment": 0, "volatility": "1pp", "evidence": "assumed"},
        "targets": [{"at_most": 5.5, "year": 2023}, {"at_most": 5.5, "reached_by": 2023}],
    }
    kept, reached = result(rate=rate).answers
    assert list(kept.first_hit) == [2022, 2023]
    assert kept.never == pytest.approx(1 - kept.probability)
    assert sum(kept.first_hit.values()) == pytest.approx(kept.probability)
    assert kept.first_hit[2022] < reached.first_hit[2022]  # some are below in 2022 and not in 2023
    title, other = (table.caption for table in tables.first_hit_tables(result(rate=rate)))
    assert "kept" in title
    assert "reached" in other
