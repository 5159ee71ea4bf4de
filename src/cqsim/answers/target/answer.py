"""The answers for one target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cqsim.answers.plain import number_of, range_dict, range_of
from cqsim.answers.target.contributions import Contribution, contributions
from cqsim.answers.target.drivers import Driver
from cqsim.answers.target.official import official
from cqsim.answers.target.required import Required, required
from cqsim.answers.yearly import quantiles, whole
from cqsim.evidence import worst
from cqsim.messages import Language
from cqsim.rates import growth_between
from cqsim.scenario.dependencies import evidence, growth_in
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.estimate import Estimate
from cqsim.simulation.counts.tally import Tally
from cqsim.targets.goal import holds_from
from cqsim.targets.when import last_step
from cqsim.yardsticks.assessment import Assessment

if TYPE_CHECKING:
    from cqsim.answers.answering import Spread


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
    estimate : Estimate
        Of the hit probability.
    range : tuple of float or None
        10 and 90 % quantiles of the hit probability over what is not known, equal where nothing that it depends on is
        open; None where that was not worked out.
    quantiles : dict of float to float
        Of the indicator in the target year.
    first_hit : dict of int to float
        Share of paths whose first hit falls in each year; for `at_most` in a `year`, of those that stay at or below
        the level from that year on to the target's (see `holds`).
    never : float
        Share of paths without one by the last of these years.
    evidence : str
        The worst grade among all that the target depends on.
    drivers : tuple of Driver
        What the spread of its outcomes comes from, the largest source first.
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
    estimate: Estimate
    range: tuple[float, float] | None
    quantiles: dict[float, float]
    first_hit: dict[int, float]
    never: float
    evidence: str
    drivers: tuple[Driver, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    yardsticks: Assessment | None = None

    @property
    def probability(self) -> float:
        """Of being hit."""
        return self.estimate.value

    @property
    def interval(self) -> tuple[float, float]:
        """95 % Monte Carlo interval of the probability."""
        return self.estimate.interval

    @property
    def median(self) -> float:
        """Median outcome in the target year."""
        return self.quantiles[0.5]

    @property
    def holds(self) -> bool:
        """Whether `first_hit` says from which year on the target holds."""
        return holds_from(self.target.sense, self.target.when)

    @property
    def expected_growth(self) -> float | None:
        """Constant growth a year to the median outcome, stated as that which is required."""
        span = self.target.due - self.baseline_year
        return growth_between(self.required.growth_in, self.baseline, self.median, span)

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
            **({"contributions": [part.to_dict() for part in self.contributions]} if self.contributions else {}),
            **({"yardsticks": self.yardsticks.to_dict()} if self.yardsticks else {}),
            **range_dict(self.range),
            "method": self.estimate.method,
            "drivers": [driver.to_dict() for driver in self.drivers],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any], target: Target, scenario: Scenario) -> TargetAnswer:
        """What `to_dict` wrote of a target of this scenario."""
        levels = tuple(data["value"]) if isinstance(data["value"], list) else (data["value"],)
        start = data["baseline"]["year"], number_of(data["baseline"]["value"])
        first_hit = {int(year): share for year, share in data["first_hit"].items() if year != "never"}
        return cls(
            indicator=data["indicator"],
            label=data["label"],
            unit=data["unit"],
            target=target,
            levels=levels,
            baseline_year=start[0],
            baseline=start[1],
            required=Required.from_dict(data["required"]),
            estimate=Estimate.from_parts(data["probability"], data["interval"], data["method"]),
            range=range_of(data),
            quantiles={float(share): number_of(value) for share, value in data["quantiles"].items()},
            first_hit=first_hit,
            never=data["first_hit"]["never"],
            evidence=data["evidence"],
            drivers=tuple(Driver(**driver) for driver in data["drivers"]),
            contributions=tuple(Contribution(**part) for part in data.get("contributions", ())),
            yardsticks=official(scenario, data["indicator"], target.sense, levels, target.due, start),
        )


def answer(
    number: int, id: str, target: Target, scenario: Scenario, tally: Tally, language: Language, spread: Spread | None
) -> TargetAnswer:
    """The answers for one target.

    Parameters
    ----------
    number : int
        Its place in the plan.
    id : str
        Its indicator.
    """
    plan, planned, indicator = tally.plan, tally.plan.targets[number], scenario.indicators[id]
    goal, start = planned.goal, plan.indicators[planned.indicator].start
    baseline = float(tally.central[planned.indicator, start])
    levels = tuple(bound * baseline if goal.relative else bound for bound in goal.bounds)
    if plan.indicators[planned.indicator].is_whole:
        baseline, levels = whole(baseline), tuple(map(whole, levels))
    year, counts = plan.year(start), tally.first_hits[number]
    steps = range(1, last_step(goal, len(counts) - 1) + 1)
    estimate = Estimate.of_counts(int(tally.hits[number]), tally.paths)
    return TargetAnswer(
        indicator=id,
        label=text_in(target.label or indicator.label or id, language),
        unit=indicator.unit,
        target=target,
        levels=levels,
        baseline_year=year,
        baseline=baseline,
        required=required(number, baseline, levels, growth_in(scenario, id), tally),
        estimate=estimate,
        range=spread.range(number, estimate.value) if spread else None,
        quantiles=quantiles(tally.values[planned.indicator, plan.due(planned)]),
        first_hit={year + step: int(counts[step - 1]) / tally.paths for step in steps},
        never=int(counts[-1]) / tally.paths,
        evidence=worst([evidence(scenario, id), *([target.evidence] if target.evidence else [])]).value,
        drivers=spread.drivers[number] if spread else (),
        contributions=contributions(number, scenario, tally, language),
        yardsticks=official(scenario, id, target.sense, levels, target.due, (year, baseline)),
    )
