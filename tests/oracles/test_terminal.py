"""Compound growth without persistence: the level of one year is lognormal."""

from math import exp, expm1, log, log1p, sqrt

import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import norm

from cqsim.rates import cagr


def compound(log_drift, sigma):
    return f"model: compound, rate: {100 * expm1(log_drift)!r}%, volatility: {100 * sigma!r}%"


def test_the_chance_to_reach_a_level_is_that_of_the_lognormal_law(one, closed_forms, check_share):
    case = closed_forms["terminal_at_least"]
    growth = compound(case["log_drift"], case["sigma"])
    result = one(growth, f"at_least: {case['target']}, year: 2026", end=2026, baseline=f"value: {case['start']}")
    check_share(result.answers[0].probability, case["p_hit"], result.paths)


def test_the_chance_to_fall_to_a_level_is_that_of_the_lognormal_law(one, closed_forms, check_share):
    case = closed_forms["terminal_at_most"]
    growth = compound(case["log_drift"], case["sigma"])
    result = one(growth, f"at_most: {case['target']}, year: 2028", end=2028, baseline=f"value: {case['start']}")
    check_share(result.answers[0].probability, case["p_hit"], result.paths)


@pytest.mark.slow
def test_two_million_paths_agree_with_the_lognormal_law(one, closed_forms, check_share, check_law):
    case = closed_forms["terminal_at_least"]
    growth = compound(case["log_drift"], case["sigma"])
    result = one(growth, f"at_least: {case['target']}, year: 2026", end=2026, paths=2_000_000, seed=3)
    check_share(result.answers[0].probability, case["p_hit"], result.paths)
    spread = case["sigma"] * sqrt(6)
    check_law(result, "x", 2026, lambda level: ndtr((log(level / 100) - 0.18) / spread))


def test_levels_of_every_year_are_lognormal(one, check_law):
    result = one(compound(0.03, 0.05), "at_least: 120, year: 2026", end=2026, seed=2)
    for step in range(1, 7):
        check_law(result, "x", 2020 + step, lambda level, t=step: ndtr((log(level / 100) - 0.03 * t) / 0.05 / sqrt(t)))


def test_mean_and_sd_of_a_level_are_those_of_the_lognormal_law(one):
    # Six standard errors; that of the sd of a nearly normal sample is sd / sqrt(2 n), widened for its skewness.
    result = one(compound(0.03, 0.05), "at_least: 120, year: 2026", end=2026)
    row = result.quantiles("x").set_index("year").loc[2026]
    variance = 6 * 0.05**2
    mean = 100 * exp(0.18 + variance / 2)
    sd = mean * sqrt(expm1(variance))
    assert row["mean"] == pytest.approx(mean, abs=6 * sd / sqrt(result.paths))
    assert row["sd"] == pytest.approx(sd, abs=6 * 1.2 * sd / sqrt(2 * result.paths))


def test_required_cagr_matches_worked_examples(closed_forms):
    for case in closed_forms["required_cagr"]["cases"]:
        assert cagr(case["base"], case["target"], case["years"]) == pytest.approx(case["cagr"], rel=1e-9)


def test_the_growth_that_a_chance_needs_is_that_of_the_lognormal_law(one, closed_forms):
    cases = {case["prob"]: case for case in closed_forms["required_growth"]["cases"]}
    result = one(compound(0.01, 0.05), "at_least: 120, year: 2026", end=2026)
    found = result.answers[0].required.for_probability
    assert found[0.5] == pytest.approx(cases[0.5]["cagr_median"], abs=1e-9)
    # Anchored at the sample median: six standard errors of two sample quantiles, and the width of one bucket.
    errors = [sqrt(share * (1 - share) / result.paths) / norm.pdf(ndtri(share)) for share in (0.5, 0.9)]
    allowed = 6 * sum(errors) * 0.05 / sqrt(6) + 2**-14
    assert log1p(found[0.9]) == pytest.approx(cases[0.9]["log_drift"], abs=allowed)


