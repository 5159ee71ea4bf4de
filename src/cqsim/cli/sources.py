"""The command `cqsim sources FILE`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from cqsim.cli.scenario_options import allow_outside, load_or_exit


@click.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list and nothing else.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the table; default: the scenario's.")
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
