"""The observed values of an indicator, and its target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal

from cqsim.rates import cagr

Direction = Literal["increase", "decrease", "between"]


@dataclass(frozen=True)
class Record:
    """Observed values and the wanted level.

    Parameters
    ----------
    years : tuple of int
        Increasing, at least one; the first is the base year of every rule.
    values : tuple of float
        Finite, as many as years, in one unit.
    direction : {"increase", "decrease", "between"}
        What counts as progress; "between" wants the value to come to the target (parity) or into a range from either
        side.
    target : float or None
        In the same unit; None when only the direction is wanted.
    target_year : int or None
        Given with the target.
    upper : float or None
        The upper end of a range of which `target` is the lower.

    Examples
    --------
    >>> record = Record((2015, 2022), (100.0, 114.0), "increase", 150.0, 2030)
    >>> round(record.observed, 6), round(record.required, 6)
    (0.018895, 0.0274)
    """

    years: tuple[int, ...]
    values: tuple[float, ...]
    direction: Direction = "increase"
    target: float | None = None
    target_year: int | None = None
    upper: float | None = None

    @property
    def first(self) -> float:
        """The value of the base year."""
        return self.values[0]

    @property
    def last(self) -> float:
        """The most recent value."""
        return self.values[-1]

    @property
    def wanted_sign(self) -> int:
        """+1 when a rise is wanted, else -1."""
        return -1 if self.direction == "decrease" else 1

    @property
    def ends(self) -> tuple[float, float] | None:
        """The lowest and highest wanted values; None without a target."""
        if self.target is None:
            return None
        if self.direction == "between":
            return self.target, self.target if self.upper is None else self.upper
        return (self.target, float("inf")) if self.direction == "increase" else (float("-inf"), self.target)

    @property
    def is_met(self) -> bool:
        """Whether the most recent value meets the target."""
        return self.ends is not None and self.ends[0] <= self.last <= self.ends[1]

    @property
    def is_past_due(self) -> bool:
        """Whether the target year is over (its value known, or before the base year) with the target missed."""
        return self.target_year is not None and self.target_year <= self.years[-1] and not self.is_met

    @property
    def observed(self) -> float | None:
        """Annual growth from the first to the last value; None where no rate leads there.

        A record whose values are all negative has one too: that of their sizes.
        """
        return _growth(self.first, self.last, self.years[-1] - self.years[0])

    @property
    def required(self) -> float | None:
        """Annual growth from the first value to the target; None where no rate leads there, or without a target."""
        if self.target is None or self.target_year is None:
            return None
        return _growth(self.first, self.target, self.target_year - self.years[0])

    def one_sided(self) -> Record | None:
        """The record with one direction and level instead of a range: that of the end nearer to the last value.

        None when the values have crossed the whole range: it was approached, then left behind.
        """
        if self.direction != "between" or self.ends is None:
            return self
        low, high = self.ends
        if self.last > high:
            return self._facing("decrease", high) if self.first >= low else None
        if self.last < low:
            return self._facing("increase", low) if self.first <= high else None
        return self._facing("decrease", high) if self.first > high else self._facing("increase", low)

    def _facing(self, direction: Direction, target: float) -> Record:
        return replace(self, direction=direction, target=target, upper=None)


def _growth(first: float, last: float, years: int) -> float | None:
    if years < 1 or not (first > 0 < last or first < 0 > last):
        return None
    rate = cagr(abs(first), abs(last), years)
    return rate if rate is not None and isfinite(rate) else None
