"""Logistic, linear and fixed growth against their closed forms."""

from math import exp, expm1, log, sqrt

import pytest
from scipy.special import ndtr


def odds(level, capacity):
    return log(level / (capacity - level))


def test_logistic_growth_without_noise_is_the_logistic_curve(one, extremes):
    capacity, start, speed = 250.0, 40.0, 0.45
    growth = f"model: logistic, capacity: {capacity}, rate: {100 * expm1(speed)!r}%, volatility: 0%"
    result = one(growth, "at_least: 200, year: 2030", end=2030, baseline=f"value: {start}", paths=10)
    for years in range(11):
        level = capacity / (1 + (capacity / start - 1) * exp(-speed * years))
        assert extremes(result, "x", 2020 + years) == pytest.approx((level, level), rel=1e-12)


@pytest.mark.parametrize("persistence", [0.0, 0.5])
def test_logistic_growth_with_noise_is_normal_in_its_log_odds(persistence, one, check_share, check_law):
    growth = f"model: logistic, capacity: 250, rate: 15%, volatility: 12%, persistence: {persistence}"
    result = one(growth, "at_least: 160, year: 2026", end=2026)
    spread = 0.12 * sqrt(6 + 2 * sum((6 - lag) * persistence**lag for lag in range(1, 6)))
    centre = odds(100, 250) + 6 * log(1.15)
    check_share(result.answers[0].probability, ndtr((centre - odds(160, 250)) / spread), result.paths)
    check_law(result, "x", 2026, lambda level: ndtr((odds(level, 250) - centre) / spread))


def test_logistic_growth_is_compound_far_below_its_capacity(one, extremes):
    slow = one("model: logistic, capacity: 1e12, rate: 7%, volatility: 0%", "at_least: 120, year: 2023", end=2023)
    assert extremes(slow, "x", 2023) == pytest.approx((100 * 1.07**3,) * 2, rel=1e-8)


def test_logistic_growth_never_passes_its_capacity(one, extremes):
    growth = "model: logistic, capacity: 150, rate: 60%, volatility: 40%"
    result = one(growth, "at_least: 120, year: 2030", end=2030, paths=20_000)
    for year in range(2021, 2031):
        low, high = extremes(result, "x", year)
        assert 0 < low < high < 150


def test_linear_growth_is_normal(one, check_share, check_law):
    result = one("model: linear, increment: 5, volatility: 12", "at_least: 140, year: 2025", end=2025)
    spread = 12 * sqrt(5)
    check_share(result.answers[0].probability, ndtr((125 - 140) / spread), result.paths)
    check_law(result, "x", 2025, lambda level: ndtr((level - 125) / spread))


def test_linear_growth_may_start_below_zero_and_pass_it(one, check_share, check_law):
    result = one(
        "model: linear, increment: 4, volatility: 6", "at_least: 0, year: 2025", end=2025, baseline="value: -15"
    )
    check_share(result.answers[0].probability, ndtr(5 / 6 / sqrt(5)), result.paths)
    check_law(result, "x", 2025, lambda level: ndtr((level - 5) / 6 / sqrt(5)))


def test_linear_figures_in_per_cent_are_of_the_baseline(one, extremes):
    absolute = one(
        "model: linear, increment: 10, volatility: 6", "at_least: 220, year: 2023", end=2023, baseline="value: 200"
    )
    relative = one(
        "model: linear, increment: 5%, volatility: 3%", "at_least: 220, year: 2023", end=2023, baseline="value: 200"
    )
    assert absolute.answers[0].probability == relative.answers[0].probability
    assert extremes(absolute, "x", 2023) == pytest.approx(extremes(relative, "x", 2023), rel=1e-12)


def test_half_a_deficit_is_a_multiple_of_a_negative_baseline(one):
    # From -100 up by 10 a year: half the deficit after five years.
    targets = ["at_least: {times_baseline: 0.5}, year: 2025", "at_least: {times_baseline: 0.5}, year: 2024"]
    targets += ["at_most: {times_baseline: 0.5}, year: 2025", "at_most: {times_baseline: 0.5}, year: 2024"]
    result = one("model: linear, increment: 10", *targets, end=2025, baseline="value: -100", paths=10)
    assert [answer.probability for answer in result.answers] == [1.0, 0.0, 1.0, 1.0]


def test_a_fixed_indicator_keeps_its_baseline_on_every_path(one):
    result = one("model: fixed", "at_least: 120, year: 2023", end=2023, baseline="value: {p05: 50, p95: 200}")
    quantiles = result.quantiles("x").set_index("year")
    assert (quantiles == quantiles.loc[2020]).all(axis=None)
