"""Cases: named sets of overrides, such as an optimistic and a cautious one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cqsim.errors import Fault, Path, Problem, ScenarioError, unknown
from cqsim.scenario.data.saving import overridden, plain_data, steps, without_filled_in
from cqsim.scenario.data.validation import validate
from cqsim.scenario.nouns.case import Case

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario


RESERVED = ("base", "all")
"""Names reserved for the base case and for all cases."""


def overrides(cases: Mapping[str, Case], name: str) -> dict[str, Any]:
    """The overrides of a case and of those that it extends, the most distant first, as path to value.

    Raises
    ------
    Fault
        When a case extends one that does not exist, or itself.
    """
    chain = [name]
    while (above := cases[chain[-1]].extends) is not None:
        if above not in cases:
            raise unknown("unknown_case", above, cases)
        if above in chain:
            raise Fault("circular_extends", cycle=" -> ".join([*chain, above]))
        chain.append(above)
    chosen: dict[str, Any] = {}
    for link in reversed(chain):
        for path, value in cases[link].set.items():
            chosen.pop(path, None)  # a path that is set again takes effect in its new place
            chosen[path] = value
    return chosen


def applied(scenario: Scenario, name: str) -> Scenario:
    """See `Scenario.case`."""
    if name not in scenario.cases:
        fault = unknown("unknown_case", name, scenario.cases) if scenario.cases else Fault("no_cases", key=name)
        raise ScenarioError([Problem(("cases",), fault)], language=scenario.language)
    data = plain_data(scenario)
    data.pop("cases", None)
    changed = overridden(data, overrides(scenario.cases, name), scenario.language)
    return validate(type(scenario), without_filled_in(changed, scenario))


def check_cases(scenario: Scenario) -> list[Problem]:
    """Problems of all cases, each at the value that causes it."""
    problems = [
        Problem(("cases", name), Fault("reserved_case", case=name), at_key=True)
        for name in RESERVED
        if name in scenario.cases
    ]
    problems += [
        Problem(("cases", name, "set", "place"), Fault("case_place"), at_key=True)
        for name, case in scenario.cases.items()
        if "place" in case.set
    ]
    for name in scenario.cases:
        try:
            applied(scenario, name)
        except Fault as fault:
            problems.append(Problem(("cases", name, "extends"), fault))
        except ScenarioError as error:
            problems += [Problem(cause(scenario, name, problem.path), problem.fault) for problem in error.problems]
    return list(dict.fromkeys(problems))


def cause(scenario: Scenario, name: str, path: Path) -> Path:
    """The override that causes a problem: of the case, or of one that it extends."""
    own: str | None = name
    while own is not None:
        for written in scenario.cases[own].set:
            reached = (written,) if path == (written,) else steps(written)
            if path[: len(reached)] == reached:
                return ("cases", own, "set", written)
        own = scenario.cases[own].extends
    return ("cases", name)
