"""Checks the sound part of a scenario that has bad blocks, so that one run names every problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from cqsim.errors import Path, Problem, ScenarioError

# What stands in for a bad block while the rest is checked.
_GROWTH = {"model": "compound", "rate": "0%", "volatility": "1%", "evidence": "assumed"}
_BASELINE = {"value": 1, "evidence": "assumed"}
_STAND_INS: dict[str, Any] = {"growth": _GROWTH, "baseline": _BASELINE}
_UNIT_FAULTS = frozenset({"formula_unit", "unit_clash", "unit_clash_in_formula", "not_dimensionless", "power_of_unit"})
# A block that lost a key may be no block any more; after so many rounds the rest stays unchecked.
_MOST_MENDS = 4
Translate = Callable[[ValidationError, Any], list[Problem]]
# How deep the smallest replaceable entry lies below each top-level key.
_DEPTHS = {"indicators": 3, "correlation": 2, "sources": 2}


def problems_beyond(noun: type[BaseModel], data: Any, known: Iterable[Problem], translate: Translate) -> list[Problem]:
    """Problems in how the sound blocks fit together.

    Parameters
    ----------
    noun : type
        `Scenario`.
    data : object
        What the YAML text says.
    known : iterable of Problem
        Those of single blocks.
    translate : callable
        Turns pydantic's findings into problems.
    """
    sound = deepcopy(data)
    kept: dict[Path, list[int]] = {}
    entries: list[Path] = []
    problems = list(known)
    for _ in range(_MOST_MENDS):
        now = sorted({_entry(problem) for problem in problems if problem.path}, key=_sortable, reverse=True)
        for entry in now:
            _mend(sound, entry, kept)
        entries += now
        try:
            noun.model_validate(sound)
        except ScenarioError as error:
            placed = [replace(problem, path=_restored(problem.path, kept)) for problem in error.problems]
            return [problem for problem in placed if not _is_doubtful(problem, entries)]
        except ValidationError as error:
            problems = translate(error, sound)  # what was left of a block is no block: mend that too
        else:
            break
    return []


def _entry(problem: Problem) -> Path:
    """The smallest part that can be repaired: an unknown key or a single target, else a block."""
    path = problem.path
    if problem.at_key:
        return path
    depth = 4 if path[0] == "indicators" and path[2:3] == ("targets",) else _DEPTHS.get(str(path[0]), 1)
    return path[:depth]


def _sortable(path: Path) -> list[tuple[str, int]]:
    return [(part, 0) if isinstance(part, str) else ("", part) for part in path]


def _mend(sound: Any, entry: Path, kept: dict[Path, list[int]]) -> None:
    """Replace a bad entry by a stand-in, or remove it; for lists, record which written items remain.

    An entry is numbered as `sound` is now: entries that come before it in a list may have been removed already.
    """
    *above, last = entry
    data = _at(sound, above)
    if isinstance(data, list) and isinstance(last, int) and last < len(data):
        numbers = kept.setdefault(tuple(above), list(range(len(data))))
        data.pop(last)
        numbers.pop(last)
    elif isinstance(data, dict):
        stand_in = _stand_in(entry, data)
        data.pop(last, None)
        if stand_in is not None:
            data[last] = stand_in
        if entry[::2] == ("indicators", "history") and "formula" not in data:  # what it would have filled in
            data.update({key: block for key, block in _STAND_INS.items() if data.get(key) is None})


def _at(data: Any, path: Iterable[str | int]) -> Any:
    """What stands at a path; None when nothing does."""
    for part in path:
        is_there = part in data if isinstance(data, dict) else isinstance(data, list) and part in range(len(data))
        if not is_there:
            return None
        data = data[part]
    return data


def _stand_in(entry: Path, data: dict[str, Any]) -> Any:
    match entry:
        case ("indicators", _):
            return {"baseline": _BASELINE, "growth": _GROWTH}
        case ("indicators", _, "growth" | "baseline" as block):
            year = data[block].get("year") if isinstance(data.get(block), dict) else None
            return _STAND_INS[block] | ({"year": year} if isinstance(year, int) and block == "baseline" else {})
        case ("sources", _):
            return {"title": "?"}
    return None


def _restored(path: Path, kept: dict[Path, list[int]]) -> Path:
    """A path into the repaired data as a path into the file."""
    for place, numbers in kept.items():
        above, below = path[: len(place)], path[len(place) :]
        if above == place and below and below[0] in range(len(numbers)):
            path = (*place, numbers[int(below[0])], *below[1:])
    return path


def _is_doubtful(problem: Problem, entries: list[Path]) -> bool:
    """Whether a problem may be due to a stand-in or a removal rather than to the file."""
    own = [entry for entry in entries if entry[0] == "indicators" and len(entry) < 4]
    mended = {entry[1] for entry in own}
    fault, path = problem.fault, problem.path
    return (
        fault.key == "no_targets"
        or (path[:1] == ("indicators",) and path[1:2] != () and path[1] in mended and path[2:3] != ("targets",))
        or (fault.key == "unknown_milestone" and fault.values.get("key") in mended)
        or (fault.key in _UNIT_FAULTS and any(entry[2:] == ("unit",) for entry in own))
    )
