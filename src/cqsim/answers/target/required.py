"""What a target asks for: the growth to its announced level, and the growth that would make it likely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from cqsim.rates import GrowthIn, growth_between
from cqsim.simulation.counts.tally import Tally

PROBABILITIES = (0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Required:
    """What a target asks for.

    Parameters
    ----------
    growth_in : {"rate", "points"} or None
        How growth a year is stated here: as a rate, in percentage points, or not at all.
    cagr, increment, multiple : float or None
        From the median baseline to the announced level: rate of growth a year (where growth is stated so), step a year
        in the unit, times the baseline.
    for_probability : dict of float to float or None
        Median growth a year after the uplift that makes the target this likely, as a fraction (0.02 is 2 % or 2
        percentage points); None when none does.
    best : tuple of float or None
        For `between`, and where no uplift gives one of these probabilities: the highest that an uplift can reach, and
        the median growth a year there.
    """

    growth_in: GrowthIn | None
    cagr: float | None
    increment: float | None
    multiple: float | None
    for_probability: dict[float, float | None]
    best: tuple[float, float | None] | None = None

    @property
    def growth(self) -> float | None:
        """Constant growth a year to the announced level, as a fraction; see `growth_in`."""
        if self.growth_in != "points":
            return self.cagr
        return None if self.increment is None else self.increment / 100

    def to_dict(self) -> dict[str, Any]:
        """What is required, as it stands in the JSON document."""
        best = {} if self.best is None else {"best": {"probability": self.best[0], "cagr": self.best[1]}}
        return {
            "growth_in": self.growth_in,
            "cagr": self.cagr,
            "increment": self.increment,
            "multiple": self.multiple,
            "for_probability": {f"{key:g}": value for key, value in self.for_probability.items()},
            **best,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Required:
        """What `to_dict` wrote."""
        needed = {float(key): value for key, value in data["for_probability"].items()}
        best = (data["best"]["probability"], data["best"]["cagr"]) if "best" in data else None
        return cls(data.get("growth_in", "rate"), data["cagr"], data["increment"], data["multiple"], needed, best)


def required(
    number: int, baseline: float, levels: tuple[float, ...], growth_in: GrowthIn | None, tally: Tally
) -> Required:
    """What one target asks for.

    Parameters
    ----------
    number : int
        The target's place in the plan.
    baseline : float
        Median.
    levels : tuple of float
        One or two, in the indicator's unit.
    growth_in : {"rate", "points"} or None
    tally : Tally
    """
    goal = tally.plan.targets[number].goal
    announced = min(max(baseline, levels[0]), levels[-1]) if goal.sense == "between" else levels[0]
    coverage = tally.uplifts[number]
    median = _median(number, announced, tally)

    def growth(uplift: float | None) -> float | None:
        lifted = None if uplift is None else goal.measure.lifted(goal, median, uplift)
        return None if lifted is None else _known(growth_between(growth_in, baseline, lifted, goal.due))

    def needed(probability: float) -> float | None:
        return growth(coverage.needed(probability, tally.paths)) if coverage else None

    likely = {probability: needed(probability) for probability in PROBABILITIES}
    unreached = coverage is not None and (goal.sense == "between" or None in likely.values())
    best = coverage.best(tally.paths) if coverage and unreached else None
    constant = goal.measure.required(goal, baseline, announced)
    return Required(
        growth_in=growth_in,
        cagr=_known(constant.cagr) if growth_in == "rate" else None,
        increment=_known(constant.increment),
        multiple=_known(constant.multiple),
        for_probability=likely,
        best=best and (best[1], growth(best[0])),
    )


def _known(value: float | None) -> float | None:
    """A growth that exists; none where the baseline has no value."""
    return value if value is not None and math.isfinite(value) else None


def _median(number: int, announced: float, tally: Tally) -> float:
    """The median outcome of the target year.

    For `year` it comes from the same histogram as the uplifts, so that 50 % needs exactly the announced growth.
    """
    target, coverage = tally.plan.targets[number], tally.uplifts[number]
    goal = target.goal
    if goal.when == "year" and goal.sense != "between" and coverage is not None:
        middle = coverage.needed(0.5, tally.paths)
        if middle is not None:
            return goal.measure.lifted(goal, announced, -middle)
    return tally.values[target.indicator, tally.plan.due(target)].quantile(0.5)
