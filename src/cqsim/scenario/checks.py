"""Whether the parts of a scenario fit together; all problems are found in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from cqsim.errors import Fault, Path, Problem, unknown
from cqsim.evidence import Sourced
from cqsim.growth.parameters import Parameter
from cqsim.quantities import PERCENT, POINTS, Quantity
from cqsim.scenario.change_checks import check_changes
from cqsim.scenario.correlations import check_correlations
from cqsim.scenario.dependencies import in_order, read, start_year, used_at_start, used_last_year, used_yearly
from cqsim.scenario.formula.dimensions import bind
from cqsim.scenario.formula.expressions import FUNCTIONS, previous_names
from cqsim.scenario.laws import parameter_law, start_law
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.past import check_past
from cqsim.units import amount

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario


_MOST_FIGURES = 120_000  # yearly figures of all indicators that one run keeps in memory
_MOST_TARGETS = 20_000


def check(scenario: Scenario) -> list[Problem]:
    """All problems of a scenario whose blocks are well formed."""
    too_large = list(_size(scenario))
    if too_large:
        return too_large
    problems = [*_names(scenario), *_sources(scenario), *_numbers(scenario)]
    unsound = list(_formulas(scenario)) or list(_cycles(scenario))
    if not unsound:
        problems += [*_formula_units(scenario), *_starts(scenario)]
    problems += [*unsound, *_targets(scenario, dated=not unsound), *check_past(scenario)]
    return [*problems, *check_changes(scenario), *check_correlations(scenario)]


def _attempt(path: Path, action: Callable[..., object], *arguments: object) -> Iterator[Problem]:
    """The fault that an action raises, as a problem at this path."""
    try:
        action(*arguments)
    except Fault as fault:
        yield Problem(path, fault)


def _size(scenario: Scenario) -> Iterator[Problem]:
    count, years = len(scenario.indicators), scenario.years.end - scenario.years.baseline + 1
    if count * years > _MOST_FIGURES:
        values = {"count": count, "years": years, "figures": f"{count * years:,}", "most": f"{_MOST_FIGURES:,}"}
        yield Problem(("indicators",), Fault("scenario_large", **values), at_key=True)
    targets = sum(len(indicator.targets) for indicator in scenario.indicators.values())
    if targets > _MOST_TARGETS:
        values = {"count": f"{targets:,}", "most": f"{_MOST_TARGETS:,}"}
        yield Problem(("indicators",), Fault("many_targets", **values), at_key=True)


def _names(scenario: Scenario) -> Iterator[Problem]:
    for id in scenario.indicators:
        if not id.isidentifier() or id in FUNCTIONS:
            yield Problem(("indicators", id), Fault("bad_id", id=id, taken=FUNCTIONS), at_key=True)
    if not any(indicator.targets for indicator in scenario.indicators.values()):
        yield Problem(("indicators",), Fault("no_targets"), at_key=True)


def blocks(scenario: Scenario) -> Iterator[tuple[Path, Sourced]]:
    """Every block that may name a source, with its path."""
    for id, indicator in scenario.indicators.items():
        for path, block in _parts(indicator):
            yield ("indicators", id, *path), block
    for kind, changes in (("events", scenario.events), ("levers", scenario.levers)):
        for id, change in changes.items():
            yield (kind, id), change
    for number, link in enumerate(scenario.correlation):
        yield ("correlation", number), link


def _parts(indicator: Indicator) -> Iterator[tuple[Path, Sourced]]:
    if indicator.baseline:
        yield ("baseline",), indicator.baseline
    if indicator.growth:
        yield ("growth",), indicator.growth
    for number, target in enumerate(indicator.targets):
        yield ("targets", number), target
    for key, record in indicator.records.items():
        yield (key,), record
        for number, point in enumerate(record.points or ()):
            if point.source or point.evidence:
                yield (key, "points", number), point


def _sources(scenario: Scenario) -> Iterator[Problem]:
    """References to sources that do not exist, those of goals without a probability included."""
    goals: Iterator[tuple[Path, Sourced]] = (
        (("not_targets", at), goal) for at, goal in enumerate(scenario.not_targets)
    )
    for path, block in chain(blocks(scenario), goals):
        if block.source is not None and block.source not in scenario.sources:
            sentence = "unknown_source" if scenario.sources else "no_sources"
            yield Problem((*path, "source"), unknown(sentence, block.source, scenario.sources))


def _numbers(scenario: Scenario) -> Iterator[Problem]:
    """Figures that give no law in their indicator's unit, or no level from which the growth model can start."""
    for id, indicator in scenario.indicators.items():
        here: Path = ("indicators", id)
        misfit = list(_attempt((*here, "unit"), _own_unit, indicator))
        yield from misfit
        if indicator.growth and not misfit:
            for name, parameter in indicator.growth.parameters().items():
                yield from _attempt((*here, "growth", name), parameter_law, name, parameter, indicator.unit)
        if indicator.baseline and indicator.baseline.value is not None:
            path = (*here, "baseline")
            problems = list(_attempt(path, start_law, indicator))
            problems = problems or list(_attempt(path, _startable, indicator))
            problems = problems or list(_attempt(path, _has_shares, indicator))
            yield from (
                replace(problem, path=(*path, str(problem.fault.values.get("at", "value")))) for problem in problems
            )
        if indicator.observations:
            yield from _attempt((*here, "observations"), indicator.observations.levels, indicator.unit)


