"""Growth by stages and growth drawn from the past, by their formulas and by enumeration."""

from itertools import product
from math import log, prod, sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from tests.oracles.kernel import indicator, levels, sigmas, world

STAGES = [
    {"start": 2022, "end": 2023, "rate": "10%"},
    {"start": 2024, "end": 2024, "rate": "-5%"},
    {"start": 2025, "end": 2025, "rate": "4%"},
]
RATES = [10, 10, 10, -5, 4, 4, 4]  # the first stage reaches back to the baseline, the last one goes on
UNCERTAIN = [
    {"start": 2021, "end": 2022, "rate": {"p10": "2%", "p50": "7%", "p90": "13%"}},
    {"start": 2023, "end": 2025, "rate": {"p10": "-1%", "p50": "3%", "p90": "5%"}},
]
PAST = (100, 104, 99, 110, 118, 115)
GROWTHS = np.diff(np.log(PAST))


def staged(stages, volatility="0%", **more):
    return {"model": "staged", "stages": stages, "volatility": volatility, **more}


def bootstrap(block, years, paths=200_000):
    history = {"values": {str(2015 + step): level for step, level in enumerate(PAST)}, "evidence": "official"}
    x = indicator({"model": "bootstrap", "block": block}, 100, history=history)
    return np.diff(np.log(levels(world(2020 + years, indicators={"x": x}), paths)["x"]), axis=0)


def sequences(block, years):
    """Every sequence of growths that blocks can make, all of them equally likely."""
    count = len(GROWTHS)
    for starts in product(range(count), repeat=-(-years // block)):
        yield [GROWTHS[(starts[year // block] + year % block) % count] for year in range(years)]


def test_staged_growth_without_noise_is_the_product_of_its_stages(extremes, simulate):
    text = world(2027, indicators={"x": indicator(staged(STAGES))}).to_yaml()
    result = simulate(text, paths=10)
    level = 100.0
    for year, rate in enumerate(RATES, start=2021):
        level *= 1 + rate / 100
        assert extremes(result, "x", year) == pytest.approx((level, level), rel=1e-12)


def test_one_luck_runs_through_the_rates_of_all_stages(simulate, check_law):
    text = world(2025, indicators={"x": indicator(staged(UNCERTAIN))}).to_yaml()
    result = simulate(text)

    def quantile(z, years):
        found = 100.0
        for stage, low, middle, high in ((min(years, 2), 0.02, 0.07, 0.13), (max(years - 2, 0), -0.01, 0.03, 0.05)):
            side = np.where(z < 0, log((1 + middle) / (1 + low)), log((1 + high) / (1 + middle))) / ndtri(0.9)
            found = found * np.exp(stage * (log(1 + middle) + side * z))
        return found

    z = np.linspace(-6, 6, 20_001)
    for years in (1, 2, 4, 5):
        curve = quantile(z, years)
        check_law(result, "x", 2020 + years, lambda level, curve=curve: ndtr(np.interp(level, curve, z)))
    # The written quantiles themselves: one in ten paths has at most the product of all p10.
    assert quantile(ndtri(0.1), 5) == pytest.approx(100 * 1.02**2 * 0.99**3)
    assert quantile(ndtri(0.9), 5) == pytest.approx(100 * 1.13**2 * 1.05**3)


def test_rates_of_all_stages_rise_and_fall_together_on_every_path():
    found = levels(world(2025, indicators={"x": indicator(staged(UNCERTAIN))}), 5000)["x"]
    rates = found[1:] / found[:-1]
    order = np.argsort(rates[0])
    assert (np.diff(rates[-1][order]) >= -1e-9).all()


@pytest.mark.parametrize("persistence", [0.0, 0.6])
def test_staged_growth_with_noise_is_lognormal_around_its_stages(persistence, simulate, check_law, check_share):
    text = world(
        2027,
        [{"at_least": 150, "year": 2027}],
        indicators={"x": indicator(staged(STAGES, "6%", persistence=persistence))},
    ).to_yaml()
    result = simulate(text)
    centre = log(100 * prod(1 + rate / 100 for rate in RATES))
    spread = 0.06 * sqrt(7 + 2 * sum((7 - lag) * persistence**lag for lag in range(1, 7)))
    check_share(result.answers[0].probability, ndtr((centre - log(150)) / spread), result.paths)
    check_law(result, "x", 2027, lambda level: ndtr((log(level) - centre) / spread))


@pytest.mark.parametrize("block", [1, 2, 3, 5, 9])
def test_only_past_growth_occurs_and_blocks_keep_its_order(block):
    found = bootstrap(block, 6, 5000)
    which = np.abs(found[:, None, :] - GROWTHS[None, :, None]).argmin(axis=1)
    np.testing.assert_allclose(found, GROWTHS[which], atol=1e-12)
    for year in range(1, 6):
        if year % block:
            np.testing.assert_array_equal(which[year], (which[year - 1] + 1) % len(GROWTHS))
    assert set(which[0].tolist()) == set(range(len(GROWTHS)))


def test_single_years_have_the_mean_and_the_variance_of_the_past():
    # Within 6 standard errors, two comparisons: by chance less than once in a hundred million runs.
    paths = 200_000
    total = bootstrap(1, 4, paths).sum(axis=0)
    assert sigmas(total.mean(), 4 * GROWTHS.mean(), 2 * GROWTHS.std(), paths) < 6
    squares = (total - 4 * GROWTHS.mean()) ** 2
    assert sigmas(squares.mean(), 4 * GROWTHS.var(), squares.std(), paths) < 6


@pytest.mark.parametrize(("block", "years"), [(1, 3), (2, 4), (2, 3), (3, 4)])
def test_mean_and_covariance_of_yearly_growth_are_those_of_all_starts(block, years):
    # Within 6 standard errors, at most 20 comparisons: by chance less than once in ten million runs.
    paths = 200_000
    found = bootstrap(block, years, paths)
    possible = np.array(list(sequences(block, years)))
    mean, covariance = possible.mean(axis=0), np.cov(possible.T, bias=True)
    for year in range(years):
        assert sigmas(found[year].mean(), mean[year], found[year].std(), paths) < 6
        for other in range(year, years):
            products = (found[year] - mean[year]) * (found[other] - mean[other])
            assert sigmas(products.mean(), covariance[year, other], products.std(), paths) < 6


@pytest.mark.parametrize("block", [1, 2])
def test_the_chance_of_a_level_is_the_share_of_starts_that_reach_it(block, simulate, check_share):
    history = {"values": {str(2015 + step): level for step, level in enumerate(PAST)}, "evidence": "official"}
    x = indicator({"model": "bootstrap", "block": block}, 100, history=history)
    goals = [{"at_least": level, "year": 2024} for level in (95, 105, 120, 135)]
    goals.append({"at_least": 112, "reached_by": 2024})
    result = simulate(world(2024, goals, indicators={"x": x}).to_yaml())
    possible = 100 * np.exp(np.cumsum(list(sequences(block, 4)), axis=1))
    for answer, level in zip(result.answers, (95, 105, 120, 135), strict=False):
        check_share(answer.probability, (possible[:, -1] >= level * (1 - 1e-12)).mean(), result.paths)
    check_share(result.answers[-1].probability, (possible.max(axis=1) >= 112).mean(), result.paths)
