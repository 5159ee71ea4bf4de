"""Monte Carlo error of a probability."""

from __future__ import annotations

from math import sqrt

Z = 1.959963984540054


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


def half_width(hits: int, paths: int) -> float:
    """Half the width of the Wilson interval."""
    low, high = wilson(hits, paths)
    return (high - low) / 2
