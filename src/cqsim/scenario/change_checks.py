"""Whether events and levers fit the indicators that they change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cqsim.errors import Fault, Path, Problem, unknown
from cqsim.growth.models.milestones import Milestones
from cqsim.growth.parameters import Kind, Parameter
from cqsim.scenario.laws import parameter_law, start_law
from cqsim.scenario.nouns.change import Event, Lever

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario


def check_changes(scenario: Scenario) -> Iterator[Problem]:
    """Effects that are not possible, years outside the span, unknown milestones, figures that give no law."""
    for kind, changes in (("events", scenario.events), ("levers", scenario.levers)):
        for id, change in changes.items():
            here: Path = (kind, id)
            yield from _figures(here, change)
            for indicator in change.effects:
                yield from _effect(scenario, (*here, "effects", indicator), indicator, change)
    for id, lever in scenario.levers.items():
        yield from _lever(scenario, ("levers", id), lever)


def _figures(here: Path, change: Event | Lever) -> Iterator[Problem]:
    written = {"probability": (change.probability, Kind.SHARE, 0.0)}
    if isinstance(change, Event):
        written |= {"rate": (change.rate, Kind.NUMBER, 0.0), "size": (change.size, Kind.RATE, -1.0)}
    else:
        written |= {"delay": (change.delay, Kind.NUMBER, 0.0)}
    for name, (figure, kind, lowest) in written.items():
        if figure is not None:
            try:
                parameter_law(name, Parameter(figure, kind, at_least=lowest), "")
            except Fault as fault:
                yield Problem((*here, name), fault)


def _effect(scenario: Scenario, path: Path, indicator: str, change: Event | Lever) -> Iterator[Problem]:
    if indicator not in scenario.indicators:
        yield Problem(path, unknown("unknown_indicator", indicator, scenario.indicators), at_key=True)
        return
    growth = scenario.indicators[indicator].growth
    if growth is None:
        yield Problem(path, Fault("effect_on_formula", id=indicator), at_key=True)
        return
    effect = change.effects[indicator]
    for name, strength in (("level", effect.level), ("growth", effect.growth)):
        if strength is not None and name not in growth.effects:
            allowed = sorted(growth.effects)
            hint = "other_effect" if allowed else None
            values = {"id": indicator, "model": growth.model, "kind": name, "allowed": allowed}
            yield Problem((*path, name), Fault("effect_refused", hint, **values))
    if effect.level is not None and "level" in growth.effects and growth.levels == "any":
        start = _median(scenario, indicator)
        if start is not None and start <= 0:
            yield Problem((*path, "level"), Fault("level_of_nothing", id=indicator, value=f"{start:g}"))


def _median(scenario: Scenario, indicator: str) -> float | None:
    """The median baseline; None where a formula gives it, or where it cannot be read."""
    try:
        law = start_law(scenario.indicators[indicator])
    except Fault:
        return None  # reported where it stands
    return None if law is None else law.median


def _lever(scenario: Scenario, here: Path, lever: Lever) -> Iterator[Problem]:
    years = scenario.years
    if lever.start is not None and not years.baseline < lever.start <= years.end:
        values = {"year": lever.start, "baseline": years.baseline, "end": years.end}
        yield Problem((*here, "start"), Fault("lever_year", **values))
    if lever.when is None:
        return
    milestones = [id for id, indicator in scenario.indicators.items() if isinstance(indicator.growth, Milestones)]
    if lever.when in lever.effects:
        yield Problem((*here, "when"), Fault("circular_when", id=lever.when))
    elif lever.when not in milestones:
        yield Problem((*here, "when"), unknown("unknown_milestone", lever.when, milestones))
