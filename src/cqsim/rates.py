"""Closed-form growth arithmetic on plain numbers."""

from __future__ import annotations


def cagr(baseline: float, target: float, years: float) -> float | None:
    """Compound annual growth rate from `baseline` to `target`.

    Parameters
    ----------
    baseline, target : float
        In one unit.
    years : float
        Years between them.

    Returns
    -------
    float or None
        Growth a year (0.1 is 10 %); None where no rate leads there (a value that is not positive).

    Examples
    --------
    >>> round(cagr(3103, 5000, 5), 4)
    0.1001
    """
    if baseline <= 0 or target <= 0:
        return None
    return float((target / baseline) ** (1 / years) - 1)


def increment(baseline: float, target: float, years: float) -> float:
    """Equal annual increment from `baseline` to `target`, in their unit.

    >>> increment(100, 150, 5)
    10.0
    """
    return (target - baseline) / years


def multiple(baseline: float, target: float) -> float | None:
    """The target as a multiple of the baseline; None for a zero baseline.

    >>> multiple(100, 200)
    2.0
    """
    return target / baseline if baseline else None
