"""The scenario that ships with the project: what it requires, and the cautions that stand beside its figures."""

from pathlib import Path

import pytest

import cqsim

FILE = Path(__file__).parents[1] / "scenarios" / "nanchuan.yaml"


@pytest.fixture(scope="module")
def scenario():
    return cqsim.load(FILE)


@pytest.fixture(scope="module")
def answers(scenario):
    return {one.indicator: one for one in cqsim.run(scenario, paths=40_000, seed=1, progress=False).answers}


def test_five_level_targets_are_asked_for_by_2026(answers):
    assert list(answers) == ["visitors", "revenue", "tcm", "wellness", "agriculture"]
    assert {one.target.due for one in answers.values()} == {2026}
    assert {one.target.sense for one in answers.values()} == {"at_least"}
    assert [one.levels[0] for one in answers.values()] == pytest.approx([5000, 300, 300, 200, 200])


@pytest.mark.parametrize(
    ("indicator", "multiple"),
    [("visitors", 5000 / 3103), ("revenue", 300 / 170), ("tcm", 300 / 150), ("wellness", 200 / 90), ("agriculture", 2)],
)
def test_the_required_growth_follows_from_the_published_figures(indicator, multiple, answers):
    required = answers[indicator].required
    assert required.multiple == pytest.approx(multiple, rel=1e-12)
    assert required.cagr == pytest.approx(multiple ** (1 / 5) - 1, rel=1e-12)
    assert required.for_probability[0.5] == pytest.approx(required.cagr, abs=1e-9)


def test_the_median_outcome_of_agriculture_is_that_of_its_typical_rate(answers):
    # The log of the outcome has sd of about 0.19: six standard errors of its median are 0.8 %, beyond which it lies by
    # chance twice in a billion. Its median is not exactly that of the rate, whose two halves differ.
    assert answers["agriculture"].median == pytest.approx(100 * 1.08**5, rel=0.02)


def test_no_target_is_better_known_than_assumed(answers):
    assert {one.evidence for one in answers.values()} == {"assumed"}


def test_spending_per_visit_cancels_the_error_of_the_visitors(scenario):
    result = cqsim.run(scenario, paths=5000, seed=2, progress=False)
    start = result.quantiles("revenue").set_index("year").loc[2021]
    assert (start["p5"], start["p95"]) == pytest.approx((170, 170), rel=1e-12)
    visitors = result.quantiles("visitors").set_index("year").loc[2021]
    assert visitors["p5"] < 0.9 * 3103 < 1.1 * 3103 < visitors["p95"]


def test_every_figure_says_where_it_comes_from_or_why_it_is_assumed(scenario):
    for indicator in scenario.indicators.values():
        for block in (indicator.baseline, indicator.growth, *indicator.targets):
            if block is not None:
                assert block.source or block.note


def test_the_cautions_stand_beside_the_figures(scenario):
    indicators = scenario.indicators
    visitors = indicators["visitors"]
    assert "低质量网页" in scenario.sources["page"].note
    assert "低质量网页" in visitors.baseline.note
    assert visitors.baseline.source == indicators["spend"].baseline.source == "page"
    assert str(visitors.baseline.sd) == "8%"
    assert "疫情" in visitors.growth.note
    assert "无南川人均花费序列" in indicators["spend"].growth.note
    for id in ("tcm", "wellness"):
        assert "2021 年产值未见公布" in indicators[id].baseline.note
        assert indicators[id].baseline.evidence == "assumed"
    assert "不得相加" in indicators["wellness"].baseline.note
    assert "中医药科技产业园" in indicators["tcm"].targets[0].note
    assert "5000万人次以上" in visitors.targets[0].note
    assert "五年内翻番" in indicators["agriculture"].targets[0].note
    assert all(target.source == "seed" for one in indicators.values() for target in one.targets)


def test_the_result_repeats_what_is_assumed(scenario):
    notes = " ".join(cqsim.run(scenario, paths=1000, progress=False).notes)
    for path in ("visitors.growth", "tcm.baseline", "wellness.baseline", "agriculture.growth"):
        assert path in notes
