"""What every command on a scenario file takes: the file, replaced values, and whether history files may lie outside."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cqsim.cli.exits import tell

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario

allow_outside = click.option("--allow-outside", is_flag=True, help="Allow history files outside the scenario's folder.")


def load_or_exit(file: str, sets: Sequence[str] = (), outside: bool = False) -> Scenario:
    """The scenario of a file, with some values replaced; otherwise all problems on stderr and exit code 2."""
    from cqsim.errors import ScenarioError
    from cqsim.scenario.files.loading import load

    try:
        scenario = load(file, outside=outside)
        return scenario.replace(changes(sets)) if sets else scenario
    except ScenarioError as error:
        tell(str(error))
        sys.exit(2)


def load_all_or_exit(paths: Sequence[str], outside: bool) -> list[Scenario]:
    """The scenarios of files and folders; otherwise all problems of all files on stderr and exit code 2."""
    from cqsim.errors import ScenarioError
    from cqsim.scenario.files.loading import load_all

    try:
        return load_all(paths, outside=outside)
    except ScenarioError as error:
        tell(str(error))
        sys.exit(2)


def changes(sets: Sequence[str]) -> dict[str, Any]:
    """`PATH=VALUE` texts as path to value, each value read as in the file."""
    from cqsim.scenario.data.yaml_text import Unreadable, parse

    values = {}
    for text in sets:
        path, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(f"--set {text}: write PATH=VALUE, as in indicators.visitors.growth.rate=10%")
        try:
            values[path.strip()] = parse(value.strip()).data
        except Unreadable as unreadable:
            raise click.UsageError(f"--set {text}: {unreadable.problem.fault}") from None
    return values
