"""Two plans on common random numbers: on how many paths one hits a target that the other misses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Counts, Flags, Shaped
from cqsim.simulation.counts.estimate import Estimate


@dataclass
class Pairs:
    """Counts for every target, and last for all targets together.

    Parameters
    ----------
    gained, lost : ndarray of int, shape (targets + 1,)
        Paths that hit only under the second plan, and only under the first.
    """

    gained: Counts
    lost: Counts

    @classmethod
    def of(cls, targets: int) -> Pairs:
        """Start with nothing counted."""
        return cls(np.zeros(targets + 1, np.int64), np.zeros(targets + 1, np.int64))

    def fold(self, first: Shaped[Flags, "targets paths"], second: Shaped[Flags, "targets paths"]) -> None:
        """Count one block."""
        first, second = (np.vstack([flags, flags.all(axis=0)]) for flags in (first, second))
        self.gained += np.count_nonzero(second & ~first, axis=1)
        self.lost += np.count_nonzero(first & ~second, axis=1)

    def merge(self, other: Pairs) -> None:
        """Add another count of the same plans."""
        self.gained += other.gained
        self.lost += other.lost

    def difference(self, target: int, paths: int) -> Estimate:
        """Change of the probability; the last target is all of them together."""
        return Estimate.of_pairs(int(self.gained[target]), int(self.lost[target]), paths)
