"""From plain data to a noun, or to problems in the file's own terms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cqsim.errors import Fault, Path, Problem, ScenarioError, unknown
from cqsim.messages import LANGUAGES, Language
from cqsim.quantities import shown
from cqsim.scenario.data.salvage import problems_beyond

N = TypeVar("N", bound=BaseModel)


def validate(noun: type[N], data: Any, problems: Iterable[Problem] = ()) -> N:
    """A scenario from plain data.

    Parameters
    ----------
    noun : type
        `Scenario`.
    data : object
        What the YAML text says.
    problems : iterable of Problem
        Those found while reading it.

    Raises
    ------
    ScenarioError
        With every problem: of single blocks, and of how the sound ones fit together.
    """
    listed = list(problems)
    unread = {problem.path[:3] for problem in listed if problem.path[3:] == ("file",)}
    try:
        scenario = noun.model_validate(data)
    except ValidationError as error:
        listed += [problem for problem in translated(error, data) if not _rests_on(unread, problem)]
        listed += problems_beyond(noun, data, listed, translated)
    except ScenarioError as error:
        listed += [problem for problem in error.problems if not _rests_on(unread, problem)]
    if listed:
        raise ScenarioError(listed, language=language_of(data))
    return scenario


def _rests_on(unread: set[Path], problem: Problem) -> bool:
    """Whether a problem comes of a history that could not be read, which is told already."""
    is_without_baseline = problem.fault.key == "no_baseline"
    return problem.path[:3] in unread or (is_without_baseline and problem.path in {path[:2] for path in unread})


def language_of(data: Any) -> Language:
    """The language that the data asks for; English when it does not say."""
    language = data.get("language") if isinstance(data, dict) else None
    return language if language in LANGUAGES else "en"


def translated(error: ValidationError, data: Any) -> list[Problem]:
    """Pydantic's errors as problems in the file's own paths and terms."""
    problems = list(
        dict.fromkeys(_problem(details, data) for details in error.errors(include_url=False) if not _is_echo(details))
    )
    # `{p10:2%}` and `增长:` are one slip each: the key that is not there is not missing as well.
    slips = {
        (problem.path[:-1], problem.fault.values.get(name))
        for problem in problems
        if problem.at_key
        for name in ("head", "near")
    }
    return [problem for problem in problems if not any((problem.path, key) in slips for key in _lacking(problem.fault))]


def _lacking(fault: Fault) -> list[Any]:
    """The keys of which a fault says that one should be there."""
    if fault.key == "missing_key":
        return [fault.values.get("key")]
    names = fault.values.get("names")
    return names if fault.key == "one_of" and isinstance(names, list) else []


def _is_echo(details: Any) -> bool:
    """Whether pydantic reports a list as too short only because its items are bad."""
    return bool(details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"])


def _problem(details: Any, data: Any) -> Problem:
    missing = details["type"] == "missing"
    path = _path(details["loc"], data, missing)
    fault = details.get("ctx", {}).get("error")
    if not isinstance(fault, Fault):
        fault = _reworded(details, path)
    inside = fault.values.get("at")
    if isinstance(inside, str):
        path = (*path, inside)
    return Problem(path[:-1] if missing else path, fault, at_key=fault.key in ("unknown_key", "stray_comma"))


def _path(location: tuple[str | int, ...], data: Any, missing: bool) -> Path:
    """Pydantic's location without the names of union members, which are not in the file."""
    path: list[str | int] = []
    for number, part in enumerate(location):
        if _has(data, part):
            data = data[part]
            path.append(part)
        elif missing and number == len(location) - 1:
            path.append(part)
    return tuple(path)


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _reworded(details: Any, path: Path) -> Fault:
    kind, context, value = details["type"], details.get("ctx", {}), details["input"]
    written = shown(value)
    if kind == "too_long" or (kind == "missing" and isinstance(path[-1], int)):
        return Fault("exactly_two")
    if kind == "missing":
        return Fault("missing_key", key=path[-1])
    if kind == "too_short":
        return Fault("too_few", least=context["min_length"])
    if kind == "string_too_long":
        return Fault("text_long", most=context["max_length"])
    if kind == "string_too_short":
        return Fault("text_empty")
    if kind in ("literal_error", "enum"):
        return unknown("not_one_of", written, re.findall(r"'([^']*)'", context["expected"]), value=written)
    keys = {"string_type": "not_text", "int_type": "not_whole", "float_type": "not_number", "tuple_type": "not_list"}
    keys |= {"dict_type": "not_mapping", "model_type": "not_mapping", "model_attributes_type": "not_mapping"}
    if kind in keys:
        return Fault(keys[kind], value=written)
    limits = {name: sign for name, sign in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<")) if name in context}
    if limits:
        return Fault(
            "out_of_range", value=written, limits=[f"{sign} {context[name]:g}" for name, sign in limits.items()]
        )
    return Fault("invalid", value=written, reason=details["msg"])
