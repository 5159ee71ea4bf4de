"""What the paths of an indicator grow from: draws, noise, its past, and what events and levers add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.laws import Law

Draws = Mapping[str, Array | float]
"""Parameter name to its draws, shape (paths,), or to one number when it is taken as certain."""

# A rate that effects push to -100 % or below is held just above it.
_LOWEST_RATE = -0.999


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


@dataclass(frozen=True)
class Inputs:
    """What the paths of one block grow from.

    Parameters
    ----------
    year : int
        Calendar year of the baseline.
    baseline : ndarray, shape (paths,)
    draws : mapping of str to float or ndarray, shape (paths,)
        One entry for each of the model's parameters that is not repeated.
    noise : mapping of str to ndarray, shape (rows, paths)
        Standard normal values by stream, as `streams` asks for them. In `"noise"` row 0 belongs to the first year after
        the baseline.
    laws : mapping of str to Law
        Laws of the repeated parameters.
    history : Past or None
    growth : ndarray, shape (years, paths), or None
        What events and levers add to the typical growth of each year (0.015 for 1.5pp).
    level : ndarray, shape (years, paths), or None
        What they add to the log level; only for models that apply it themselves.
    """

    year: int
    baseline: Array
    draws: Draws
    noise: Mapping[str, Array] = field(default_factory=dict)
    laws: Mapping[str, Law] = field(default_factory=dict)
    history: Past | None = None
    growth: Array | None = None
    level: Array | None = None

    def rate(self, name: str, step: int) -> Array | float:
        """Log growth of the year `step` (0 is the first) at the typical rate `name` and what effects add to it."""
        typical = self.draws[name]
        return np.log1p(typical if self.growth is None else np.maximum(typical + self.growth[step], _LOWEST_RATE))
