"""The plan: the only place where nouns become numbers and arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from cqsim.distributions.laws import Law
from cqsim.growth.base import NOISE, GrowthModel
from cqsim.growth.inputs import Past
from cqsim.quantities import Quantity
from cqsim.scenario.correlations import BOTH, Of, usable
from cqsim.scenario.dependencies import in_order, read, start_year, used_at_start, used_yearly
from cqsim.scenario.formula.dimensions import BoundFormula, bind
from cqsim.scenario.formula.expressions import summands
from cqsim.scenario.laws import ParameterLaw, learned_laws, start_law
from cqsim.scenario.nouns.target import Sense, Target
from cqsim.scenario.past import past
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.change_plans import event_plan, lever_plan
from cqsim.simulation.changes import EventPlan, LeverPlan
from cqsim.simulation.counts.shortfall import Part
from cqsim.units import amount, factor

# A level that misses a target by rounding alone counts as a hit.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Series:
    """One indicator as the kernel needs it.

    Parameters
    ----------
    id : str
    start : int
        Steps from the plan's first year to the indicator's baseline year.
    baseline : Law, BoundFormula or None
        None for a formula that computes its own start.
    growth : GrowthModel or None
    laws : mapping of str to ParameterLaw
    formula : BoundFormula or None
    streams : mapping of str to int
        Rows of standard normal values that the growth model takes, by stream.
    history : Past or None
    is_whole : bool
        Whether its levels are whole numbers.
    """

    id: str
    start: int
    baseline: Law | BoundFormula | None
    growth: GrowthModel | None
    laws: Mapping[str, ParameterLaw]
    formula: BoundFormula | None
    streams: Mapping[str, int] = field(default_factory=dict)
    history: Past | None = None
    is_whole: bool = False


@dataclass(frozen=True)
class Mixing:
    """Which indicators' standard normal draws are joined, and how.

    Parameters
    ----------
    ids : tuple of str
        Sorted.
    factor : tuple of tuple of float
        Lower triangular factor of the correlation matrix, shape (len(ids), len(ids)).
    """

    ids: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Goal:
    """A target in numbers.

    Parameters
    ----------
    series : int
        Index of its indicator.
    sense : {"at_least", "at_most", "between"}
    levels : tuple of float
        One or two, in the indicator's unit, or as multiples of the baseline.
    relative : bool
        Whether the levels are multiples of each path's own baseline.
    when : {"year", "reached_by"}
    due : int
        Years from the indicator's baseline to the target year.
    is_share : bool
        Whether the indicator is a share between 0 and 100 %, so that uplifts move its log-odds.
    parts : tuple of Part
        What the indicator is the sum of; empty when it is none, or the target is not `at_least`.
    """

    series: int
    sense: Sense
    levels: tuple[float, ...]
    relative: bool
    when: Literal["year", "reached_by"]
    due: int
    is_share: bool = False
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that drawing needs; picklable, and the same for any order of the indicators.

    Parameters
    ----------
    first_year : int
    anchor : int
        Steps from the first year to the scenario's baseline year: streams count from there, whatever starts earlier.
    steps : int
        Years after the first.
    noise_rows : int
        Rows of yearly innovations, from the year after the first.
    series : tuple of Series
        Sorted by id.
    start_order, yearly_order : tuple of int
        Order in which starting values, and formulas of one year, can be computed.
    goals : tuple of Goal
        In the order of the file.
    mixings : mapping of "noise" and "rate" to Mixing
    events, levers : tuple of EventPlan, LeverPlan
        Sorted by id.
    """

    first_year: int
    anchor: int
    steps: int
    noise_rows: int
    series: tuple[Series, ...]
    start_order: tuple[int, ...]
    yearly_order: tuple[int, ...]
    goals: tuple[Goal, ...]
    mixings: Mapping[Of, Mixing] = field(default_factory=dict)
    events: tuple[EventPlan, ...] = ()
    levers: tuple[LeverPlan, ...] = ()


