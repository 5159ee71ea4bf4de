"""The command `cqsim new NAME`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from cqsim.cli.exits import speak, tell


@click.command()
@click.argument("name")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the comments."
)
def new(name: str, lang: Any) -> None:
    """Write a commented scenario NAME.yaml that is ready to run, and the schema beside it."""
    from cqsim.disk.atomic import write_files
    from cqsim.messages import say
    from cqsim.scenario.files.packaged import SCHEMA_NAME, schema_text, starter_text

    if not Path(name).name:
        raise click.UsageError("NAME must be the name of a file")
    target = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if os.path.lexists(target):
        tell(f"{target}: {say('exists', lang)}")
        sys.exit(2)
    speak(lang)
    write_files({target.with_name(SCHEMA_NAME): schema_text().encode(), target: starter_text(lang).encode()})
    tell(say("written", lang, path=str(target)), err=False)
