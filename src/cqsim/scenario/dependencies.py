"""What depends on what: the order of computation, starting years, and the evidence behind an indicator."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from cqsim.errors import Fault
from cqsim.evidence import Evidence, derived_from, worst
from cqsim.quantities import PERCENT
from cqsim.rates import GrowthIn
from cqsim.scenario.formula.expressions import Expression, names, previous_names
from cqsim.scenario.formula.parsing import parse

if TYPE_CHECKING:
    from cqsim.scenario.nouns.change import Event, Lever
    from cqsim.scenario.scenario import Scenario


P = ParamSpec("P")
T = TypeVar("T")


class Remembered(dict[tuple[object, ...], Any]):
    """What follows from a frozen scenario, each worked out once; copies and pickles leave it behind."""

    def __reduce__(self) -> tuple[type[Remembered], tuple[()]]:
        return Remembered, ()


def once(function: Callable[Concatenate[Scenario, P], T]) -> Callable[Concatenate[Scenario, P], T]:
    """Work something out once for each scenario: in a chain of formulas every link asks for those before it."""

    @wraps(function)
    def remembering(scenario: Scenario, /, *args: P.args, **named: P.kwargs) -> T:
        key = (function.__name__, *args)
        if key not in scenario._remembered:
            scenario._remembered[key] = function(scenario, *args, **named)
        answer: T = scenario._remembered[key]
        return answer

    return remembering


@once
def _known_names(scenario: Scenario) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of indicators, and the words in their units."""
    units = {indicator.unit for indicator in scenario.indicators.values()}
    words = frozenset(word for unit in units for word in re.findall(r"[^\W\d]\w*", unit))
    return frozenset(scenario.indicators), words


@once
def read(scenario: Scenario, formula: str) -> Expression:
    """A formula of this scenario; see `formulas.parse`."""
    return parse(formula, *_known_names(scenario))


@once
def used_yearly(scenario: Scenario, indicator: str) -> list[str]:
    """Indicators from whose values in the same year this one is computed."""
    formula = scenario.indicators[indicator].formula
    return names(read(scenario, formula)) if formula else []


@once
def used_last_year(scenario: Scenario, indicator: str) -> list[str]:
    """Indicators from whose values in the year before this one is computed."""
    formula = scenario.indicators[indicator].formula
    return previous_names(read(scenario, formula)) if formula else []


@once
def used_at_start(scenario: Scenario, indicator: str) -> list[str]:
    """Indicators from whose baselines this one's baseline is computed."""
    baseline = scenario.indicators[indicator].baseline
    if baseline is None:
        return used_yearly(scenario, indicator)
    return names(read(scenario, baseline.formula)) if baseline.formula else []


def in_order(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """Names ordered so that each comes after those it uses; independent of the order in the file.

    Raises
    ------
    Fault
        Naming the members of a cycle.

    Examples
    --------
    >>> in_order({"revenue": ["visitors", "spend"], "spend": ["visitors"], "visitors": []})
    ['visitors', 'spend', 'revenue']
    """
    sorter = TopologicalSorter({name: sorted(graph[name]) for name in sorted(graph)})
    try:
        return list(sorter.static_order())
    except CycleError as error:
        cycle = error.args[1]
        raise Fault("cycle", cycle=" -> ".join(reversed(cycle)), first=min(cycle)) from None


def start_year(scenario: Scenario, indicator: str) -> int:
    """The baseline year of an indicator; a formula without a baseline starts when all that it uses has started."""
    return _start_years(scenario)[indicator]


@once
def _start_years(scenario: Scenario) -> dict[str, int]:
    first = scenario.years.baseline
    years = {
        id: (noun.baseline.year or first) if noun.baseline else first
        for id, noun in scenario.indicators.items()
        if noun.baseline or noun.growth
    }
    try:
        waiting = {id: used_yearly(scenario, id) for id in scenario.indicators if id not in years}
        for id in in_order(waiting):
            if id in waiting:
                years[id] = max((years[name] for name in waiting[id]), default=first)
    except Fault:  # a formula that cannot be read, or a cycle: each is reported where it stands
        pass
    return {**dict.fromkeys(scenario.indicators, first), **years}


Rule = Callable[["Scenario", str], list[str]]


@once
def all_used(scenario: Scenario, indicator: str) -> list[str]:
    """The indicator and everything that it depends on, in the order of discovery."""
    return _closure(scenario, [indicator], (used_yearly, used_last_year, used_at_start, _waited_for))


def _closure(scenario: Scenario, start: Iterable[str], rules: Iterable[Rule]) -> list[str]:
    """Some indicators and all that the rules reach from them, in the order of discovery."""
    reached: dict[str, None] = {}
    waiting = deque(start)
    while waiting:
        name = waiting.popleft()
        if name not in reached:
            reached[name] = None
            waiting += [used for rule in rules for used in rule(scenario, name)]
    return list(reached)


@once
def growth_in(scenario: Scenario, indicator: str) -> GrowthIn | None:
    """How growth of an indicator is stated; None for a growth rate, which has no growth of its own.

    A growth rate is a figure in per cent that is computed from the year before.
    """
    if scenario.indicators[indicator].unit != PERCENT:
        return "rate"
    computed = _closure(scenario, [indicator], (used_yearly,))
    rates = (name for name in computed if scenario.indicators[name].unit == PERCENT and used_last_year(scenario, name))
    return None if any(rates) else "points"


@once
def changes_of(scenario: Scenario, indicator: str) -> list[Event | Lever]:
    """Events and levers that may change an indicator; those that never happen are left out."""
    changes: list[Event | Lever] = [*scenario.events.values(), *scenario.levers.values()]
    return [change for change in changes if indicator in change.effects and not change.is_off]


def _waited_for(scenario: Scenario, indicator: str) -> list[str]:
    """Milestones that levers on this indicator wait for."""
    waited = [getattr(change, "when", None) for change in changes_of(scenario, indicator)]
    return [milestone for milestone in waited if milestone is not None]


@once
def evidence(scenario: Scenario, indicator: str) -> Evidence:
    """The worst grade among all figures that an indicator depends on.

    Of the indicators in a baseline formula only the baselines matter.
    """
    used = _closure(scenario, [indicator], (used_yearly, used_last_year, _waited_for))
    grades = [grade for name in used for grade in _own_grades(scenario, name)]
    grades += [change.evidence for name in used for change in changes_of(scenario, name)]
    grades += [link.evidence for link in scenario.correlation if set(link.between) <= set(used)]
    return worst(grades) if grades else Evidence.DERIVED


@once
def _own_grades(scenario: Scenario, indicator: str) -> list[Evidence]:
    noun = scenario.indicators[indicator]
    grades = [noun.growth.evidence] if noun.growth else []
    if noun.growth and noun.growth.history_growths and noun.history:
        grades += noun.history.grades()
    if noun.baseline is not None:
        inputs = used_at_start(scenario, indicator)
        below = [
            grade for name in inputs for used in all_used(scenario, name) for grade in _start_grades(scenario, used)
        ]
        grades.append(derived_from(noun.baseline.evidence, below))
    return grades


def _start_grades(scenario: Scenario, indicator: str) -> list[Evidence]:
    baseline = scenario.indicators[indicator].baseline
    return [baseline.evidence] if baseline else []
