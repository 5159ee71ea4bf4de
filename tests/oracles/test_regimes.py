"""Regimes: a Markov chain of normal laws, against the sum over every sequence of regimes."""

from itertools import pairwise, product
from math import exp, expm1, log, sqrt

import numpy as np
import pytest
from scipy.special import ndtr
from tests.oracles.kernel import indicator, levels, sigmas, world

THREE = {
    "names": ("up", "flat", "down"),
    "mu": (0.08, 0.01, -0.06),
    "sigma": (0.02, 0.01, 0.05),
    "P": ((0.7, 0.2, 0.1), (0.3, 0.4, 0.3), (0.05, 0.35, 0.6)),
}


def percent(share):
    return f"{100 * share!r}%"


def written(chain, first=None):
    """A chain as the data of a growth model."""
    names = chain["names"]

    def row(shares):
        return {name: percent(share) for name, share in zip(names, shares, strict=True)}

    regimes = {
        name: {"rate": percent(expm1(mu)), "volatility": percent(sigma)}
        for name, mu, sigma in zip(names, chain["mu"], chain["sigma"], strict=True)
    }
    switching = {name: row(shares) for name, shares in zip(names, chain["P"], strict=True)}
    return {"model": "regimes", "regimes": regimes, "switching": switching} | ({"first": row(first)} if first else {})


def long_run(chain):
    """Shares that the chain leaves unchanged, by letting it run."""
    return np.linalg.matrix_power(np.array(chain["P"]), 500)[0]


def sequences(chain, first, years):
    """Chance, mean and variance of the log growth of every sequence of regimes."""
    for sequence in product(range(len(first)), repeat=years):
        chance = first[sequence[0]]
        for now, then in pairwise(sequence):
            chance *= chain["P"][now][then]
        mean = sum(chain["mu"][regime] for regime in sequence)
        yield chance, mean, sum(chain["sigma"][regime] ** 2 for regime in sequence)


def below(chain, first, years):
    """Cumulative distribution function of the level after some years from 100."""
    return lambda level: sum(
        chance * ndtr((log(level / 100) - mean) / sqrt(variance))
        for chance, mean, variance in sequences(chain, first, years)
    )


def run(simulate, tmp_path, growth, end, target):
    text = world(end, [{"at_least": target, "year": end}], indicators={"x": indicator(growth)}).to_yaml()
    return simulate(text)


@pytest.fixture
def vector(closed_forms):
    case = closed_forms["markov_regime"]
    return {**case, "names": ("boom", "slump")}


def test_the_worked_example_is_the_sum_over_all_sequences(vector):
    above = 1 - below(vector, vector["first"], vector["years"])(120)
    assert above == pytest.approx(vector["p_hit"], abs=1e-9)
    mean = sum(chance * mean for chance, mean, _ in sequences(vector, vector["first"], vector["years"]))
    assert mean == pytest.approx(vector["mean_log_growth_sum"])


def test_the_chance_of_a_level_matches_the_worked_example(vector, simulate, tmp_path, check_share, check_law):
    result = run(simulate, tmp_path, written(vector, vector["first"]), 2026, 100 * vector["target_ratio"])
    check_share(result.answers[0].probability, vector["p_hit"], result.paths)
    for years in (1, 2, 6):
        check_law(result, "x", 2020 + years, below(vector, vector["first"], years))


@pytest.mark.parametrize("first", [(1.0, 0.0), (0.0, 1.0), (0.3, 0.7)])
def test_any_first_year_gives_the_sum_over_all_sequences(first, vector, simulate, tmp_path, check_share, check_law):
    result = run(simulate, tmp_path, written(vector, first), 2024, 110)
    check_share(result.answers[0].probability, 1 - below(vector, first, 4)(110), result.paths)
    for years in (1, 4):
        check_law(result, "x", 2020 + years, below(vector, first, years))


def test_the_first_year_has_the_long_run_shares_when_it_is_not_written(simulate, tmp_path, check_share, check_law):
    first = long_run(THREE)
    result = run(simulate, tmp_path, written(THREE), 2025, 110)
    check_share(result.answers[0].probability, 1 - below(THREE, first, 5)(110), result.paths)
    for years in (1, 3):
        check_law(result, "x", 2020 + years, below(THREE, first, years))


def test_mean_and_spread_of_the_log_growth_are_those_of_all_sequences():
    # Within 6 standard errors: by chance less than once in ten million runs.
    first, paths = long_run(THREE), 200_000
    found = np.log(levels(world(2025, indicators={"x": indicator(written(THREE))}), paths)["x"][-1] / 100)
    parts = list(sequences(THREE, first, 5))
    mean = sum(chance * mean for chance, mean, _ in parts)
    variance = sum(chance * (spread + (centre - mean) ** 2) for chance, centre, spread in parts)
    assert mean == pytest.approx(5 * sum(share * mu for share, mu in zip(first, THREE["mu"], strict=True)))
    assert sigmas(found.mean(), mean, sqrt(variance), paths) < 6
    squares = (found - mean) ** 2
    assert sigmas(squares.mean(), variance, squares.std(), paths) < 6


def test_without_noise_only_the_levels_of_some_sequence_occur():
    calm = {**THREE, "sigma": (0.0, 0.0, 0.0)}
    found = levels(world(2023, indicators={"x": indicator(written(calm))}), 20_000)["x"][-1]
    possible = sorted({round(100 * exp(mean), 6) for _, mean, _ in sequences(calm, (1, 1, 1), 3)})
    assert sorted(set(found.round(6).tolist())) == possible


def test_a_regime_that_is_never_entered_and_one_that_is_never_left():
    chain = {**THREE, "P": ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0)), "sigma": (0.0, 0.0, 0.0)}
    stays = levels(world(2023, indicators={"x": indicator(written(chain, (1.0, 0.0, 0.0)))}), 500)["x"]
    np.testing.assert_allclose(stays[-1], 100 * exp(0.24), rtol=1e-12)
    turns = levels(world(2023, indicators={"x": indicator(written(chain, (0.0, 1.0, 0.0)))}), 500)["x"]
    np.testing.assert_allclose(turns[-1], 100 * exp(0.01 - 0.06 + 0.01), rtol=1e-12)


def test_uncertain_rates_are_drawn_once_a_path_and_regime():
    growth = written({**THREE, "sigma": (0.0, 0.0, 0.0), "P": ((1, 0, 0), (0, 1, 0), (0, 0, 1))}, (0.5, 0.0, 0.5))
    growth["regimes"]["up"]["rate"] = {"p10": "5%", "p50": "8%", "p90": "12%"}
    found = levels(world(2023, indicators={"x": indicator(growth)}), 5000)["x"]
    rates = found[1:] / found[:-1] - 1
    np.testing.assert_allclose(rates, np.broadcast_to(rates[0], rates.shape), rtol=1e-9)
    down = np.isclose(rates[0], expm1(-0.06))
    assert len(np.unique(rates[0][~down].round(12))) > 2000
    assert 2000 < down.sum() < 3000
