"""When events may happen and levers work, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from cqsim.growth.models.milestones import Milestones
from cqsim.messages import Language
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.plan.plan import EventPlan, LeverPlan, Plan

Frequency = Literal["each_year", "once", "rate", "carried_out"]


@dataclass(frozen=True)
class CalendarRow:
    """One event or lever.

    Parameters
    ----------
    kind : {"event", "lever"}
    id, label : str
    frequency : {"each_year", "once", "rate", "carried_out"}
        What `probability` says: in each year, of happening once, expected times a year, of being carried out.
    probability : float
        Median, where it is uncertain.
    start : int
        First year in which it may act.
    recovery : int or None
        Years after which an event's effect is gone; None where it stays, and for levers.
    ramp : int
        Years over which a lever's effect builds up.
    milestone : str or None
        Label of what a lever waits for.
    built : dict of int to float
        Year to the share of the full effect that there may be; years without any are left out.
    """

    kind: Literal["event", "lever"]
    id: str
    label: str
    frequency: Frequency
    probability: float
    start: int
    recovery: int | None
    ramp: int
    milestone: str | None
    built: dict[int, float]

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {**asdict(self), "built": {str(year): share for year, share in self.built.items()}}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> CalendarRow:
        """What `to_dict` wrote."""
        return cls(**{**data, "built": {int(year): share for year, share in data["built"].items()}})


def calendar(scenario: Scenario, plan: Plan, language: Language) -> tuple[CalendarRow, ...]:
    """Events, then levers, in the order of the file."""
    return (*_events(scenario, plan, language), *_levers(scenario, plan, language))


def _years(scenario: Scenario) -> range:
    return range(scenario.years.baseline + 1, scenario.years.end + 1)


def _events(scenario: Scenario, plan: Plan, language: Language) -> Iterator[CalendarRow]:
    plans: dict[str, EventPlan] = {event.id: event for event in plan.events}
    for id, event in scenario.events.items():
        yield CalendarRow(
            kind="event",
            id=id,
            label=text_in(event.label or id, language),
            frequency="rate" if event.rate is not None else "once" if event.once else "each_year",
            probability=plans[id].probability.median,
            start=_years(scenario).start,
            recovery=plans[id].recovery,
            ramp=1,
            milestone=None,
            built=dict.fromkeys(_years(scenario), 1.0),
        )


def _levers(scenario: Scenario, plan: Plan, language: Language) -> Iterator[CalendarRow]:
    plans: dict[str, LeverPlan] = {lever.id: lever for lever in plan.levers}
    for id, lever in scenario.levers.items():
        start = _start(scenario, plan, plans[id]) + round(plans[id].delay.median)
        built = {year: min((year - start + 1) / lever.ramp, 1.0) for year in _years(scenario) if year >= start}
        waits_for = scenario.indicators[lever.when].label or lever.when if lever.when else None
        yield CalendarRow(
            kind="lever",
            id=id,
            label=text_in(lever.label or id, language),
            frequency="carried_out",
            probability=plans[id].probability.median,
            start=start,
            recovery=None,
            ramp=lever.ramp,
            milestone=text_in(waits_for, language) if waits_for else None,
            built=built,
        )


def _start(scenario: Scenario, plan: Plan, lever: LeverPlan) -> int:
    """First year of a lever; of one that waits for a milestone, the first in which that may be reached."""
    growth = scenario.indicators[lever.when].growth if lever.when else None
    if isinstance(growth, Milestones):
        return max(min(project.earliest for project in growth.projects.values()), _years(scenario).start)
    return plan.year(lever.start)
