"""Correlated standard normal draws."""

from __future__ import annotations

from collections.abc import Mapping

from cqsim.arrays import Array
from cqsim.simulation.plan.plan import Mixing


def mix(draws: Mapping[str, Array], mixing: Mixing) -> None:
    """Correlate independent standard normal draws, in place.

    Parameters
    ----------
    draws : mapping of str to ndarray, all of one shape
        By indicator id; those outside the mixing stay as they are.
    mixing : Mixing

    Notes
    -----
    Written out instead of a matrix product: at these sizes a product wakes the BLAS threads and costs twice the time.

    Examples
    --------
    >>> import numpy as np
    >>> draws = {"a": np.array([1.0]), "b": np.array([1.0])}
    >>> mix(draws, Mixing(("a", "b"), ((1.0, 0.0), (0.6, 0.8))))
    >>> draws["b"].tolist()
    [1.4]
    """
    for row in range(len(mixing.ids) - 1, 0, -1):
        weights = mixing.factor[row]
        own = draws[mixing.ids[row]]
        own *= weights[row]
        for column in range(row):
            if weights[column]:
                own += weights[column] * draws[mixing.ids[column]]
