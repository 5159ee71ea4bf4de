"""What every command on a scenario file takes: the file, replaced values, and whether history files may lie outside."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cqsim.cli.speaking.commands import option
from cqsim.cli.speaking.language import echo_problems
from cqsim.cli.speaking.told import refused

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario

allow_outside = option("--allow-outside", is_flag=True, about="help.allow_outside")


def load_or_exit(file: str, sets: Sequence[str] = (), outside: bool = False) -> Scenario:
    """The scenario of a file, with some values replaced; otherwise all problems on stderr and exit code 2."""
    from cqsim.errors import ScenarioError
    from cqsim.scenario.files.loading import load

    try:
        scenario = load(file, outside=outside)
        return scenario.replace(changes(sets)) if sets else scenario
    except ScenarioError as error:
        echo_problems(error)
        sys.exit(2)


def load_all_or_exit(paths: Sequence[str], outside: bool) -> list[Scenario]:
    """The scenarios of files and folders; otherwise all problems of all files on stderr and exit code 2."""
    from cqsim.errors import ScenarioError
    from cqsim.scenario.files.loading import load_all

    try:
        return load_all(paths, outside=outside)
    except ScenarioError as error:
        echo_problems(error)
        sys.exit(2)


def changes(sets: Sequence[str]) -> dict[str, Any]:
    """`PATH=VALUE` texts as path to value, each value read as in the file."""
    from cqsim.scenario.data.yaml_text import Unreadable, parse

    values = {}
    for text in sets:
        path, equals, value = text.partition("=")
        if not equals:
            raise refused("cli.set_form", text=text)
        if not value.strip():
            raise refused("cli.set_empty", path=path.strip())
        try:
            document = parse(value.strip())
        except Unreadable as unreadable:
            raise refused("cli.set_unreadable", text=text, said=unreadable.problem.fault) from None
        for problem in document.problems:
            raise refused("cli.set_unreadable", text=text, said=problem.fault)
        values[path.strip()] = document.data
    return values
