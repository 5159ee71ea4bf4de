"""Correlation matrices: possible, contradictory, and the nearest possible."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cqsim
from cqsim.scenario.correlations import changes, is_possible, joined, nearest_correlation, usable

GENTLE = settings(derandomize=True, deadline=None, max_examples=40)


def scenario(links, run=None):
    growth = {"model": "compound", "rate": "5%", "volatility": "8%", "evidence": "assumed"}
    indicators = {id: {"baseline": {"value": 100, "evidence": "official"}, "growth": growth} for id in "cab"}
    indicators["a"] = {**indicators["a"], "targets": [{"at_least": 110, "year": 2023}]}
    pairs = [{"between": list(pair), "value": value, "evidence": "assumed", **more} for pair, value, more in links]
    return cqsim.Scenario(
        years={"baseline": 2020, "end": 2023}, indicators=indicators, correlation=pairs, run=run or {}
    )


CONTRADICTION = [("ab", 0.9, {}), ("bc", 0.9, {}), ("ac", -0.9, {})]


@st.composite
def symmetric(draw):
    size = draw(st.integers(2, 5))
    matrix = np.eye(size)
    for row in range(size):
        for column in range(row):
            matrix[row, column] = matrix[column, row] = draw(st.floats(-0.99, 0.99))
    return matrix


def test_the_nearest_matrix_matches_higham_s_published_example():
    near = nearest_correlation(np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1.0]]))
    expected = [[1, 0.7607, 0.1573], [0.7607, 1, 0.7607], [0.1573, 0.7607, 1]]
    np.testing.assert_allclose(near, expected, atol=5e-5)


@GENTLE
@given(matrix=symmetric())
def test_the_nearest_matrix_is_a_possible_correlation_matrix(matrix):
    near = nearest_correlation(matrix)
    assert is_possible(near)
    np.linalg.cholesky(near)
    np.testing.assert_allclose(np.diag(near), 1, atol=1e-12)
    np.testing.assert_allclose(near, near.T, atol=1e-12)
    assert np.abs(near).max() <= 1 + 1e-12


@GENTLE
@given(matrix=symmetric(), seed=st.integers(0, 1000))
def test_no_possible_matrix_is_nearer(matrix, seed):
    near = nearest_correlation(matrix)
    factor = np.random.default_rng(seed).standard_normal((len(matrix), len(matrix) + 2))
    other = factor @ factor.T
    other /= np.sqrt(np.outer(np.diag(other), np.diag(other)))
    for weight in (1.0, 0.1, 0.01):
        rival = (1 - weight) * near + weight * other
        assert np.linalg.norm(near - matrix) <= np.linalg.norm(rival - matrix) + 1e-5


@GENTLE
@given(size=st.integers(1, 5), seed=st.integers(0, 1000))
def test_a_possible_matrix_stays_as_it_is(size, seed):
    factor = np.random.default_rng(seed).standard_normal((size, size + 5))
    matrix = factor @ factor.T
    matrix /= np.sqrt(np.outer(np.diag(matrix), np.diag(matrix)))
    np.testing.assert_allclose(nearest_correlation(matrix), matrix, atol=1e-8)


def test_pairs_become_a_matrix_in_the_order_of_the_ids():
    ids, matrix = joined(scenario([("ca", 0.5, {}), ("bc", -0.2, {"of": "noise"})]), "noise")
    assert ids == ["a", "b", "c"]
    np.testing.assert_array_equal(matrix, [[1, 0, 0.5], [0, 1, -0.2], [0.5, -0.2, 1]])
    ids, matrix = joined(scenario([("ca", 0.5, {}), ("bc", -0.2, {"of": "noise"})]), "rate")
    assert ids == ["a", "c"]
    np.testing.assert_array_equal(matrix, [[1, 0.5], [0.5, 1]])


def test_contradicting_correlations_are_refused_with_their_pairs():
    with pytest.raises(cqsim.ScenarioError) as error:
        scenario(CONTRADICTION)
    assert len(error.value.problems) == 1
    for pair in ("a - b", "b - c", "a - c"):
        assert pair in str(error.value)


def test_the_nearest_possible_correlations_are_used_when_asked_for_and_said():
    asked = scenario(CONTRADICTION, {"correlation": "nearest"})
    ids, used = usable(asked, "noise")
    np.testing.assert_allclose(used, nearest_correlation(joined(asked, "noise")[1]))
    found = list(changes(asked))
    assert {(of, first, second) for of, first, second, *_ in found} == {
        (of, *pair) for of in ("noise", "rate") for pair in (("a", "b"), ("a", "c"), ("b", "c"))
    }
    result = cqsim.run(asked, paths=100, progress=False)
    assert sum("0.9" in note for note in result.notes) == len(found)
    assert ids == ["a", "b", "c"]


def test_possible_correlations_are_not_changed_when_the_nearest_are_asked_for():
    links = [("ab", 0.5, {}), ("bc", 0.4, {})]
    assert list(changes(scenario(links, {"correlation": "nearest"}))) == []


def test_one_pair_may_stand_once_for_noise_and_once_for_rates():
    both = scenario([("ab", 0.5, {"of": "noise"}), ("ba", -0.5, {"of": "rate"})])
    assert joined(both, "noise")[1][0, 1] == 0.5
    assert joined(both, "rate")[1][0, 1] == -0.5
    for links in (
        [("ab", 0.5, {}), ("ba", 0.5, {"of": "rate"})],
        [("ab", 0.5, {"of": "rate"}), ("ab", 0.4, {"of": "rate"})],
        [("ab", 0.5, {"of": "noise"}), ("ab", 0.4, {})],
    ):
        with pytest.raises(cqsim.ScenarioError):
            scenario(links)


@pytest.mark.parametrize("value", [0.999999999, -0.999999999, 1 - 2e-10])
def test_one_pair_never_contradicts_itself(value):
    near_one = scenario([("ab", value, {})])
    assert list(changes(near_one)) == []
    assert cqsim.run(near_one, paths=50, range=False, progress=False).paths == 50