def _own_unit(indicator: Indicator) -> None:
    wanted = PERCENT if indicator.growth and indicator.growth.levels == "share" else None
    if indicator.growth and wanted is not None and indicator.unit != wanted:
        raise Fault("own_unit", model=indicator.growth.model, wanted=wanted, unit=indicator.unit)


def _startable(indicator: Indicator) -> None:
    """Refuse a baseline from which the growth model cannot start."""
    if indicator.baseline is None or indicator.growth is None:
        return
    law = start_law(indicator)
    if law is None:
        return
    is_whole = 0 <= law.lowest == law.highest and float(law.median).is_integer()
    if indicator.growth.levels == "whole" and not is_whole:
        raise Fault("whole_baseline", model=indicator.growth.model)
    if indicator.growth.is_share(indicator.unit) and not law.median < 100:
        raise Fault("share_baseline", value=f"{law.median:g}")
    if indicator.growth.is_positive and law.median <= 0:
        raise Fault("not_positive", "linear_instead", model=indicator.growth.model, value=f"{law.median:g}")
    if indicator.growth.is_positive and law.lowest < 0:
        raise Fault("reaches_zero", "cut_off", model=indicator.growth.model, lowest=f"{law.lowest:g}")
    parameters = indicator.growth.parameters()
    if "capacity" in parameters:
        try:
            capacity = parameter_law("capacity", parameters["capacity"], indicator.unit)
        except Fault:
            return  # reported where it stands
        level = capacity.law.median * (law.median if capacity.relative else 1)
        if level <= law.median:
            raise Fault("capacity_low", capacity=f"{level:g}", baseline=f"{law.median:g}")


def _has_shares(indicator: Indicator) -> None:
    """Refuse growth that is written as a percentage of a baseline that has none."""
    law = start_law(indicator)
    if indicator.growth is None or law is None or law.median > 0:
        return
    relative = [name for name, parameter in indicator.growth.parameters().items() if _of_baseline(parameter, indicator)]
    if relative:
        raise Fault("share_of_nothing", names=relative, value=f"{law.median:g}", unit=indicator.unit)


def _of_baseline(parameter: Parameter, indicator: Indicator) -> bool:
    """Whether a parameter is written as a share of the baseline."""
    try:
        return parameter_law("", parameter, indicator.unit).relative
    except Fault:
        return False  # reported where it stands


def _written_formulas(scenario: Scenario) -> Iterator[tuple[Path, str, str]]:
    """Path, text and unit of every formula."""
    for id, indicator in scenario.indicators.items():
        if indicator.formula is not None:
            yield ("indicators", id, "formula"), indicator.formula, indicator.unit
        if indicator.baseline and indicator.baseline.formula is not None:
            yield ("indicators", id, "baseline", "formula"), indicator.baseline.formula, indicator.unit


def _formulas(scenario: Scenario) -> Iterator[Problem]:
    for path, formula, _ in _written_formulas(scenario):
        yield from _attempt(path, read, scenario, formula)


def _cycles(scenario: Scenario) -> Iterator[Problem]:
    for uses, block in ((used_yearly, ()), (used_at_start, ("baseline",))):
        graph = {id: uses(scenario, id) for id in scenario.indicators}
        try:
            in_order(graph)
        except Fault as fault:
            first = str(fault.values["first"])
            has_baseline = block and scenario.indicators[first].baseline
            yield Problem(("indicators", first, *(block if has_baseline else ()), "formula"), fault)
            return


