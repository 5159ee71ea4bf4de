"""From a checked scenario to its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from cqsim.quantities import Quantity
from cqsim.scenario.correlations import BOTH, Of, usable
from cqsim.scenario.dependencies import in_order, once, read, start_year, used_at_start, used_yearly
from cqsim.scenario.formula.dimensions import BoundFormula, UnitOf, bind
from cqsim.scenario.formula.expressions import summands
from cqsim.scenario.laws import learned_laws, start_law
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.past import past
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.plan.changes import event_plan, lever_plan
from cqsim.simulation.plan.plan import IndicatorPlan, Mixing, Part, Plan, TargetPlan
from cqsim.simulation.plan.streams import all_streams
from cqsim.targets.goal import Goal
from cqsim.units import amount, factor


def plan(scenario: Scenario) -> Plan:
    """Turn a checked scenario into numbers.

    >>> from cqsim.scenario.files.loading import load
    >>> [indicator.id for indicator in plan(load("scenarios/nanchuan.yaml")).indicators][:2]
    ['agriculture', 'complexes']
    """
    ids = sorted(scenario.indicators)
    starts = {id: start_year(scenario, id) for id in ids}
    first = min(scenario.years.baseline, *starts.values())
    anchor, steps = scenario.years.baseline - first, scenario.years.end - first
    numbers = {id: number for number, id in enumerate(ids)}
    units = {id: indicator.unit for id, indicator in scenario.indicators.items()}
    start_order = in_order({id: used_at_start(scenario, id) for id in ids})
    yearly_order = in_order({id: used_yearly(scenario, id) for id in ids})
    # Each after those it is computed from, so that nothing is asked of a link before it is known.
    starting_alone = {id: _starts_alone(scenario, id) for id in yearly_order}
    whole = {id: _is_whole(scenario, id) for id in yearly_order}
    indicators = tuple(_indicator(scenario, id, starts[id] - first, whole[id], units) for id in ids)
    mixings = {of: _mixing(scenario, of) for of in BOTH}
    events = tuple(event_plan(id, scenario.events[id]) for id in sorted(scenario.events))
    levers = tuple(lever_plan(id, scenario.levers[id], first, scenario) for id in sorted(scenario.levers))
    streams = all_streams(indicators, events, levers, mixings, anchor, steps)
    return Plan(
        first_year=first,
        anchor=anchor,
        steps=steps,
        indicators=indicators,
        start_order=tuple(numbers[id] for id in start_order if starting_alone[id]),
        yearly_order=tuple(numbers[id] for id in yearly_order if indicators[numbers[id]].formula),
        targets=tuple(_target(target, numbers, id, scenario, starts[id]) for id, target in targets_of(scenario)),
        mixings=mixings,
        events=events,
        levers=levers,
        streams=tuple(replace(stream, place=scenario.place or "") for stream in streams),
    )


def targets_of(scenario: Scenario) -> list[tuple[str, Target]]:
    """Every target with its indicator's id, in the order of the file."""
    return [(id, target) for id, indicator in scenario.indicators.items() for target in indicator.targets]


def _indicator(scenario: Scenario, id: str, start: int, is_whole: bool, units: UnitOf) -> IndicatorPlan:
    indicator, growth = scenario.indicators[id], scenario.indicators[id].growth

    def bound(text: str | None) -> BoundFormula | None:
        return bind(read(scenario, text), units, indicator.unit) if text else None

    known = past(scenario, id)
    written = indicator.baseline.formula if indicator.baseline else None
    years = range(start_year(scenario, id) + 1, scenario.years.end + 1)
    laws = learned_laws(indicator, known)
    return IndicatorPlan(
        id=id,
        start=start,
        baseline=bound(written) or start_law(indicator),
        kernel=growth.prepare(known, years) if growth else None,
        laws={name: law for name, law in laws.items() if law.stream is not None},
        formula=bound(indicator.formula),
        noise=growth.streams(len(years)) if growth else {},
        typical=(growth.typical or "rate") if growth else None,
        effects=growth.effects if growth else frozenset(),
        is_whole=is_whole,
    )


@once
def _is_whole(scenario: Scenario, id: str) -> bool:
    """Whether an indicator counts something, or is a sum of such indicators in the same unit."""
    indicator = scenario.indicators[id]
    if indicator.growth is not None:
        return indicator.growth.levels == "whole"
    names = _summands(scenario, id)
    units = (scenario.indicators[name].unit for name in names)
    return (
        bool(names)
        and all(factor(unit, indicator.unit) == 1 for unit in units)
        and all(_is_whole(scenario, name) for name in names)
    )


@once
def _starts_alone(scenario: Scenario, id: str) -> bool:
    """Whether a starting value follows from other starting values of the same year."""
    if scenario.indicators[id].growth is not None or scenario.indicators[id].baseline is not None:
        return True
    year = start_year(scenario, id)
    used = used_yearly(scenario, id)
    return all(start_year(scenario, name) == year and _starts_alone(scenario, name) for name in used)


def _target(target: Target, numbers: Mapping[str, int], id: str, scenario: Scenario, start: int) -> TargetPlan:
    """A target in the unit of its indicator."""
    indicator = scenario.indicators[id]
    bounds = [
        amount(level, indicator.unit) if isinstance(level, Quantity) else level.times_baseline
        for level in target.levels
    ]
    goal = Goal(
        measure=target.measure,
        sense=target.sense,
        bounds=tuple(bounds),
        relative=not isinstance(target.levels[0], Quantity),
        when=target.when,
        due=target.due - start,
        is_share=indicator.growth is not None and indicator.growth.is_share(indicator.unit),
    )
    parts = _parts(scenario, id, numbers) if target.sense == "at_least" else ()
    return TargetPlan(numbers[id], goal, parts)


def _parts(scenario: Scenario, id: str, numbers: Mapping[str, int]) -> tuple[Part, ...]:
    unit = scenario.indicators[id].unit
    names = _summands(scenario, id)
    return tuple(Part(numbers[name], factor(scenario.indicators[name].unit, unit)) for name in names)


def _summands(scenario: Scenario, id: str) -> list[str]:
    """What an indicator is the sum of; empty when it is none."""
    formula = scenario.indicators[id].formula
    return summands(read(scenario, formula)) if formula else []


def _mixing(scenario: Scenario, of: Of) -> Mixing:
    ids, matrix = usable(scenario, of)
    factor = np.linalg.cholesky(matrix) if ids else matrix
    return Mixing(tuple(ids), tuple(tuple(float(value) for value in row) for row in factor))
