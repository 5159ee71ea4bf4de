"""A probability with its sampling error, and how that was found: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

Z = 1.959963984540054

Method = Literal["wilson", "paired"]
"""`wilson`: of plain random counts; `paired`: of a difference on common random numbers."""


@dataclass(frozen=True)
class Estimate:
    """What was estimated by drawing, with the 95 % interval of its sampling error.

    Parameters
    ----------
    value : float
    low, high : float
        Ends of the interval.
    method : {"wilson", "paired"}
        How the interval was found.

    Examples
    --------
    >>> estimate = Estimate.of_counts(37, 1000)
    >>> estimate.value, [round(end, 4) for end in estimate.interval], estimate.method
    (0.037, [0.027, 0.0506], 'wilson')
    """

    value: float
    low: float
    high: float
    method: Method = "wilson"

    @classmethod
    def of_counts(cls, hits: int, paths: int) -> Estimate:
        """A probability from plain random counts."""
        low, high = wilson(hits, paths)
        return cls(hits / paths, low, high, "wilson")

    @classmethod
    def of_pairs(cls, gained: int, lost: int, paths: int) -> Estimate:
        """A difference of two probabilities on the same paths: those that only the second hits, and only the first."""
        change = (gained - lost) / paths
        half = Z * sqrt(max((gained + lost) / paths - change**2, 0.0) / paths)
        return cls(change, change - half, change + half, "paired")

    @classmethod
    def from_parts(cls, value: float, interval: Sequence[float], method: Method) -> Estimate:
        """From what a document holds."""
        low, high = interval
        return cls(value, low, high, method)

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends."""
        return self.low, self.high

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def wilson(hits: int, paths: int) -> tuple[float, float]:
    """95 % interval of a probability from plain random counts (Wilson 1927, J. Am. Stat. Assoc. 22).

    Parameters
    ----------
    hits, paths : int

    Returns
    -------
    low, high : float
        Never of zero width, within [0, 1].

    Examples
    --------
    >>> [round(end, 4) for end in wilson(37, 1000)]
    [0.027, 0.0506]
    """
    share = hits / paths
    centre = share + Z * Z / (2 * paths)
    half = Z * sqrt(share * (1 - share) / paths + (Z / (2 * paths)) ** 2)
    low, high = ((centre + sign * half) / (1 + Z * Z / paths) for sign in (-1, 1))
    return (0.0 if hits == 0 else max(low, 0.0)), (1.0 if hits == paths else min(high, 1.0))
