"""Closed-form growth arithmetic on plain numbers."""

from __future__ import annotations

from typing import Literal

GrowthIn = Literal["rate", "points"]
"""How growth a year is stated: as a rate, or in percentage points for what is itself in per cent."""


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


def growth_between(growth_in: GrowthIn | None, baseline: float, value: float, years: float) -> float | None:
    """Constant growth a year from a baseline to a value, as a fraction: 0.02 is 2 % or 2 percentage points.

    Parameters
    ----------
    growth_in : {"rate", "points"} or None
        None for what has no growth of its own, such as a growth rate.

    Examples
    --------
    >>> round(growth_between("points", 56.7, 65.0, 5), 4), growth_between(None, 6.0, 5.0, 5)
    (0.0166, None)
    """
    if growth_in is None:
        return None
    return cagr(baseline, value, years) if growth_in == "rate" else increment(baseline, value, years) / 100


def multiple(baseline: float, target: float) -> float | None:
    """The target as a multiple of the baseline; None for a zero baseline.

    >>> multiple(100, 200)
    2.0
    """
    return target / baseline if baseline else None
