"""`average`: growth over some years, noise included; the noise is a bridge around it."""

from math import expm1, log, sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

YEARS = 5
CASES = [(0.0, None), (0.6, None), (-0.5, None), (0.0, 0.12), (0.6, 0.12), (-0.5, 0.0)]


def growth(average, persistence, last):
    known = "" if last is None else f", last_growth: {100 * last!r}%"
    return f"model: compound, average: {{{average}, years: {YEARS}}}, volatility: 8%, persistence: {persistence}{known}"


@pytest.mark.parametrize(("persistence", "last"), CASES)
def test_growth_over_the_years_of_a_certain_average_is_exactly_that(persistence, last, one, extremes):
    text = growth("rate: 7%", persistence, last)
    result = one(text, "at_least: 140, year: 2025", "at_least: 141, year: 2025", end=2027, paths=20_000)
    level = 100 * 1.07**YEARS
    assert extremes(result, "x", 2020 + YEARS) == pytest.approx((level, level), rel=1e-12)
    assert [answer.probability for answer in result.answers] == [1.0, 0.0]


@pytest.mark.parametrize(("persistence", "last"), CASES)
def test_levels_on_the_way_and_after_follow_the_conditioned_gaussian_process(
    persistence, last, one, check_law, autoregression
):
    mean = log(1.07)
    result = one(growth("rate: 7%", persistence, last), "at_least: 140, year: 2025", end=2028)
    covariance = autoregression(persistence, 8, known_start=last is not None) * 0.08**2
    first = 0.0 if last is None else log(1 + last) - mean
    means = first * persistence ** np.arange(1, 9)
    # Condition the deviations on their sum over the years of the average being zero.
    total = np.zeros(8)
    total[:YEARS] = 1.0
    gain = covariance @ total / (total @ covariance @ total)
    means = means - gain * (total @ means)
    covariance = covariance - np.outer(gain, total @ covariance)
    for step in (1, 3, 4, 6, 8):
        until = np.arange(8) < step
        centre = mean * step + means[until].sum()
        spread = sqrt(until @ covariance @ until)
        check_law(result, "x", 2020 + step, lambda level, c=centre, s=spread: ndtr((log(level / 100) - c) / s))


@pytest.mark.parametrize("persistence", [0.0, 0.6])
def test_an_uncertain_average_alone_decides_the_level_in_its_last_year(persistence, one, check_share, check_law):
    low, high = 0.01, 0.09
    average = f"p05: {100 * expm1(low)!r}%, p95: {100 * expm1(high)!r}%"
    result = one(growth(average, persistence, None), "at_least: 140, year: 2025", end=2025)
    spread = YEARS * 0.04 / ndtri(0.95)
    check_share(result.answers[0].probability, ndtr((0.25 - log(1.4)) / spread), result.paths)
    check_law(result, "x", 2025, lambda level: ndtr((log(level / 100) - 0.25) / spread))


def test_an_average_may_reach_beyond_the_last_simulated_year(one, check_law):
    result = one(growth("rate: 7%", 0.0, None), "at_least: 120, year: 2023", end=2023)
    # Three years of a bridge over five: variance 3 * (1 - 3 / 5) of a year's.
    spread = 0.08 * sqrt(3 * (1 - 3 / YEARS))
    check_law(result, "x", 2023, lambda level: ndtr((log(level / 100) - 3 * log(1.07)) / spread))
