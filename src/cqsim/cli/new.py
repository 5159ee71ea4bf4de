"""The command `cqsim new NAME`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import language, speak, tell
from cqsim.cli.speaking.told import refused


@command()
@click.argument("name")
@option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, about="help.lang_comments")
def new(name: str, lang: Any) -> None:
    """Write a commented scenario NAME.yaml that is ready to run, and the schema beside it."""
    from cqsim.disk.atomic import write_files
    from cqsim.disk.names import is_file_name
    from cqsim.messages import say
    from cqsim.scenario.files.packaged import SCHEMA_NAME, schema_text, starter_text

    target = Path(name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    if not Path(name).name or not is_file_name(target.name):
        raise refused("cli.name_of_file")
    spoken = language("zh")
    speak(spoken)
    if os.path.lexists(target):
        tell(f"{target}: {say('exists', spoken)}")
        sys.exit(2)
    write_files({target.with_name(SCHEMA_NAME): schema_text().encode(), target: starter_text(lang).encode()})
    tell(say("written", spoken, path=str(target)), err=False)
