"""Writes a scenario as text, and replaces values at some paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel

from cqsim.errors import Fault, Path, Problem, ScenarioError, unknown
from cqsim.messages import Language
from cqsim.quantities import Quantity
from cqsim.scenario.data.validation import validate
from cqsim.scenario.data.yaml_text import WrittenFloat
from cqsim.scenario.nouns.history import RECORDS

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario

# Blocks that a path may begin.
_BLOCKS = ("run", "sources", "events", "levers")
_PATH = re.compile(r"[^.\[\]]+(?:\.[^.\[\]]+|\[[0-9]{1,9}\])*")
_STEP = re.compile(r"(?P<key>[^.\[\]]+)|\[(?P<number>[0-9]+)\]")

_NUMBER = re.compile(r"[0-9]{1,9}")


class _Dumper(yaml.SafeDumper):
    """Writes text that the loader reads back: anything that YAML 1.2 could take for a number is quoted."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write repeated values in full."""
        return True


# The loader would take 1e4 and 0o17 for numbers, the dumper would not: texts that look so are quoted.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|0o[0-7]+"), list("-+.0123456789")
)
_Dumper.add_representer(
    WrittenFloat, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", number.written)
)


def plain_data(scenario: Scenario) -> dict[str, Any]:
    """The scenario as mappings, lists, texts and numbers: what the file says."""
    return {"format": scenario.format, "id": scenario.id, **_plain(scenario)}


def without_filled_in(data: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Data without the blocks that were filled in from a history and are unchanged; `data` itself is changed.

    So a history that changes takes them along.
    """
    indicators = data["indicators"] if isinstance(data["indicators"], dict) else {}  # or what was put in their place
    for id, indicator in scenario.indicators.items():
        block = indicators.get(id)
        for key in indicator.filled_in:
            if isinstance(block, dict) and block.get(key) == _plain(getattr(indicator, key)):
                block.pop(key, None)
    return data


def to_yaml(scenario: Scenario) -> str:
    """The scenario as YAML text."""
    data = without_filled_in(plain_data(scenario), scenario)
    for indicator in data["indicators"].values():
        for key in RECORDS:
            if "file" in (indicator.get(key) or {}):
                indicator[key].pop("points", None)  # they stand in the file
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text


def replaced(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    """See `Scenario.replace`."""
    data = overridden(plain_data(scenario), changes, scenario.language)
    return validate(type(scenario), without_filled_in(data, scenario))


def overridden(data: dict[str, Any], changes: Mapping[str, Any], language: Language = "en") -> dict[str, Any]:
    """Data with other values at some paths; `data` itself is changed.

    Raises
    ------
    ScenarioError
        When paths do not exist; each problem's path is the written one.
    """
    problems = []
    for text, value in changes.items():
        try:
            _put(data, steps(text), value)
        except Fault as fault:
            problems.append(Problem((text,), fault))
    if problems:
        raise ScenarioError(problems, language=language)
    return data


def steps(text: str) -> Path:
    """The steps of a written path: `a.b[0].c`, or `a.b.0.c`."""
    if not _PATH.fullmatch(text):
        raise Fault("bad_path", path=text)
    return tuple(int(step["number"]) if step["number"] else step["key"] for step in _STEP.finditer(text))


def _put(data: Any, steps: Path, value: Any) -> None:
    """Set the value at a path; every step but the last must exist, and the last is checked with its block."""
    for number, step in enumerate(steps[:-1]):
        if number == 0 and step in _BLOCKS:
            data.setdefault(step, {})
        data = data[_existing(data, step)]
    last = steps[-1]
    if isinstance(data, list):
        last = _existing(data, last)
    elif not isinstance(data, dict):
        raise Fault("path_ends", key=str(last))
    if last == "file":
        data.pop("points", None)  # those of the file that was read
    data[last] = _plain(value)


def _existing(data: Any, step: str | int) -> str | int:
    if isinstance(data, list):
        number = int(step) if _NUMBER.fullmatch(str(step)) else len(data)
        if number >= len(data):
            raise Fault("no_item", key=str(step), count=len(data))
        return number
    if not isinstance(data, dict):
        raise Fault("path_ends", key=str(step))
    if step not in data:
        raise unknown("unknown_step", str(step), map(str, data))
    return step


def _plain(value: Any) -> Any:
    """Nouns, quantities and frozen collections as plain data, as in a file."""
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_unset=True)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Quantity):
        return value.written
    return str(value) if isinstance(value, StrEnum) else value