def _formula_units(scenario: Scenario) -> Iterator[Problem]:
    units = {id: indicator.unit for id, indicator in scenario.indicators.items()}
    for path, formula, own in _written_formulas(scenario):
        yield from _attempt(path, bind, read(scenario, formula), units, own)


def _starts(scenario: Scenario) -> Iterator[Problem]:
    """Baselines that start too late, or depend on baselines of another year; `prev` without a first value."""
    for id, indicator in scenario.indicators.items():
        here: Path = ("indicators", id)
        start = start_year(scenario, id)
        if start >= scenario.years.end:
            yield Problem((*here, "baseline", "year"), Fault("baseline_late", year=start, end=scenario.years.end))
        if indicator.formula is not None:
            block = "baseline" if indicator.baseline else "formula"
            yield from _attempt((*here, block), _first_value, scenario, id)
        if indicator.baseline and indicator.baseline.formula:
            path = (*here, "baseline", "formula")
            if previous_names(read(scenario, indicator.baseline.formula)):
                yield Problem(path, Fault("prev_in_baseline"))
            for used in used_at_start(scenario, id):
                yield from _attempt(path, _same_start, scenario, used, start)


def _first_value(scenario: Scenario, id: str) -> None:
    """A formula with `prev` needs a baseline for its first year; one without it computes its own."""
    has_baseline = scenario.indicators[id].baseline is not None
    if bool(used_last_year(scenario, id)) != has_baseline:
        raise Fault("formula_baseline" if has_baseline else "prev_needs_baseline")


def _same_start(scenario: Scenario, used: str, year: int) -> None:
    own = start_year(scenario, used)
    if own != year:
        raise Fault("baseline_year_differs", id=used, own=own, year=year)
    if scenario.indicators[used].baseline is None:
        for deeper in used_yearly(scenario, used):
            _same_start(scenario, deeper, year)


def _targets(scenario: Scenario, dated: bool) -> Iterator[Problem]:
    """Years and levels of targets; `dated` says whether the starting years of formulas are known."""
    for id, indicator in scenario.indicators.items():
        for number, target in enumerate(indicator.targets):
            here: Path = ("indicators", id, "targets", number)
            if dated or indicator.baseline:
                yield from _target_year(scenario, id, target, here)
            path = (*here, target.sense)
            yield from _attempt(path, _levels, target, indicator)


def _target_year(scenario: Scenario, id: str, target: Target, here: Path) -> Iterator[Problem]:
    start, end = start_year(scenario, id), scenario.years.end
    if target.due <= start:
        yield Problem((*here, target.when), Fault("target_early", year=target.due, baseline=start))
    elif target.due > end:
        yield Problem((*here, target.when), Fault("target_late", "extend_years", year=target.due, end=end))


def _points_as_level(target: Target, indicator: Indicator) -> Fault:
    """A change in percentage points where a level is asked for, and the level that it may mean."""
    points = next(level for level in target.levels if isinstance(level, Quantity) and level.unit == POINTS)
    values = {"value": str(points), "sense": target.sense, "points": f"{points.number:g}"}
    try:
        law = start_law(indicator)
    except Fault:
        law = None
    if law is None or target.sense == "between" or indicator.unit != PERCENT:
        return Fault("points_as_level", **values)
    level, start = f"{law.median + points.number:g}%", f"{law.median:g}%"
    return Fault("points_as_level", "write_level", level=level, start=start, **values)


def _levels(target: Target, indicator: Indicator) -> None:
    """Refuse levels in a unit of another kind, or in the wrong order."""
    figures = [
        amount(level, indicator.unit) if isinstance(level, Quantity) else level.times_baseline
        for level in target.levels
    ]
    kinds = {isinstance(level, Quantity) for level in target.levels}
    is_share = indicator.growth is not None and indicator.growth.is_share(indicator.unit)
    if is_share and kinds == {True} and not all(0 < figure < 100 for figure in figures):
        raise Fault("share_target", values=[f"{figure:g}%" for figure in figures])
    if len(kinds) > 1:
        raise Fault("mixed_between")
    if any(isinstance(level, Quantity) and level.unit == POINTS for level in target.levels):
        raise _points_as_level(target, indicator)
    if len(figures) > 1 and not figures[0] < figures[1]:
        raise Fault("not_increasing", values=[f"{figure:g}" for figure in figures])
