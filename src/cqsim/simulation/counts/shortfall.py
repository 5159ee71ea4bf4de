"""What the parts of a sum contribute to a target on it."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array, Flags, Shaped


class Shortfall:
    """How far each part falls short of its share of the target, on the paths that miss it.

    A part's share of the target is its share of the baseline. The parts' shortfalls add up to that of the sum.

    Parameters
    ----------
    parts : int
    """

    def __init__(self, parts: int) -> None:
        self.missed = 0
        self.sums = np.zeros(parts)

    def fold(
        self,
        hit: Shaped[Flags, " paths"],
        target: Array | float,
        before: Shaped[Array, "parts paths"],
        after: Shaped[Array, "parts paths"],
    ) -> None:
        """Count one block.

        Parameters
        ----------
        hit : ndarray of bool, shape (paths,)
        target : float or ndarray, shape (paths,)
        before, after : ndarray, shape (parts, paths)
            Of the baseline year and of the target year, in the unit of the sum.
        """
        missed = ~hit
        self.missed += int(np.count_nonzero(missed))
        with np.errstate(all="ignore"):
            due = before / before.sum(axis=0) * target
        self.sums += np.where(missed, due - after, 0.0).sum(axis=1)

    def merge(self, other: Shortfall) -> None:
        """Add another count of the same target."""
        self.missed += other.missed
        self.sums += other.sums

    def means(self) -> list[float | None]:
        """Mean shortfall of each part on the missed paths; None where there is none."""
        if not self.missed:
            return [None] * len(self.sums)
        return [float(value) if np.isfinite(value) else None for value in self.sums / self.missed]
