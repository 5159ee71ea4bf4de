"""What a growth model may learn from: past levels of its indicator and of its peers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Past:
    """What a growth model may learn from.

    Parameters
    ----------
    years : tuple of int
        Increasing.
    values : tuple of float
        Levels in the indicator's unit, as many as years.
    unit : str
    peers : tuple of Past
        Histories of the indicators that the model names as its peers.

    Examples
    --------
    >>> Past.until(2021, [50.0, 55.0, 66.0]).years
    (2019, 2020, 2021)
    """

    years: tuple[int, ...]
    values: tuple[float, ...]
    unit: str = ""
    peers: tuple[Past, ...] = ()

    @classmethod
    def until(cls, year: int, values: Iterable[float]) -> Past:
        """Levels of consecutive years up to one."""
        levels = tuple(float(value) for value in values)
        return cls(tuple(range(year - len(levels) + 1, year + 1)), levels)
