"""The command `cqsim check FILE...`."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Read scenario files and list every problem; exit code 2 when there is one."""
    from cqsim.errors import ScenarioError
    from cqsim.messages import say
    from cqsim.scenario.loading import load

    bad = False
    for file in files:
        try:
            scenario = load(file)
        except ScenarioError as error:
            click.echo(str(error), err=True)
            bad = True
        else:
            click.echo(f"{file}: {say('ok', scenario.language)}")
    sys.exit(2 if bad else 0)
