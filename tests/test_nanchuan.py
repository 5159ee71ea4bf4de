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


LEVELS = {"visitors": 5000, "revenue": 300, "tcm": 300, "wellness": 200, "agriculture": 200}
COUNTS = {"smart_upgrades": 20, "heritage": 1, "scenic_5a": 1, "scenic_4a": 3, "complexes": 8}


def test_every_goal_with_a_figure_is_a_target(answers):
    assert {id: one.levels[0] for id, one in answers.items()} == pytest.approx(LEVELS | COUNTS)
    assert list(answers) == [*LEVELS, *COUNTS]
    assert {one.target.sense for one in answers.values()} == {"at_least"}
    assert {id for id, one in answers.items() if one.target.due != 2026} == {"smart_upgrades"}
    assert answers["smart_upgrades"].target.due == 2022
    milestones = ["heritage", "scenic_5a", "scenic_4a", "complexes"]
    assert [id for id, one in answers.items() if one.target.reached_by] == milestones


def test_a_goal_without_a_figure_has_its_reason(scenario):
    goals = ["一批百亿级企业", "一批专精特新企业", "国家农业现代化示范区", "中医药科技产业园", "创建高新区"]
    assert [one.goal for one in scenario.not_targets] == goals


def test_the_middle_case_lies_between_the_optimistic_and_the_cautious_one(scenario):
    hopeful, middle, careful = (
        [one.probability for one in cqsim.run(case, paths=20_000, seed=1, progress=False).answers[:5]]
        for case in (scenario.case("optimistic"), scenario, scenario.case("cautious"))
    )
    assert all(low < mid < high for low, mid, high in zip(careful, middle, hopeful, strict=True))


@pytest.mark.parametrize(
    ("indicator", "multiple"),
    [("visitors", 5000 / 3103), ("revenue", 300 / 170), ("tcm", 300 / 150), ("wellness", 200 / 90), ("agriculture", 2)],
)
def test_the_required_growth_follows_from_the_published_figures(indicator, multiple, answers):
    required = answers[indicator].required
    assert required.multiple == pytest.approx(multiple, rel=1e-12)
    assert required.cagr == pytest.approx(multiple ** (1 / 5) - 1, rel=1e-12)
    assert required.for_probability[0.5] == pytest.approx(required.cagr, abs=1e-9)


def test_the_median_outcome_of_agriculture_is_that_of_its_typical_rate(scenario):
    alone = scenario.replace({"levers.agri_zone.probability": "0%"})
    (answer,) = (
        one for one in cqsim.run(alone, paths=40_000, seed=1, progress=False).answers if one.indicator == "agriculture"
    )
    # The log of the outcome has sd of about 0.19: six standard errors of its median are 0.8 %, beyond which it lies by
    # chance twice in a billion. Its median is not exactly that of the rate, whose two halves differ.
    assert answer.median == pytest.approx(100 * 1.08**5, rel=0.02)


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