def plan(scenario: Scenario) -> Plan:
    """Turn a checked scenario into numbers.

    >>> from cqsim.scenario.files.loading import load
    >>> [series.id for series in plan(load("scenarios/nanchuan.yaml")).series][:2]
    ['agriculture', 'complexes']
    """
    ids = sorted(scenario.indicators)
    starts = {id: start_year(scenario, id) for id in ids}
    first = min(scenario.years.baseline, *starts.values())
    steps = scenario.years.end - first
    series = tuple(_series(scenario, id, starts[id] - first, steps) for id in ids)
    start_order = [ids.index(id) for id in in_order({id: used_at_start(scenario, id) for id in ids})]
    formulas = [ids.index(id) for id in in_order({id: used_yearly(scenario, id) for id in ids})]
    return Plan(
        first_year=first,
        anchor=scenario.years.baseline - first,
        steps=steps,
        noise_rows=max((one.start + one.streams.get(NOISE, 0) for one in series), default=0),
        series=series,
        start_order=tuple(number for number in start_order if _starts_alone(scenario, ids[number])),
        yearly_order=tuple(number for number in formulas if series[number].formula),
        goals=tuple(_goal(target, ids, id, scenario, starts[id]) for id, target in targets(scenario)),
        mixings={of: _mixing(scenario, of) for of in BOTH},
        events=tuple(event_plan(id, scenario.events[id]) for id in sorted(scenario.events)),
        levers=tuple(lever_plan(id, scenario.levers[id], first, scenario) for id in sorted(scenario.levers)),
    )


def targets(scenario: Scenario) -> list[tuple[str, Target]]:
    """Every target with its indicator's id, in the order of the file."""
    return [(id, target) for id, indicator in scenario.indicators.items() for target in indicator.targets]


def _series(scenario: Scenario, id: str, start: int, steps: int) -> Series:
    indicator = scenario.indicators[id]
    units = {name: one.unit for name, one in scenario.indicators.items()}

    def bound(text: str | None) -> BoundFormula | None:
        return bind(read(scenario, text), units, indicator.unit) if text else None

    known = past(scenario, id)
    written = indicator.baseline.formula if indicator.baseline else None
    return Series(
        id=id,
        start=start,
        baseline=bound(written) or start_law(indicator),
        growth=indicator.growth,
        laws=learned_laws(indicator, known),
        formula=bound(indicator.formula),
        streams=indicator.growth.streams(steps - start) if indicator.growth else {},
        history=known,
        is_whole=_is_whole(scenario, id),
    )


def _is_whole(scenario: Scenario, id: str) -> bool:
    """Whether an indicator counts something, or is a sum of such indicators in the same unit."""
    indicator = scenario.indicators[id]
    if indicator.growth is not None:
        return indicator.growth.integer
    names = _summands(scenario, id)
    units = (scenario.indicators[name].unit for name in names)
    return (
        bool(names)
        and all(factor(unit, indicator.unit) == 1 for unit in units)
        and all(_is_whole(scenario, name) for name in names)
    )


def _starts_alone(scenario: Scenario, id: str) -> bool:
    """Whether a starting value follows from other starting values of the same year."""
    if scenario.indicators[id].growth is not None or scenario.indicators[id].baseline is not None:
        return True
    year = start_year(scenario, id)
    used = used_yearly(scenario, id)
    return all(start_year(scenario, name) == year and _starts_alone(scenario, name) for name in used)


def _goal(target: Target, ids: list[str], id: str, scenario: Scenario, start: int) -> Goal:
    """A target in the unit of its indicator."""
    unit = scenario.indicators[id].unit
    written = [amount(level, unit) if isinstance(level, Quantity) else level.times_baseline for level in target.levels]
    relative = not isinstance(target.levels[0], Quantity)
    parts = _parts(scenario, id, ids) if target.sense == "at_least" else ()
    growth = scenario.indicators[id].growth
    is_share = growth is not None and growth.is_share(unit)
    due = target.due - start
    return Goal(ids.index(id), target.sense, tuple(written), relative, target.when, due, is_share, parts)


def _parts(scenario: Scenario, id: str, ids: list[str]) -> tuple[Part, ...]:
    unit = scenario.indicators[id].unit
    names = _summands(scenario, id)
    return tuple(Part(ids.index(name), factor(scenario.indicators[name].unit, unit)) for name in names)


def _summands(scenario: Scenario, id: str) -> list[str]:
    """What an indicator is the sum of; empty when it is none."""
    formula = scenario.indicators[id].formula
    return summands(read(scenario, formula)) if formula else []


def _mixing(scenario: Scenario, of: Of) -> Mixing:
    ids, matrix = usable(scenario, of)
    factor = np.linalg.cholesky(matrix) if ids else matrix
    return Mixing(tuple(ids), tuple(tuple(float(value) for value in row) for row in factor))
