"""Mixing independent draws into correlated ones."""

import numpy as np
import pytest

import cqsim
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.dependence import mix
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.building import plan
from cqsim.simulation.plan.plan import Mixing

MATRIX = np.array([[1, 0.5, -0.3], [0.5, 1, 0.2], [-0.3, 0.2, 1]])


def mixing(ids, matrix):
    return Mixing(tuple(ids), tuple(map(tuple, np.linalg.cholesky(matrix).tolist())))


def test_mixing_is_the_product_with_the_factor():
    z = np.random.default_rng(0).standard_normal((3, 2, 100))
    draws = {id: row.copy() for id, row in zip("abc", z, strict=True)}
    mix(draws, mixing("abc", MATRIX))
    expected = np.einsum("ij,jkl->ikl", np.linalg.cholesky(MATRIX), z)
    for id, row in zip("abc", expected, strict=True):
        np.testing.assert_allclose(draws[id], row, atol=1e-14)


def test_draws_outside_the_mixing_stay_as_they_are():
    draws = {id: np.random.default_rng(1).standard_normal((1, 10)) for id in "abcd"}
    kept = draws["d"].copy(), draws["a"].copy()
    mix(draws, mixing("abc", MATRIX))
    assert np.array_equal(draws["d"], kept[0])
    assert np.array_equal(draws["a"], kept[1])


def test_nothing_is_mixed_without_correlations():
    draws = {"a": np.ones((1, 3))}
    mix(draws, Mixing((), ()))
    assert (draws["a"] == 1).all()


def levels(of, rho, growth=None, paths=100_000, **more):
    grown = {"model": "compound", "rate": {"p05": "-4%", "p95": "10%"}, "volatility": "9%", "evidence": "assumed"}
    indicators = {
        id: {"baseline": {"value": 100, "evidence": "official"}, "growth": {**grown, **(growth or {})}} for id in "ab"
    }
    indicators["a"]["targets"] = [{"at_least": 100, "year": 2024}]
    link = {"between": ["b", "a"], "value": rho, "evidence": "assumed", **({"of": of} if of else {})}
    data = {"years": {"baseline": 2020, "end": 2024}, "indicators": indicators, "correlation": [link], **more}
    workspace = Workspace(plan(cqsim.Scenario(**data)), paths)
    return np.log(workspace.draw(RandomSampler(4), 0) / 100)


@pytest.mark.parametrize("of", ["noise", "rate", None])
@pytest.mark.parametrize("rho", [-0.7, 0.4])
def test_logs_of_levels_have_the_correlation_that_was_written(of, rho):
    # Fisher's z of a sample correlation has sd 1 / sqrt(n - 3): beyond 6 of them twice in a billion, for each of 18.
    years = np.diff(levels(of, rho), axis=1)
    rate = (np.log(1.10) - np.log(0.96)) / 2 / 1.6448536269514722
    shares = {"noise": 0.09**2, "rate": rate**2, None: 0.09**2 + rate**2}
    expected = rho * shares[of] / (0.09**2 + rate**2)
    for first, second in zip(*years, strict=True):
        found = np.corrcoef(first, second)[0, 1]
        assert abs(np.arctanh(found) - np.arctanh(expected)) < 6 / np.sqrt(len(first) - 3)


def test_innovations_of_different_years_are_not_correlated():
    years = np.diff(levels("noise", 0.9, {"rate": "3%"}), axis=1)
    for one in range(4):
        for other in set(range(4)) - {one}:
            assert abs(np.corrcoef(years[0][one], years[1][other])[0, 1]) < 6 / np.sqrt(years.shape[2])


def test_indicators_with_other_baseline_years_are_joined_by_calendar_year():
    indicators = {}
    for id, year in (("a", 2020), ("b", 2022)):
        growth = {"model": "compound", "rate": "3%", "volatility": "9%", "evidence": "assumed"}
        indicators[id] = {"baseline": {"value": 100, "year": year, "evidence": "official"}, "growth": growth}
    indicators["a"]["targets"] = [{"at_least": 100, "year": 2024}]
    link = {"between": ["a", "b"], "value": 0.8, "evidence": "assumed"}
    data = {"years": {"baseline": 2020, "end": 2024}, "indicators": indicators, "correlation": [link]}
    found = Workspace(plan(cqsim.Scenario(**data)), 50_000).draw(RandomSampler(1), 0)
    first, second = np.diff(np.log(found), axis=1)
    for step in (2, 3):
        correlation = np.corrcoef(first[step], second[step])[0, 1]
        assert abs(np.arctanh(correlation) - np.arctanh(0.8)) < 6 / np.sqrt(50_000)
    assert np.isnan(second[:2]).all()
