"""Two plans on common random numbers: on how many paths one hits a target that the other misses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Counts, Flags


@dataclass
class Pairs:
    """Counts for every target, and last for all targets together.

    Parameters
    ----------
    gained, lost : ndarray of int, shape (goals + 1,)
        Paths that hit only under the second plan, and only under the first.
    """

    gained: Counts
    lost: Counts

    @classmethod
    def of(cls, goals: int) -> Pairs:
        """Start with nothing counted."""
        return cls(np.zeros(goals + 1, np.int64), np.zeros(goals + 1, np.int64))

    def fold(self, first: Flags, second: Flags) -> None:
        """Count one block; both of shape (goals, paths)."""
        first, second = (np.vstack([flags, flags.all(axis=0)]) for flags in (first, second))
        self.gained += np.count_nonzero(second & ~first, axis=1)
        self.lost += np.count_nonzero(first & ~second, axis=1)

    def merge(self, other: Pairs) -> None:
        """Add another count of the same plans."""
        self.gained += other.gained
        self.lost += other.lost

    def difference(self, goal: int, paths: int) -> tuple[float, float]:
        """Change of the probability and its standard error; the last goal is all targets together."""
        gained, lost = int(self.gained[goal]), int(self.lost[goal])
        change = (gained - lost) / paths
        return change, float(np.sqrt(max((gained + lost) / paths - change**2, 0.0) / paths))
