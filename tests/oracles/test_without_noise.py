"""Without noise every path is the same table, made by hand, and every chance is exactly 0 or 1."""

import pytest

GROWTHS = {
    "model: compound, rate: 10%, volatility: 0%": [100, 110, 121, 133.1],
    "model: compound, average: {rate: 10%, years: 2}, volatility: 0%": [100, 110, 121, 133.1],
    "model: compound, average: {rate: 10%, years: 3}, volatility: 0%, last_growth: 10%": [100, 110, 121, 133.1],
    "model: compound, rate: -50%, volatility: 0%, persistence: 0.7": [100, 50, 25, 12.5],
    "model: linear, increment: 5": [100, 105, 110, 115],
    "model: linear, increment: -60, persistence: -0.3": [100, 40, -20, -80],
    "model: linear, increment: 5%": [100, 105, 110, 115],
    # Odds of the capacity start at 1/3 and triple every year.
    "model: logistic, capacity: 400, rate: 200%, volatility: 0%": [100, 200, 300, 360],
    "model: logistic, capacity: 400%, rate: 200%, volatility: 0%": [100, 200, 300, 360],
    "model: fixed": [100, 100, 100, 100],
}


@pytest.mark.parametrize(("growth", "table"), GROWTHS.items())
def test_levels_are_those_of_the_table(growth, table, one, extremes):
    result = one(growth, "at_least: 1, year: 2023", end=2023, paths=100)
    for step, level in enumerate(table):
        assert extremes(result, "x", 2020 + step) == pytest.approx((level, level), rel=1e-12)


@pytest.mark.parametrize(("growth", "table"), GROWTHS.items())
def test_a_level_that_meets_the_target_exactly_hits(growth, table, one):
    targets = []
    for sense in ("at_least", "at_most"):
        targets += [f"{sense}: {level}, year: {2021 + step}" for step, level in enumerate(table[1:])]
    result = one(growth, *targets, end=2023, paths=100)
    assert {answer.probability for answer in result.answers} == {1.0}


@pytest.mark.parametrize(("growth", "table"), GROWTHS.items())
def test_a_level_that_misses_the_target_by_little_does_not_hit(growth, table, one):
    level, slip = table[2], abs(table[2]) * 1e-9
    targets = [f"at_least: {level + slip!r}, year: 2022", f"at_most: {level - slip!r}, year: 2022"]
    result = one(growth, *targets, end=2023, paths=100)
    assert {answer.probability for answer in result.answers} == {0.0}
    assert all(answer.interval[0] == 0.0 < answer.interval[1] for answer in result.answers)


def test_both_ends_of_a_range_belong_to_it(one):
    targets = [
        f"between: [{low}, {high}], year: 2022" for low, high in ((121, 130), (110, 121), (121.1, 130), (110, 120.9))
    ]
    result = one("model: compound, rate: 10%, volatility: 0%", *targets, end=2023, paths=100)
    assert [answer.probability for answer in result.answers] == [1.0, 1.0, 0.0, 0.0]


def test_a_multiple_of_the_baseline_that_is_met_exactly_hits(one):
    targets = [f"at_least: {{times_baseline: {multiple}}}, year: 2022" for multiple in (1.21, 1.2100001)]
    result = one("model: compound, rate: 10%, volatility: 0%", *targets, end=2023, paths=100)
    assert [answer.probability for answer in result.answers] == [1.0, 0.0]


def test_the_first_year_of_reaching_is_that_of_the_table(one):
    result = one("model: compound, rate: 10%, volatility: 0%", "at_least: 121, reached_by: 2023", end=2023, paths=100)
    assert result.answers[0].first_hit == {2021: 0.0, 2022: 1.0, 2023: 0.0}
    assert result.answers[0].never == 0.0


def test_all_targets_at_once_and_expected_hits_are_counted(one):
    targets = ["at_least: 121, year: 2022", "at_least: 140, year: 2023", "at_most: 111, year: 2021"]
    joint = one("model: compound, rate: 10%, volatility: 0%", *targets, end=2023, paths=100).joint_answer
    assert (joint.all, joint.expected_hits) == (0.0, 2.0)
    assert joint.at_least == {1: 1.0, 2: 1.0, 3: 0.0}


FORMULAS = """
format: 1
years: {baseline: 2020, end: 2023}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 100, evidence: official}
    growth: {model: compound, rate: 10%, volatility: 0%, evidence: official}
  spend:
    unit: 元/人次
    baseline: {formula: 0.5 亿元 / visitors, evidence: derived}
    growth: {model: linear, increment: 10, evidence: official}
  revenue: {unit: 亿元, formula: visitors * spend}
  capped: {unit: 亿元, formula: "min(revenue, 0.6 亿元)"}
  steps:
    unit: 元
    baseline: {value: 7, evidence: official}
    formula: prev(steps) + 3 元
  debt:
    unit: 亿元
    baseline: {value: 2, evidence: official}
    formula: prev(debt) * 1.5 - prev(capped)
  late:
    unit: 万人次
    baseline: {value: 50, year: 2021, evidence: official}
    growth: {model: linear, increment: 5, evidence: official}
  both:
    unit: 人次
    formula: visitors + late
    targets: [{at_least: 1760000, year: 2022}, {at_least: 1760001, year: 2022}]
  squares: {formula: "(visitors / late) ** 2 * exp(log(late / visitors))"}
"""
TABLE = {
    "revenue": {2020: 0.5, 2021: 0.66, 2022: 0.847, 2023: 1.0648},
    "capped": {2020: 0.5, 2021: 0.6, 2022: 0.6, 2023: 0.6},
    "steps": {2020: 7, 2021: 10, 2022: 13, 2023: 16},
    "debt": {2020: 2, 2021: 2.5, 2022: 3.15, 2023: 4.125},
    "both": {2021: 1_600_000, 2022: 1_760_000, 2023: 1_931_000},
    "squares": {2021: 2.2, 2022: 2.2, 2023: 133.1 / 60},
}


def test_formulas_and_chains_of_last_year_s_values_give_the_table(simulate, extremes):
    result = simulate(FORMULAS, paths=50)
    for id, levels in TABLE.items():
        for year, level in levels.items():
            assert extremes(result, id, year) == pytest.approx((level, level), rel=1e-12), (id, year)
    assert [answer.probability for answer in result.answers] == [1.0, 0.0]
    assert result.answers[0].baseline_year == 2021
