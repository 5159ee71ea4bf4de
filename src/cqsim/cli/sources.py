"""The command `cqsim sources FILE`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from cqsim.cli.scenario_options import allow_outside, load_or_exit
from cqsim.cli.speaking.commands import command, option


@command()
@click.argument("file")
@option("--json", "as_json", is_flag=True, about="help.json")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_scenario")
@allow_outside
def sources(file: str, as_json: bool, lang: Any, allow_outside: bool) -> None:
    """List every figure of a scenario with its source, its evidence and the targets that depend on it."""
    scenario = load_or_exit(file, outside=allow_outside)
    from cqsim.scenario.provenance import figures

    language = lang or scenario.language
    listed = figures(scenario, language)
    if as_json:
        click.echo(json.dumps([asdict(figure) for figure in listed], ensure_ascii=False, indent=2).encode())
        return
    from cqsim.report.formats.console import print_figures

    print_figures(listed, language)
