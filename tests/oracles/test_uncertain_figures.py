"""Figures that are not known for certain: quantiles, measurement errors, baselines by formula."""

from math import expm1, log, log1p, sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

FIXED = "model: fixed"
NEVER = "at_least: 1e9, year: 2021"


def two_piece(scale, low, middle, high):
    """Normal on a scale either side of the median, through the 10, 50 and 90 % points."""
    below, above = scale(middle) - scale(low), scale(high) - scale(middle)

    def cdf(value):
        away = scale(value) - scale(middle)
        return ndtr(away / (below if away < 0 else above) * ndtri(0.9))

    return cdf


def test_a_positive_baseline_by_three_quantiles_is_two_half_normals_of_its_log(one, check_law):
    result = one(FIXED, NEVER, end=2021, baseline="value: {p10: 110, p50: 150, p90: 170}")
    check_law(result, "x", 2020, two_piece(log, 110, 150, 170))


def test_a_baseline_that_may_be_negative_is_two_half_normals(one, check_law):
    result = one(FIXED, NEVER, end=2021, baseline="value: {p10: -10, p50: 5, p90: 40}")
    check_law(result, "x", 2020, two_piece(float, -10, 5, 40))


def test_a_positive_baseline_by_two_quantiles_is_lognormal(one, check_law):
    result = one(FIXED, NEVER, end=2021, baseline="value: {p05: 50, p95: 200}")
    check_law(result, "x", 2020, lambda value: ndtr(log(value / 100) / log(2) * ndtri(0.95)))
    assert result.answers[0].baseline == pytest.approx(100, rel=1e-12)


def test_a_baseline_by_two_quantiles_around_zero_is_normal(one, check_law):
    result = one(FIXED, NEVER, end=2021, baseline="value: {p05: -20, p95: 30}")
    check_law(result, "x", 2020, lambda value: ndtr((value - 5) / 25 * ndtri(0.95)))


def test_a_rate_by_three_quantiles_is_two_half_normals_of_log_growth(one, check_law):
    growth = "model: compound, rate: {p10: 0%, p50: 4%, p90: 15%}, volatility: 0%"
    result = one(growth, "at_least: 120, year: 2023", end=2023)
    cdf = two_piece(log1p, 0.0, 0.04, 0.15)
    check_law(result, "x", 2023, lambda level: cdf(expm1(log(level / 100) / 3)))


def test_a_volatility_by_quantiles_widens_the_levels_as_a_scale_mixture(one, check_law):
    growth = "model: compound, rate: 0%, volatility: {p10: 3%, p50: 6%, p90: 10%}"
    result = one(growth, "at_least: 120, year: 2024", end=2024)
    z = np.linspace(-8, 8, 8001)
    half = np.where(z < 0, log(0.06) - log(0.03), log(0.10) - log(0.06)) / ndtri(0.9)
    spread = np.exp(log(0.06) + half * z) * 2
    weight = np.exp(-(z**2) / 2) / sqrt(2 * np.pi) * (z[1] - z[0])
    check_law(result, "x", 2024, lambda level: float(weight @ ndtr(log(level / 100) / spread)))


def test_a_relative_measurement_error_is_lognormal(one, check_share, check_law):
    growth = "model: compound, rate: 5%, volatility: 4%"
    result = one(growth, "at_least: 110, year: 2023", end=2023, baseline="value: 100, sd: 8%")
    check_law(result, "x", 2020, lambda level: ndtr(log(level / 100) / log(1.08)))
    spread = sqrt(log(1.08) ** 2 + 3 * 0.04**2)
    check_share(result.answers[0].probability, ndtr((3 * log(1.05) - log(1.1)) / spread), result.paths)


def test_the_required_growth_starts_from_the_median_baseline(one):
    result = one("model: compound, rate: 5%, volatility: 4%", "at_least: 133.1, year: 2023", end=2023, paths=1000)
    uncertain = one(
        "model: compound, rate: 5%, volatility: 4%",
        "at_least: 133.1, year: 2023",
        end=2023,
        paths=1000,
        baseline="value: 100, sd: 30%",
    )
    for found in (result, uncertain):
        assert found.answers[0].required.cagr == pytest.approx(0.1, abs=1e-12)


def test_a_baseline_by_formula_makes_a_published_product_exact_on_every_path(simulate, extremes, check_law):
    result = simulate("""
format: 1
years: {baseline: 2021, end: 2022}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 3103, sd: 8%, evidence: reported}
    growth: {model: compound, rate: 7%, volatility: 9%, evidence: assumed}
  spend:
    unit: 元/人次
    baseline: {formula: 170 亿元 / visitors, evidence: derived}
    growth: {model: compound, rate: 4%, volatility: 5%, evidence: assumed}
  revenue:
    unit: 亿元
    formula: visitors * spend
    targets: [{at_least: 190, year: 2022}]
""")
    assert extremes(result, "revenue", 2021) == pytest.approx((170, 170), rel=1e-12)
    spread = sqrt(0.09**2 + 0.05**2)
    check_law(result, "revenue", 2022, lambda level: ndtr((log(level / 170) - log(1.07 * 1.04)) / spread))
    check_law(result, "spend", 2021, lambda level: ndtr(log(level / (170e8 / 3103e4)) / log(1.08)))


@pytest.mark.parametrize(
    "growth",
    [
        "model: compound, rate: {p10: 1%, p50: 6%, p90: 12%}, volatility: 9%",
        "model: logistic, capacity: 300%, rate: 10%, volatility: 9%",
        "model: linear, increment: 6%, volatility: 5%",
    ],
)
def test_a_multiple_of_the_baseline_does_not_depend_on_how_well_the_baseline_is_known(growth, one):
    targets = [
        f"{when}: {{times_baseline: {level}}}, {due}"
        for when, level, due in (
            ("at_least", 1.3, "year: 2025"),
            ("at_least", 1.3, "reached_by: 2024"),
            ("at_most", 1.2, "year: 2025"),
        )
    ]
    certain = one(growth, *targets, end=2025, paths=50_000)
    uncertain = one(growth, *targets, end=2025, paths=50_000, baseline="value: 100, sd: 25%")
    for first, second in zip(certain.answers, uncertain.answers, strict=True):
        assert first.probability == second.probability
        assert first.first_hit == second.first_hit
        assert 0 < first.probability < 1


def test_relative_amounts_follow_the_path_s_own_baseline(one, extremes):
    growth = "model: linear, increment: 10%"
    result = one(growth, "at_least: 200, year: 2025", end=2025, baseline="value: {p05: 50, p95: 200}", paths=5000)
    low, high = extremes(result, "x", 2020)
    assert extremes(result, "x", 2025) == pytest.approx((1.5 * low, 1.5 * high), rel=1e-12)
