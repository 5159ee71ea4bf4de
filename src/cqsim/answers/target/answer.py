"""The answers for one target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cqsim.answers.target.contributions import Contribution, contributions
from cqsim.answers.target.official import official
from cqsim.answers.target.required import Required, required
from cqsim.evidence import worst
from cqsim.messages import Language
from cqsim.scenario.dependencies import evidence
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.histogram import Histogram, WholeBuckets
from cqsim.simulation.counts.precision import wilson
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.scoring import last_step
from cqsim.yardsticks.assessment import Assessment

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


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
    contributions : tuple of Contribution
        Of the parts, when the indicator is a sum.
    yardsticks : Assessment or None
        What the progress rules of statistical offices say; None without a history.
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
    contributions: tuple[Contribution, ...] = ()
    yardsticks: Assessment | None = None

    @property
    def median(self) -> float:
        """Median outcome in the target year."""
        return self.quantiles[0.5]

    def to_dict(self) -> dict[str, Any]:
        """The target as it stands in the JSON document."""
        return {
            "indicator": self.indicator,
            "label": self.label,
            "unit": self.unit,
            "sense": self.target.sense,
            "value": self.levels[0] if len(self.levels) == 1 else list(self.levels),
            "when": self.target.when,
            "year": self.target.due,
            "baseline": {"year": self.baseline_year, "value": self.baseline},
            "required": self.required.to_dict(),
            "probability": self.probability,
            "interval": list(self.interval),
            "median": self.median,
            "quantiles": {f"{key:g}": value for key, value in self.quantiles.items()},
            "first_hit": {**{str(year): share for year, share in self.first_hit.items()}, "never": self.never},
            "evidence": self.evidence,
            **({"contributions": [one.to_dict() for one in self.contributions]} if self.contributions else {}),
            **({"yardsticks": self.yardsticks.to_dict()} if self.yardsticks else {}),
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
        required=required(number, goal, baseline, levels, tally),
        probability=hits / tally.paths,
        interval=wilson(hits, tally.paths),
        quantiles=quantiles(values),
        first_hit={
            year + step: int(counts[step - 1]) / tally.paths for step in range(1, last_step(goal, len(counts) - 1) + 1)
        },
        never=int(counts[-1]) / tally.paths,
        contributions=contributions(number, scenario, tally, language),
        evidence=worst([evidence(scenario, id), *([target.evidence] if target.evidence else [])]).value,
        yardsticks=official(scenario, id, target.sense, levels, target.due, (year, baseline)),
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
