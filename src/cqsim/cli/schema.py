"""The command `cqsim schema`."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the scenario file, for editors that complete and check."""
    from cqsim.scenario.files.packaged import schema_text

    click.echo(schema_text().encode(), nl=False)
