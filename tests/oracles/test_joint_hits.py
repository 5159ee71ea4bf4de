"""All targets at once: correlated noise, common rates, and the growth that makes all of them likely."""

from math import exp, expm1, log, log1p, sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import multivariate_normal, norm

YEARS = 4


def pair(levels, link, rate="3%", volatility="6%", paths_of=("a", "b")):
    text = f"format: 1\nyears: {{baseline: 2020, end: {2020 + YEARS}}}\nindicators:\n"
    for id, level in zip(paths_of, levels, strict=True):
        text += f"""
  {id}:
    baseline: {{value: 100, evidence: official}}
    growth: {{model: compound, rate: {rate}, volatility: {volatility}, evidence: assumed}}
    targets: [{{at_least: {level!r}, year: {2020 + YEARS}}}]
"""
    return text + (f"correlation: [{{between: [a, b], {link}, evidence: assumed}}]\n" if link else "")


def level_hit_with(chance):
    return 100 * exp(YEARS * log(1.03) - 0.06 * sqrt(YEARS) * ndtri(chance))


@pytest.mark.parametrize("number", range(4))
def test_correlated_noise_gives_the_joint_chance_of_the_bivariate_normal(number, simulate, closed_forms, check_share):
    case = closed_forms["joint_hit"]["cases"][number]
    levels = [level_hit_with(case["p1"]), level_hit_with(case["p2"])]
    result = simulate(pair(levels, f"value: {case['rho']!r}, of: noise".replace("value: 0,", "value: 0.0,")))
    first, second = (answer.probability for answer in result.answers)
    check_share(first, case["p1"], result.paths)
    check_share(second, case["p2"], result.paths)
    both = result.joint_answer
    check_share(both.all, case["p_both"], result.paths)
    assert both.expected_hits == pytest.approx(first + second, abs=1e-12)
    assert both.at_least[1] == pytest.approx(first + second - both.all, abs=1e-12)


@pytest.mark.parametrize("correlation", [-0.9, 0.5, 0.95])
def test_the_joint_chance_rises_with_correlation_as_in_the_bivariate_normal(correlation, simulate, check_share):
    result = simulate(pair([level_hit_with(0.7), level_hit_with(0.4)], f"value: {correlation}, of: noise"))
    covariance = [[1, correlation], [correlation, 1]]
    expected = multivariate_normal(cov=covariance).cdf([ndtri(0.7), ndtri(0.4)])
    check_share(result.joint_answer.all, float(expected), result.paths)


def test_correlation_of_everything_joins_noise_and_rates_alike(simulate, check_share):
    rate = f"{{p05: {100 * expm1(-0.02)!r}%, p95: {100 * expm1(0.08)!r}%}}"
    spread = sqrt((YEARS * 0.05 / ndtri(0.95)) ** 2 + YEARS * 0.06**2)
    levels = [100 * exp(0.03 * YEARS - spread * ndtri(chance)) for chance in (0.7, 0.4)]
    result = simulate(pair(levels, "value: 0.6", rate=rate))
    expected = multivariate_normal(cov=[[1, 0.6], [0.6, 1]]).cdf([ndtri(0.7), ndtri(0.4)])
    check_share(result.joint_answer.all, float(expected), result.paths)


def test_correlated_rates_give_the_joint_chance_of_quadrature(simulate, check_share):
    low, middle, high, correlation = 0.00, 0.03, 0.10, 0.8
    rate = "{" + ", ".join(f"p{p}: {100 * expm1(x)!r}%" for p, x in ((10, low), (50, middle), (90, high))) + "}"
    levels = (115.0, 125.0)
    result = simulate(pair(levels, f"value: {correlation}, of: rate", rate=rate))
    # Sum over a fine grid of the two rates' normal scores; given the rates, the two are independent.
    grid = np.linspace(-8, 8, 3201)
    half = np.where(grid < 0, middle - low, high - middle) / ndtri(0.9)
    drift = YEARS * (middle + half * grid)
    first, second = (ndtr((drift - log(level / 100)) / 0.06 / sqrt(YEARS)) for level in levels)
    own = norm.pdf(grid)
    other = norm.pdf((grid[None, :] - correlation * grid[:, None]) / sqrt(1 - correlation**2)) / sqrt(
        1 - correlation**2
    )
    weight = (grid[1] - grid[0]) ** 2
    check_share(result.joint_answer.all, float(np.sum(own * first * (other @ second)) * weight), result.paths)
    check_share(result.answers[1].probability, float(np.sum(own * second) * sqrt(weight)), result.paths)


