"""Correlations between indicators: from pairs to matrices, contradictions, the nearest valid matrix."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from cqsim.arrays import Array
from cqsim.errors import Fault, Path, Problem, unknown
from cqsim.growth.kernel import NOISE

if TYPE_CHECKING:
    from cqsim.scenario.nouns.correlation import Correlation
    from cqsim.scenario.scenario import Scenario

Of = Literal["noise", "rate"]
BOTH: tuple[Of, ...] = ("noise", "rate")
_SMALLEST_EIGENVALUE = 1e-12  # that can still be factored
_NEAREST_EIGENVALUE = 1e-7  # of a matrix that had to be mended
_AS_ONE = 1e-10  # from a correlation of one


def joined(scenario: Scenario, of: Of) -> tuple[list[str], Array]:
    """The correlated indicators, sorted by id, and their matrix as written.

    Returns
    -------
    ids : list of str
    matrix : ndarray, shape (len(ids), len(ids))
    """
    links = [link for link in scenario.correlation if link.of in (None, of)]
    ids = sorted({id for link in links for id in link.between})
    matrix = np.eye(len(ids))
    for link in links:
        row, column = (ids.index(id) for id in link.between)
        matrix[row, column] = matrix[column, row] = link.value
    return ids, matrix


def usable(scenario: Scenario, of: Of) -> tuple[list[str], Array]:
    """As `joined`, but with the nearest valid matrix where the scenario asks for it and the written one is invalid."""
    ids, matrix = joined(scenario, of)
    return ids, matrix if is_possible(matrix) else nearest_correlation(matrix)


def changes(scenario: Scenario) -> Iterator[tuple[Of, str, str, float, float]]:
    """Pairs whose correlation had to be changed: what it is of, both ids, the written and the used value."""
    for of in BOTH:
        ids, written = joined(scenario, of)
        _, used = usable(scenario, of)
        for row, column in combinations(range(len(ids)), 2):
            if abs(written[row, column] - used[row, column]) > 1e-9:
                yield of, ids[row], ids[column], float(written[row, column]), float(used[row, column])


def is_possible(matrix: Array) -> bool:
    """Whether a correlation matrix is positive definite."""
    return not len(matrix) or bool(np.linalg.eigvalsh(matrix)[0] > _SMALLEST_EIGENVALUE)


def nearest_correlation(matrix: Array, rounds: int = 1000) -> Array:
    """The nearest correlation matrix by alternating projections (Higham 2002, IMA J. Numer. Anal. 22, algorithm 3.3).

    Parameters
    ----------
    matrix : ndarray, shape (n, n)
        Symmetric, ones on the diagonal.
    rounds : int
        At most this many projections.

    Returns
    -------
    ndarray, shape (n, n)
        Positive definite, ones on the diagonal.

    Examples
    --------
    >>> nearest_correlation(np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1.0]])).round(4)[0].tolist()
    [1.0, 0.7607, 0.1573]
    """
    near, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(rounds):
        shifted = near - correction
        values, vectors = np.linalg.eigh(shifted)
        positive = (vectors * np.maximum(values, _NEAREST_EIGENVALUE)) @ vectors.T
        correction = positive - shifted
        previous, near = near, positive.copy()
        np.fill_diagonal(near, 1.0)
        if np.abs(near - previous).max() < 1e-10:
            break
    scale = 1 / np.sqrt(np.diag(positive))
    return np.asarray(positive * np.outer(scale, scale))


def check_correlations(scenario: Scenario) -> Iterator[Problem]:
    """Pairs that cannot be correlated, appear twice, or contradict each other."""
    problems = [
        problem for number, link in enumerate(scenario.correlation) for problem in _pair(scenario, number, link)
    ]
    yield from problems or (() if scenario.run.correlation == "nearest" else _contradictions(scenario))


def _pair(scenario: Scenario, number: int, link: Correlation) -> Iterator[Problem]:
    here: Path = ("correlation", number)
    for end, id in enumerate(link.between):
        path = (*here, "between", end)
        if id not in scenario.indicators:
            yield Problem(path, unknown("unknown_indicator", id, scenario.indicators))
        elif (growth := scenario.indicators[id].growth) is None:
            yield Problem(path, Fault("correlated_formula", id=id))
        elif NOISE not in growth.streams(1):
            yield Problem(path, Fault("correlated_without_noise", id=id, model=growth.model))
    if 1 - abs(link.value) < _AS_ONE:
        yield Problem((*here, "value"), Fault("correlation_of_one", value=f"{link.value!r}"))
    if link.between[0] == link.between[1]:
        yield Problem(here, Fault("correlated_with_itself", id=link.between[0]))
    for other in scenario.correlation[:number]:
        if set(other.between) == set(link.between) and (link.of is None or other.of in (None, link.of)):
            yield Problem(here, Fault("correlated_twice", pair=" - ".join(link.between)))


def _contradictions(scenario: Scenario) -> Iterator[Problem]:
    for of in BOTH:
        ids, matrix = joined(scenario, of)
        if not is_possible(matrix):
            pairs = _offending(ids, matrix, scenario)
            yield Problem(("correlation",), Fault("correlations_contradict", "nearest_correlation", pairs=pairs))
            return


def _offending(ids: list[str], matrix: Array, scenario: Scenario) -> list[str]:
    """The written pairs between the indicators that carry the negative eigenvalue."""
    weights = np.abs(np.linalg.eigh(matrix)[1][:, 0])
    guilty = {id for id, weight in zip(ids, weights, strict=True) if weight > 0.1 * weights.max()}
    links = [link for link in scenario.correlation if set(link.between) <= guilty]
    return [f"{' - '.join(link.between)}: {link.value:g}" for link in links]
