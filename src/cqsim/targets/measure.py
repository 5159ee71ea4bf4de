"""The one contract of measures: what is measured of an indicator's levels, and what would make a target on it hold.

Kernels take arrays, scales and baselines; a measure knows nothing of growth models.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.messages import Language, say
from cqsim.targets.goal import TOLERANCE, Goal, Sense, When

Style = Literal["table", "sentence"]


@dataclass(frozen=True)
class RequiredGrowth:
    """The growth that leads from the median baseline to the announced value.

    Parameters
    ----------
    cagr, increment, multiple : float or None
        Growth a year, step a year in the unit, times the baseline; None where there is none.
    """

    cagr: float | None
    increment: float
    multiple: float | None


@dataclass(frozen=True)
class Measure(ABC):
    """What a target is about."""

    name: ClassVar[str]

    @abstractmethod
    def value(self, levels: Shaped[Array, "rows paths"], step: int) -> Shaped[Array, " paths"]:
        """The value of each path `step` years after the baseline.

        Parameters
        ----------
        levels : ndarray, shape (years + 1, paths)
            Of the indicator, from its baseline year on.
        step : int

        Returns
        -------
        ndarray, shape (paths,)
        """

    @abstractmethod
    def needed(self, goal: Goal, bound: float, levels: Shaped[Array, "rows paths"], step: int) -> Array:
        """The uplift, in log growth (or log-odds) a year, that brings each path's value to a bound after some years.

        Returns
        -------
        ndarray, shape (paths,)
            NaN for a path without a value; plus infinity where no uplift reaches the bound.
        """

    @abstractmethod
    def lifted(self, goal: Goal, value: float, uplift: float) -> float:
        """A value of the target year after an uplift."""

    @abstractmethod
    def required(self, goal: Goal, baseline: float, announced: float) -> RequiredGrowth:
        """The constant growth from a baseline that meets the announced value exactly."""

    def can_be_lifted(self, goal: Goal) -> bool:
        """Whether there are uplifts that reach the bounds; by default always."""
        return True

    def bounds(self, goal: Goal, baseline: Array | float) -> tuple[Array | float, Array | float]:
        """The values between which the target is hit, per path when they are multiples of the baseline.

        Parameters
        ----------
        baseline : float or ndarray, shape (paths,)
        """
        unit = baseline if goal.relative else 1.0
        low, high = (bound * unit for bound in (goal.bounds[0], goal.bounds[-1]))
        lowest = -np.inf if goal.sense == "at_most" else low - TOLERANCE * np.abs(low)
        highest = np.inf if goal.sense == "at_least" else high + TOLERANCE * np.abs(high)
        return lowest, highest

    def wording(self, sense: Sense, when: When, year: int, figures: tuple[str, ...], language: Language) -> str:
        """What is wanted, as a table says it: `≥ 5,000 万人次 in 2026`.

        Parameters
        ----------
        figures : tuple of str
            One or two values as they are shown.
        """
        return f"{self.wish(sense, figures, language, 'table')} {say(f'when.{when}', language, year=year)}"

    def wish(self, sense: Sense, figures: tuple[str, ...], language: Language, style: Style = "sentence") -> str:
        """What is wanted without its year: `≥ 5,000 万人次` in a table, "at least 5,000 万人次" in a sentence."""
        key = "sense" if style == "table" else "words"
        return say(f"{key}.{sense}", language, value=figures[-1], low=figures[0], high=figures[-1])