def test_the_growth_that_makes_all_targets_likely_agrees_with_a_direct_simulation(simulate, check_share):
    targets = {"a": (115.0, 2023), "b": (130.0, 2024)}
    text = "format: 1\nyears: {baseline: 2020, end: 2024}\nindicators:\n"
    for id, (level, year) in targets.items():
        text += f"""
  {id}:
    baseline: {{value: 100, evidence: official}}
    growth: {{model: compound, rate: 3%, volatility: 6%, evidence: assumed}}
    targets: [{{at_least: {level}, year: {year}}}]
"""
    result = simulate(text)
    paths = 500_000
    draws = np.random.default_rng(7).standard_normal((2, paths))
    needed = np.full(paths, -np.inf)
    for (level, year), z in zip(targets.values(), draws, strict=True):
        years = year - 2020
        np.maximum(needed, log(level / 100) / years - log(1.03) - 0.06 / sqrt(years) * z, out=needed)
    for chance, growth in result.joint_answer.for_probability.items():
        # The direct simulation has its own error; a bucket of uplifts holds at most 0.1 % of the paths here.
        both = paths * result.paths / (paths + result.paths)
        check_share(np.mean(needed <= log1p(growth)), chance, both, slack=0.001)


def test_the_growth_that_makes_all_likely_is_at_least_that_of_each_target_alone(simulate):
    result = simulate(pair([120.0, 125.0], ""), paths=50_000)
    typical = log(1.03)
    for chance, growth in result.joint_answer.for_probability.items():
        alone = [log1p(answer.required.for_probability[chance]) - typical for answer in result.answers]
        # The median of a sample is off by less than six of its standard errors.
        assert log1p(growth) > max(alone) - 6 * 1.2533 * 0.06 / sqrt(YEARS * result.paths)


def band(targets):
    """One indicator, yearly log growth normal with mean log 1.05 and standard deviation 0.06."""
    return f"""format: 1
years: {{baseline: 2020, end: 2025}}
indicators:
  x:
    baseline: {{value: 100, evidence: official}}
    growth: {{model: compound, rate: 5%, volatility: 6%, evidence: assumed}}
    targets: [{targets}]
"""


def test_targets_on_both_sides_of_one_indicator_have_a_best_effort(simulate):
    """At most 170 and at least 140: the effort that puts the middle of the band on the median."""
    result = simulate(band("{at_least: 140, year: 2025}, {at_most: 170, year: 2025}"))
    spread, middle = 0.06 * sqrt(5), (log(1.4) + log(1.7)) / 2
    chance = float(2 * ndtr((log(1.7) - log(1.4)) / 2 / spread) - 1)
    assert result.joint_answer.for_probability[0.8] is result.joint_answer.for_probability[0.9] is None
    best, growth = result.joint_answer.best
    # The highest of many shares lies above the true one by a few of their errors; the curve is flat at its top.
    assert best == pytest.approx(chance, abs=6 * sqrt(chance * (1 - chance) / result.paths))
    assert growth == pytest.approx(expm1(middle / 5 - log(1.05)), abs=0.01)
    assert result.to_dict()["joint"]["best"] == {"probability": best, "growth": growth}


def test_an_earlier_target_to_be_reached_pulls_the_best_effort_up(simulate):
    written = "{at_least: 140, year: 2025}, {at_least: 120, year: 2023}, {at_most: 170, year: 2025}"
    best, growth = simulate(band(written)).joint_answer.best
    law = multivariate_normal(cov=0.06**2 * np.array([[3, 3], [3, 5]]))

    def chance(effort):
        drift = log(1.05) + effort
        over = 3 * drift - log(1.2)
        return float(law.cdf([over, 5 * drift - log(1.4)]) - law.cdf([over, 5 * drift - log(1.7)]))

    efforts = np.linspace(-0.01, 0.05, 121)
    wanted = [chance(effort) for effort in efforts]
    assert best == pytest.approx(max(wanted), abs=0.005)
    assert growth == pytest.approx(expm1(efforts[np.argmax(wanted)]), abs=0.01)


def test_the_effort_nearest_to_none_is_given_where_a_band_of_efforts_is_enough(simulate):
    result = simulate(band("{at_least: 110, year: 2025}, {at_most: 250, year: 2025}"))
    spread, drift = 0.06 * sqrt(5), 5 * log(1.05)
    needed = result.joint_answer.for_probability[0.9]
    chance = ndtr((5 * log1p(needed) + drift - log(1.1)) / spread) - ndtr(
        (5 * log1p(needed) + drift - log(2.5)) / spread
    )
    assert chance == pytest.approx(0.9, abs=0.01)
    assert needed > 0
    assert result.joint_answer.best is None


def test_what_is_only_to_stay_below_falls_by_as_much(simulate):
    """An indicator to stay below and one to be reached, independent: the product of both chances at one effort."""
    text = band("{at_least: 150, year: 2025}") + band("{at_most: 120, year: 2025}").split("indicators:\n")[1].replace(
        "  x:", "  y:"
    )
    needed = simulate(text).joint_answer.for_probability[0.8]
    spread, drift, effort = 0.06 * sqrt(5), 5 * log(1.05), 5 * log1p(needed)
    both = ndtr((drift + effort - log(1.5)) / spread) * ndtr((log(1.2) - drift + effort) / spread)
    assert both == pytest.approx(0.8, abs=0.01)
