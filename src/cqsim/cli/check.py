"""The command `cqsim check FILE...`."""

from __future__ import annotations

import sys

import click

from cqsim.cli.scenario_options import allow_outside
from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import echo_problems, tell


@command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER...")
@option("--strict", is_flag=True, about="help.strict")
@allow_outside
def check(files: tuple[str, ...], strict: bool, allow_outside: bool) -> None:
    """Check scenario files and list every problem; exit code 2 if there are any."""
    good = [_check(path, strict, allow_outside) for path in files]
    sys.exit(0 if all(good) else 2)


def _check(path: str, strict: bool, outside: bool) -> bool:
    """Whether a file, or every scenario file of a folder, is sound."""
    from cqsim.errors import ScenarioError
    from cqsim.scenario.files.loading import files_at

    try:
        good = [_check_file(file, strict, outside) for file in files_at(path)]
    except ScenarioError as error:
        echo_problems(error)
        return False
    return all(good)


def _check_file(file: str, strict: bool, outside: bool) -> bool:
    from cqsim.errors import ScenarioError
    from cqsim.messages import say
    from cqsim.scenario.files.loading import inspect

    try:
        scenario, cautions = inspect(file, strict=strict, outside=outside)
    except ScenarioError as error:
        echo_problems(error)
        return False
    for line in cautions:
        tell(f"{say('caution', scenario.language)}: {line}")
    tell(f"{file}: {say('ok', scenario.language)}", err=False)
    return True
