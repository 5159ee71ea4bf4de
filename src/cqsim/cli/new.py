"""The command `cqsim new NAME`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import language
from cqsim.cli.speaking.told import refused


@command()
@click.argument("name")
@option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, about="help.lang_comments")
def new(name: str, lang: Any) -> None:
    """Write a commented scenario NAME.yaml that is ready to run, and the schema beside it."""
    from cqsim.messages import say
    from cqsim.scenario.files.packaged import SCHEMA_NAME, schema_text, starter_text

    if not Path(name).name:
        raise refused("cli.name_of_file")
    target = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if target.exists():
        click.echo(f"{target}: {say('exists', language('zh'))}", err=True)
        sys.exit(2)
    try:
        target.write_text(starter_text(lang), encoding="utf-8")
        target.with_name(SCHEMA_NAME).write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        click.echo(say("unwritable", language("zh"), path=str(target), reason=error.strerror), err=True)
        sys.exit(2)
    click.echo(say("written", language("zh"), path=str(target)))
