"""What a target asks for: the growth to its announced level, and the growth that would make it likely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from cqsim.rates import cagr, increment, multiple
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.plan import Goal

PROBABILITIES = (0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Required:
    """What a target asks for.

    Parameters
    ----------
    cagr, increment, multiple : float or None
        From the median baseline to the announced level: growth a year, step a year in the unit, times the baseline.
    for_probability : dict of float to float or None
        Median growth a year after the uplift that makes the target this likely; None when none does.
    best : tuple of float or None
        For `between`: the highest probability that an uplift can reach, and the median growth a year there.
    """

    cagr: float | None
    increment: float
    multiple: float | None
    for_probability: dict[float, float | None]
    best: tuple[float, float | None] | None = None

    def to_dict(self) -> dict[str, Any]:
        """What is required, as it stands in the JSON document."""
        found: dict[str, Any] = {
            "cagr": self.cagr,
            "increment": self.increment,
            "multiple": self.multiple,
            "for_probability": {f"{key:g}": value for key, value in self.for_probability.items()},
        }
        if self.best is not None:
            found["best"] = {"probability": self.best[0], "cagr": self.best[1]}
        return found


def required(number: int, goal: Goal, baseline: float, levels: tuple[float, ...], tally: Tally) -> Required:
    """What one target asks for.

    Parameters
    ----------
    number : int
        The target's place among the plan's goals.
    goal : Goal
    baseline : float
        Median.
    levels : tuple of float
        One or two, in the indicator's unit.
    tally : Tally
    """
    announced = min(max(baseline, levels[0]), levels[-1]) if goal.sense == "between" else levels[0]
    coverage = tally.uplifts[number]
    median = _median(number, goal, announced, tally)

    def growth(uplift: float | None) -> float | None:
        return None if uplift is None else cagr(baseline, _lifted(goal, median, uplift), goal.due)

    def needed(chance: float) -> float | None:
        return growth(coverage.needed(chance, tally.paths)) if coverage else None

    best = coverage.best(tally.paths) if coverage and goal.sense == "between" else None
    return Required(
        cagr=cagr(baseline, announced, goal.due),
        increment=increment(baseline, announced, goal.due),
        multiple=multiple(baseline, announced),
        for_probability={chance: needed(chance) for chance in PROBABILITIES},
        best=best and (best[1], growth(best[0])),
    )


def _median(number: int, goal: Goal, announced: float, tally: Tally) -> float:
    """The median outcome of the target year.

    For `year` it comes from the same histogram as the uplifts, so that 50 % needs exactly the announced growth.
    """
    coverage = tally.uplifts[number]
    if goal.when == "year" and goal.sense != "between" and coverage is not None:
        middle = coverage.needed(0.5, tally.paths)
        if middle is not None:
            return _lifted(goal, announced, -middle)
    return tally.values[goal.series, tally.plan.series[goal.series].start + goal.due].quantile(0.5)


def _lifted(goal: Goal, level: float, uplift: float) -> float:
    """A level of the target year after an uplift: on the log scale, or on that of the log-odds for shares."""
    factor = math.exp(uplift * goal.due)
    if not goal.is_share:
        return level * factor
    odds = level / (100 - level) * factor if level < 100 else math.inf
    return 100 * odds / (1 + odds) if math.isfinite(odds) else 100.0
