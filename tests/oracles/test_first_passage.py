"""`reached_by`: the first year in which a level is reached."""

from math import expm1, log, log1p

import numpy as np
import pytest


def compound(log_drift, sigma):
    return f"model: compound, rate: {100 * expm1(log_drift)!r}%, volatility: {100 * sigma!r}%"


@pytest.mark.parametrize("number", [0, 1])
def test_the_chance_of_reaching_a_level_in_any_year_matches_quadrature(number, one, closed_forms, check_share):
    case = closed_forms["first_passage_yearly"]["cases"][number]
    end = 2020 + case["years"]
    targets = [f"at_least: {case['target']}, {when}: {end}" for when in ("reached_by", "year")]
    result = one(compound(case["log_drift"], case["sigma"]), *targets, end=end)
    check_share(result.answers[0].probability, case["p_reached"], result.paths)
    check_share(result.answers[1].probability, case["p_last_year"], result.paths)


def test_reaching_by_a_year_is_one_minus_never(one, tally_of):
    targets = [f"at_least: 120, reached_by: {year}" for year in (2021, 2023, 2026)]
    result = one(compound(0.03, 0.05), *targets, "between: [90, 95], reached_by: 2024", end=2026, paths=30_001)
    for answer, counts in zip(result.answers, tally_of(result).first_hits, strict=True):
        assert answer.probability == pytest.approx(1 - answer.never, abs=1e-15)
        assert round(answer.probability * result.paths) + int(counts[-1]) == result.paths


def test_first_hit_years_agree_with_the_chances_of_reaching_by_each_year(one):
    targets = [f"at_least: 120, reached_by: {year}" for year in range(2021, 2027)]
    result = one(compound(0.03, 0.05), *targets, end=2026, paths=30_000)
    reached = [answer.probability for answer in result.answers]
    shares = list(result.answers[-1].first_hit.values())
    assert np.cumsum(shares) == pytest.approx(reached, abs=1e-12)


@pytest.mark.parametrize("sense", ["at_least", "at_most"])
def test_the_uplift_for_reaching_by_a_year_agrees_with_a_direct_simulation(sense, one, check_share):
    level = 130 if sense == "at_least" else 90
    result = one(compound(0.01, 0.07), f"{sense}: {level}, reached_by: 2026", end=2026)
    answer = result.answers[0]
    paths = 500_000
    steps = 0.01 + 0.07 * np.random.default_rng(99).standard_normal((6, paths))
    years = np.arange(1, 7)[:, None]
    needed = log(level / 100) / years - np.cumsum(steps, axis=0) / years
    needed = needed.min(axis=0) if sense == "at_least" else needed.max(axis=0)
    for chance, growth in answer.required.for_probability.items():
        uplift = log1p(growth) - log(answer.median / 100) / 6
        share = np.mean(needed <= uplift if sense == "at_least" else needed >= uplift)
        # The direct simulation has its own error; a bucket of uplifts holds at most 0.1 % of the paths here.
        both = paths * result.paths / (paths + result.paths)
        check_share(share, chance, both, slack=0.001)


def test_an_uplift_of_the_growth_itself_gives_the_chance_that_was_asked_for(one, check_share):
    drift, end = 0.01, 2026
    answer = one(compound(drift, 0.07), f"at_least: 130, reached_by: {end}", end=end).answers[0]
    uplift = log1p(answer.required.for_probability[0.8]) - log(answer.median / 100) / 6
    lifted = one(compound(drift + uplift, 0.07), f"at_least: 130, reached_by: {end}", end=end, seed=8)
    # Both runs have an error.
    check_share(lifted.answers[0].probability, 0.8, lifted.paths / 2, slack=0.001)


def test_a_level_reached_and_lost_again_counts_for_reaching_but_not_for_the_last_year(one):
    targets = ["at_least: 103, reached_by: 2024", "at_least: 103, year: 2024"]
    growth = "model: compound, rate: -9%, volatility: 0%, persistence: 0.5, last_growth: 30%"
    reached, last = one(growth, *targets, end=2024, paths=10).answers
    assert (reached.probability, last.probability) == (1.0, 0.0)
    assert reached.first_hit[2021] == 1.0
    assert reached.never == 0.0
