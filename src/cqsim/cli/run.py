"""The command `cqsim run FILE...`."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from cqsim.cli.drawing import draw_files
from cqsim.cli.scenario_options import allow_outside
from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import speak
from cqsim.cli.speaking.told import refused

if TYPE_CHECKING:
    from cqsim.answers.overview import Overview
    from cqsim.answers.result import Result
    from cqsim.questions.compare import Comparison


@command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER...")
@option("--case", metavar="NAME|all", about="help.case_or_all")
@option("--set", "sets", multiple=True, metavar="PATH=VALUE", about="help.set")
@option("--paths", type=click.IntRange(min=1), about="help.paths")
@option("--accuracy", metavar="PP", about="help.accuracy")
@option("--seed", type=click.IntRange(min=0), about="help.seed")
@option("--threads", type=click.IntRange(min=1), about="help.threads")
@option("--json", "as_json", is_flag=True, about="help.json")
@option("--out", metavar="DIR", about="help.out")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_scenario")
@option("--fail-below", metavar="P", about="help.fail_below")
@allow_outside
def run(
    files: tuple[str, ...],
    case: str | None,
    sets: tuple[str, ...],
    as_json: bool,
    out: str | None,
    lang: Any,
    fail_below: str | None,
    allow_outside: bool,
    **options: Any,
) -> None:
    """Simulate a scenario and print what its targets require and how likely they are.

    Several files, or a folder of them, are shown together in one table.
    """
    if out == "":
        raise refused("cli.out_empty")
    checks = () if fail_below is None else (partial(_probability, fail_below),)
    answer = draw_files(files, case, sets, lang, allow_outside, options, checks)
    speak(answer.language)
    if out is not None:  # before anything is printed: whoever reads along may leave
        given = {name: value for name, value in options.items() if value is not None and name != "threads"}
        answer.save(out, given | ({"case": case} if case else {}) | ({"set": list(sets)} if sets else {}))
    _print(answer, as_json)
    if fail_below is not None and answer.lowest < _probability(fail_below):
        sys.exit(1)


def _probability(text: str) -> float:
    """A probability such as 30% or 0.3."""
    from cqsim.errors import Fault
    from cqsim.quantities import PERCENT, Quantity

    quantity = Quantity.parse(text)
    share = quantity.number / 100 if quantity.unit == PERCENT else quantity.number
    if quantity.unit not in ("", PERCENT) or not 0 <= share <= 1:
        raise Fault("probability_range", value=text)
    return share


def _print(answer: Result | Comparison | Overview, as_json: bool) -> None:
    if as_json:
        click.echo(answer.to_json().encode())  # UTF-8 on any console
        return
    from cqsim.report.formats.console import print_found

    print_found(answer)