@pytest.mark.parametrize("target", ["at_least: 120, year: 2026", "at_most: 120, year: 2026"])
@pytest.mark.parametrize(
    "growth", [compound(0.01, 0.05), compound(0.07, 0.2), "model: linear, increment: 1, volatility: 2"]
)
def test_an_even_chance_needs_exactly_the_required_growth(one, growth, target):
    required = one(growth, target, end=2026, paths=20_000).answers[0].required
    assert required.for_probability[0.5] == pytest.approx(required.cagr, abs=1e-9)


def test_more_growth_is_needed_for_a_higher_chance_to_rise_and_less_for_one_to_fall(one):
    targets = ["at_least: 120, year: 2026", "at_most: 120, year: 2026"]
    up, down = one(compound(0.01, 0.05), *targets, end=2026, paths=20_000).answers
    assert up.required.for_probability[0.5] < up.required.for_probability[0.8] < up.required.for_probability[0.9]
    assert down.required.for_probability[0.5] > down.required.for_probability[0.8] > down.required.for_probability[0.9]


def test_the_chance_to_lie_between_two_levels_is_a_difference_of_normals(one, check_share):
    result = one(compound(0.03, 0.05), "between: [115, 125], year: 2026", end=2026)
    low, high = (ndtr((log(level / 100) - 0.18) / 0.05 / sqrt(6)) for level in (115, 125))
    check_share(result.answers[0].probability, high - low, result.paths)


def test_the_best_uplift_puts_the_median_at_the_geometric_middle(one):
    # The curve of chances is within 0.0065 of the true one but for one run in ten million (Dvoretzky, Kiefer and
    # Wolfowitz 1956, two ends): its top is within 0.013 of the true top, where the true chance is within 0.026 of it.
    result = one(compound(0.01, 0.05), "between: [115, 125], year: 2026", end=2026)
    chance, growth = result.answers[0].required.best
    spread = 0.05 * sqrt(6)
    top = 2 * ndtr(log(125 / 115) / 2 / spread) - 1
    assert chance == pytest.approx(top, abs=0.013)
    middle = log(sqrt(115 * 125) / 100)
    shift = 6 * log1p(growth) - middle
    half = log(125 / 115) / 2
    assert ndtr((half - shift) / spread) - ndtr((-half - shift) / spread) > top - 0.026


def test_the_nearest_uplift_for_a_reachable_chance_between_two_levels_reaches_it(one):
    # As above: within 0.013 of the chance asked for, and less than the uplift to the best chance.
    result = one(compound(-0.1, 0.01), "between: [115, 125], year: 2026", end=2026)
    required = result.answers[0].required
    spread = 0.01 * sqrt(6)
    for chance, growth in required.for_probability.items():
        median = 6 * log1p(growth)
        reached = ndtr((log(1.25) - median) / spread) - ndtr((log(1.15) - median) / spread)
        assert reached == pytest.approx(chance, abs=0.015)
        assert growth < required.best[1]


def test_a_chance_that_no_uplift_reaches_between_two_levels_has_no_growth(one):
    required = one(compound(0.01, 0.2), "between: [119, 121], year: 2026", end=2026, paths=20_000).answers[0].required
    assert set(required.for_probability.values()) == {None}
    assert 0 < required.best[0] < 0.1


def test_an_uncertain_typical_rate_adds_its_variance_times_the_square_of_the_years(one, check_share, check_law):
    # The log of 1 + rate is normal with these 5 and 95 % points.
    low, high = 0.02 - 0.04, 0.02 + 0.04
    rate = f"{{p05: {100 * expm1(low)!r}%, p95: {100 * expm1(high)!r}%}}"
    result = one(f"model: compound, rate: {rate}, volatility: 6%", "at_least: 130, year: 2025", end=2025)
    spread = sqrt(25 * (0.04 / ndtri(0.95)) ** 2 + 5 * 0.06**2)
    check_share(result.answers[0].probability, ndtr((0.1 - log(1.3)) / spread), result.paths)
    check_law(result, "x", 2025, lambda level: ndtr((log(level / 100) - 0.1) / spread))
