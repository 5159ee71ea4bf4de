"""The answers for one target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from cqsim.evidence import worst
from cqsim.messages import Language
from cqsim.rates import cagr, increment, multiple
from cqsim.scenario.dependencies import evidence
from cqsim.scenario.indicator import Target
from cqsim.scenario.scenario import Scenario
from cqsim.scenario.text import text_in
from cqsim.simulation.histogram import Histogram, WholeBuckets
from cqsim.simulation.plan import Goal
from cqsim.simulation.precision import wilson
from cqsim.simulation.scoring import last_step
from cqsim.simulation.tally import Tally

PROBABILITIES = (0.5, 0.8, 0.9)
QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


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


@dataclass(frozen=True)
class TargetAnswer:
    """Everything that is said of one target; levels are in its indicator's unit.

    Parameters
    ----------
    indicator, label, unit : str
    target : Target
        As written.
    levels : tuple of float
        One, or two for `between`.
    baseline_year : int
    baseline : float
        Median.
    required : Required
    probability : float
        Share of paths that hit.
    interval : tuple of float
        95 % Monte Carlo interval of the probability.
    quantiles : dict of float to float
        Of the indicator in the target year.
    first_hit : dict of int to float
        Share of paths whose first hit falls in each year.
    never : float
        Share of paths without one by the last of these years.
    evidence : str
        The worst grade among all that the target depends on.
    """

    indicator: str
    label: str
    unit: str
    target: Target
    levels: tuple[float, ...]
    baseline_year: int
    baseline: float
    required: Required
    probability: float
    interval: tuple[float, float]
    quantiles: dict[float, float]
    first_hit: dict[int, float]
    never: float
    evidence: str

    @property
    def median(self) -> float:
        """Median outcome in the target year."""
        return self.quantiles[0.5]

    def to_dict(self) -> dict[str, Any]:
        """The target as it stands in the JSON document."""
        required = self.required
        found: dict[str, Any] = {
            "cagr": required.cagr,
            "increment": required.increment,
            "multiple": required.multiple,
            "for_probability": {f"{key:g}": value for key, value in required.for_probability.items()},
        }
        if required.best is not None:
            found["best"] = {"probability": required.best[0], "cagr": required.best[1]}
        return {
            "indicator": self.indicator,
            "label": self.label,
            "unit": self.unit,
            "sense": self.target.sense,
            "value": self.levels[0] if len(self.levels) == 1 else list(self.levels),
            "when": self.target.when,
            "year": self.target.due,
            "baseline": {"year": self.baseline_year, "value": self.baseline},
            "required": found,
            "probability": self.probability,
            "interval": list(self.interval),
            "median": self.median,
            "quantiles": {f"{key:g}": value for key, value in self.quantiles.items()},
            "first_hit": {**{str(year): share for year, share in self.first_hit.items()}, "never": self.never},
            "evidence": self.evidence,
        }


def answer(number: int, id: str, target: Target, scenario: Scenario, tally: Tally, language: Language) -> TargetAnswer:
    """The answers for one target.

    Parameters
    ----------
    number : int
        Its place among the plan's goals.
    id : str
        Its indicator.
    """
    goal, indicator = tally.plan.goals[number], scenario.indicators[id]
    start = tally.plan.series[goal.series].start
    baseline = float(tally.central[goal.series, start])
    levels = tuple(level * baseline if goal.relative else level for level in goal.levels)
    if tally.plan.series[goal.series].is_whole:
        baseline, levels = whole(baseline), tuple(map(whole, levels))
    values = tally.values[goal.series, start + goal.due]
    year = tally.plan.first_year + start
    counts = tally.first_hits[number]
    hits = int(tally.hits[number])
    return TargetAnswer(
        indicator=id,
        label=text_in(target.label or indicator.label or id, language),
        unit=indicator.unit,
        target=target,
        levels=levels,
        baseline_year=year,
        baseline=baseline,
        required=_required(number, goal, baseline, levels, tally),
        probability=hits / tally.paths,
        interval=wilson(hits, tally.paths),
        quantiles=quantiles(values),
        first_hit={
            year + step: int(counts[step - 1]) / tally.paths for step in range(1, last_step(goal, len(counts) - 1) + 1)
        },
        never=int(counts[-1]) / tally.paths,
        evidence=worst([evidence(scenario, id), *([target.evidence] if target.evidence else [])]).value,
    )


def quantiles(histogram: Histogram) -> dict[float, float]:
    """The quantiles that every answer states; whole numbers for what is counted."""
    found = {share: histogram.quantile(share) for share in QUANTILES}
    if isinstance(histogram.buckets, WholeBuckets):
        return {share: whole(value) for share, value in found.items()}
    return found


def whole(value: float) -> float:
    """A whole number as an integer, so that it is written without decimals."""
    return int(value) if value == int(value) else value


def _required(number: int, goal: Goal, baseline: float, levels: tuple[float, ...], tally: Tally) -> Required:
    announced = min(max(baseline, levels[0]), levels[-1]) if goal.sense == "between" else levels[0]
    coverage = tally.uplifts[number]
    middle = _median_log_growth(number, goal, baseline, announced, tally)

    def growth(uplift: float | None) -> float | None:
        return None if uplift is None or middle is None else math.expm1(middle + uplift)

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


def _median_log_growth(number: int, goal: Goal, baseline: float, announced: float, tally: Tally) -> float | None:
    """Log growth a year from the median baseline to the median outcome.

    For `year` it comes from the same histogram as the uplifts, so that 50 % needs exactly the announced growth.
    """
    coverage = tally.uplifts[number]
    if goal.when == "year" and goal.sense != "between" and coverage is not None and baseline > 0:
        middle = coverage.needed(0.5, tally.paths)
        if middle is not None:
            return math.log(announced / baseline) / goal.due - middle
    median = tally.values[goal.series, tally.plan.series[goal.series].start + goal.due].quantile(0.5)
    return math.log(median / baseline) / goal.due if median > 0 and baseline > 0 else None
