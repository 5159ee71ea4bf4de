"""Which targets are hit on the same path: how often each combination comes."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Flags, Shaped

MOST_TARGETS = 12
"""Targets up to which combinations are counted: there are 2 to that power."""


class Combinations:
    """Counts of combinations of hits; those of the same targets merge.

    Parameters
    ----------
    targets : int
        At most `MOST_TARGETS`.

    Examples
    --------
    >>> combinations = Combinations(2)
    >>> combinations.fold(np.array([[True, True, False], [False, False, True]]))
    >>> combinations.ranked()
    [((True, False), 2), ((False, True), 1)]
    """

    def __init__(self, targets: int) -> None:
        self._bits = 1 << np.arange(targets)
        self._counts = np.zeros(1 << targets, np.int64)

    def fold(self, flags: Shaped[Flags, "targets paths"]) -> None:
        """Count some paths.

        Parameters
        ----------
        flags : ndarray of bool, shape (targets, paths)
            Which targets each path hits.
        """
        np.add.at(self._counts, self._bits @ flags, 1)

    def merge(self, other: Combinations) -> None:
        """Add the counts of other paths."""
        self._counts += other._counts

    def ranked(self) -> list[tuple[tuple[bool, ...], int]]:
        """The combinations that came, each as one flag a target, and their counts; the most frequent first."""
        came = np.flatnonzero(self._counts)
        order = came[np.argsort(-self._counts[came], kind="stable")]
        flags = (order[:, None] & self._bits) != 0
        return [(tuple(row), count) for row, count in zip(flags.tolist(), self._counts[order].tolist(), strict=True)]
