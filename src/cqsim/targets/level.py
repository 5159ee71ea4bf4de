"""`level`: the indicator's own value in a year."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.rates import cagr, increment, multiple
from cqsim.targets.goal import Goal
from cqsim.targets.measure import Measure, RequiredGrowth


@dataclass(frozen=True)
class Level(Measure):
    """The level X_Y of the year Y.

    An uplift d multiplies the level (for shares: its odds) by exp(d t) after t years.

    Examples
    --------
    >>> goal = Goal(Level(), "at_least", (5000.0,), False, "year", 5)
    >>> round(goal.measure.required(goal, 3103.0, 5000.0).cagr, 4)
    0.1001
    """

    name: ClassVar[str] = "level"

    def value(self, levels: Shaped[Array, "rows paths"], step: int) -> Shaped[Array, " paths"]:
        """The level itself."""
        value: Array = levels[step]
        return value

    def can_be_lifted(self, goal: Goal) -> bool:
        """Not to zero or below, nor a share to 100 % or above."""
        return min(goal.bounds) > 0 and not (goal.is_share and max(goal.bounds) >= 100)

    def needed(self, goal: Goal, bound: float, levels: Shaped[Array, "rows paths"], step: int) -> Array:
        """The log of the ratio of what is wanted to what is reached, a year; see `Measure.needed`."""
        wanted, reached = bound * levels[0] if goal.relative else bound, levels[step]
        with np.errstate(all="ignore"):
            if goal.is_share:
                wanted, reached = wanted / (100 - wanted), reached / (100 - reached)  # odds instead of levels
            ratio = np.divide(wanted, reached, out=np.full_like(reached, np.inf), where=reached > 0)
            needed: Array = np.log(ratio, out=np.full_like(ratio, np.inf), where=ratio > 0)
        needed /= step
        needed[np.isnan(reached)] = np.nan
        return needed

    def lifted(self, goal: Goal, value: float, uplift: float) -> float:
        """On the log scale, or on that of the log-odds for shares."""
        factor = math.exp(uplift * goal.due)
        if not goal.is_share:
            return value * factor
        odds = value / (100 - value) * factor if value < 100 else math.inf
        return 100 * odds / (1 + odds) if math.isfinite(odds) else 100.0

    def required(self, goal: Goal, baseline: float, announced: float) -> RequiredGrowth:
        """Compound growth, equal steps, and the ratio."""
        return RequiredGrowth(
            cagr=cagr(baseline, announced, goal.due),
            increment=increment(baseline, announced, goal.due),
            multiple=multiple(baseline, announced),
        )
