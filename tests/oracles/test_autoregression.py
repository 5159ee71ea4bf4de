"""Persistence: sums of AR(1) growths, started from their long-run law or from a known last growth."""

from math import exp, expm1, log, sqrt

import numpy as np
import pytest
from scipy.special import ndtr


def percent(share):
    return f"{100 * share!r}%"


def stationary_variance(persistence, years):
    """Variance of the sum of `years` growths of unit variance."""
    return years + 2 * sum((years - lag) * persistence**lag for lag in range(1, years))


@pytest.mark.parametrize("number", [0, 1])
def test_growth_from_a_known_last_growth_matches_worked_examples(number, one, closed_forms, check_share, check_law):
    case = closed_forms["ar1_growth_sum"]["cases"][number]
    volatility = case["sigma_e"] / sqrt(1 - case["phi"] ** 2)  # the example gives the sd of the innovations
    growth = (
        f"model: compound, rate: {percent(expm1(case['mu']))}, volatility: {percent(volatility)}, "
        f"persistence: {case['phi']}, last_growth: {percent(expm1(case['g_last']))}"
    )
    end = 2020 + case["years"]
    result = one(growth, f"at_least: {100 * case['target_ratio']}, year: {end}", end=end)
    check_share(result.answers[0].probability, case["p_hit"], result.paths)
    check_law(result, "x", end, lambda level: ndtr((log(level / 100) - case["mean_sum"]) / case["sd_sum"]))


@pytest.mark.parametrize("persistence", [-0.6, 0.3, 0.9])
def test_growth_from_its_long_run_law_has_the_variance_of_a_stationary_sum(persistence, one, check_share, check_law):
    growth = f"model: compound, rate: {percent(expm1(0.03))}, volatility: 4%, persistence: {persistence}"
    result = one(growth, "at_least: 130, year: 2027", end=2027)
    for years in (1, 2, 7):
        spread = 0.04 * sqrt(stationary_variance(persistence, years))
        check_law(result, "x", 2020 + years, lambda level, t=years, s=spread: ndtr((log(level / 100) - 0.03 * t) / s))
    check_share(result.answers[0].probability, ndtr((0.21 - log(1.3)) / spread), result.paths)


def test_variances_agree_with_the_covariance_matrix_of_the_process(autoregression):
    for persistence in (-0.6, 0.3, 0.9):
        covariance = autoregression(persistence, 7, known_start=False)
        assert np.diag(covariance) == pytest.approx(np.ones(7))
        assert covariance.sum() == pytest.approx(stationary_variance(persistence, 7))


def test_a_known_last_growth_is_remembered_with_the_power_of_persistence(one, extremes):
    growth = "model: compound, rate: 3%, volatility: 0%, persistence: 0.5, last_growth: 9%"
    result = one(growth, "at_least: 120, year: 2024", end=2024, paths=10)
    level, excess = 100.0, log(1.09 / 1.03)
    for year in range(2021, 2025):
        excess /= 2
        level *= 1.03 * exp(excess)
        assert extremes(result, "x", year) == pytest.approx((level, level), rel=1e-12)


def test_a_linear_step_remembers_like_a_growth_rate(one, check_share, check_law):
    growth = "model: linear, increment: -30, volatility: 20, persistence: 0.4"
    result = one(growth, "at_most: -60, year: 2025", end=2025)
    spread = 20 * sqrt(stationary_variance(0.4, 5))
    check_share(result.answers[0].probability, ndtr((-60 + 50) / spread), result.paths)
    check_law(result, "x", 2025, lambda level: ndtr((level + 50) / spread))
