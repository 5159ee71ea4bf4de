"""The command `cqsim schema`."""

from __future__ import annotations

import click

from cqsim.cli.speaking.commands import command


@command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for completion and checks in editors."""
    from cqsim.scenario.files.packaged import schema_text

    click.echo(schema_text().encode(), nl=False)
