"""Where every figure comes from, which targets depend on it, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from cqsim.errors import Fault, Path, Problem, dotted
from cqsim.evidence import Evidence, Sourced
from cqsim.messages import Language
from cqsim.scenario.cases import cause
from cqsim.scenario.checks import blocks
from cqsim.scenario.data.saving import plain_data
from cqsim.scenario.dependencies import all_used
from cqsim.scenario.nouns.history import History, Point
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario

_ABOUT = ("evidence", "source", "note", "label", "model", "targets")


@dataclass(frozen=True)
class Figure:
    """One block of figures.

    Parameters
    ----------
    path : str
    figures : str
        As written.
    evidence, source, title, note : str or None
        Grade, key and title of the source, the analyst's words.
    used_by : tuple of str
        Labels of the targets that rest on it.
    """

    path: str
    figures: str
    evidence: str | None
    source: str | None
    title: str | None
    note: str | None
    used_by: tuple[str, ...]


def figures(scenario: Scenario, language: Language | None = None) -> list[Figure]:
    """Every block of figures, in the order of the file.

    Examples
    --------
    >>> import cqsim
    >>> figures(cqsim.load("scenarios/nanchuan.yaml"))[0].evidence
    'reported'
    """
    data = plain_data(scenario)
    return [_figure(scenario, path, block, data, language or scenario.language) for path, block in blocks(scenario)]


def _figure(scenario: Scenario, path: Path, block: Sourced, data: Any, language: Language) -> Figure:
    for step in path:
        data = data[step]
    source = scenario.sources.get(block.source) if block.source else None
    return Figure(
        path=dotted(path),
        figures=_written({key: value for key, value in data.items() if key not in _ABOUT}),
        evidence=block.evidence.value if block.evidence else None,
        source=block.source,
        title=source.title if source else None,
        note=block.note,
        used_by=tuple(_users(scenario, path, block, language)),
    )


def _written(value: Any) -> str:
    """Figures in one line, as in the file."""
    if isinstance(value, dict):
        inside = (
            f"{key}: {{{_written(part)}}}" if isinstance(part, dict) else f"{key}: {_written(part)}"
            for key, part in value.items()
        )
        return ", ".join(inside)
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, list) else str(value)


def _users(scenario: Scenario, path: Path, block: Sourced, language: Language) -> Iterator[str]:
    if path[0] == "indicators":
        touched = set() if path[2] == "observations" else {str(path[1])}
    elif path[0] == "correlation":
        touched = set(getattr(block, "between", ()))
    else:
        touched = set(getattr(block, "effects", {}))
    for id, indicator in scenario.indicators.items():
        rests = touched & set(all_used(scenario, id)) if not isinstance(block, Target) else touched & {id}
        if indicator.targets and rests:
            yield text_in(indicator.label or id, language)


def unsourced(scenario: Scenario) -> list[Problem]:
    """Figures without a source or a reason, in the scenario and in its cases: what `check --strict` refuses."""
    problems = [Problem(path, fault) for path, block in blocks(scenario) if (fault := _lack(block)) is not None]
    for name in scenario.cases:
        new = [problem for problem in unsourced(scenario.case(name)) if problem not in problems]
        problems += [replace(problem, path=cause(scenario, name, problem.path)) for problem in new]
    return problems


def _lack(block: Sourced) -> Fault | None:
    if isinstance(block, Point):
        return None  # its block is asked about it
    if isinstance(block, History) and block.points:
        return next(filter(None, map(_lacks, block.covered())), None)
    return _lacks(block)


def _lacks(block: Sourced) -> Fault | None:
    if block.evidence in (Evidence.OFFICIAL, Evidence.REPORTED) and block.source is None:
        return Fault("needs_source", evidence=block.evidence.value)
    if block.evidence is Evidence.ASSUMED and block.note is None:
        return Fault("needs_reason")
    derived = block.evidence is Evidence.DERIVED and getattr(block, "formula", None) is None
    if (derived or block.evidence is None) and block.source is None and block.note is None:
        return Fault("needs_either")
    return None
