"""The command `cqsim run FILE`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cqsim.cli.scenario_options import allow_outside, load_or_exit

if TYPE_CHECKING:
    from cqsim.answers.comparison import Comparison
    from cqsim.answers.result import Result
    from cqsim.scenario.scenario import Scenario

_ALL = "all"


@click.command()
@click.argument("file")
@click.option("--case", metavar="NAME|all", help="With the values of a case; all: every case beside the scenario.")
@click.option(
    "--set", "sets", multiple=True, metavar="PATH=VALUE", help="Another value, as it would stand in the file."
)
@click.option("--paths", type=click.IntRange(min=1), help="Draw this many paths.")
@click.option("--accuracy", metavar="PP", help="Draw until every chance is known this well, as in 0.1pp.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the random streams.")
@click.option("--threads", type=click.IntRange(min=1), help="Default: one for each processor. Changes no result.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--out", metavar="DIR", help="Also write result.json, manifest.json and the tables as CSV.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the tables; default: the scenario's.")
@click.option("--fail-below", metavar="P", help="Exit code 1 when a target is less likely than this, as in 30%.")
@allow_outside
def run(
    file: str,
    case: str | None,
    sets: tuple[str, ...],
    as_json: bool,
    out: str | None,
    lang: Any,
    fail_below: str | None,
    allow_outside: bool,
    **options: Any,
) -> None:
    """Draw the futures of a scenario and print what its targets require and how likely they are."""
    from cqsim.errors import Fault

    if options["paths"] is not None and options["accuracy"] is not None:
        raise click.UsageError("--paths and --accuracy cannot be given together")
    if out == "":
        raise click.UsageError("--out needs the name of a folder")
    scenario = load_or_exit(file, sets, allow_outside)
    try:
        floor = None if fail_below is None else _probability(fail_below)
        result, comparison = _draw(scenario, case, lang, options)
    except Fault as fault:
        raise click.UsageError(fault.text(lang or scenario.language)) from None
    _print(result, comparison, as_json)
    if out is not None:
        given = {name: value for name, value in options.items() if value is not None and name != "threads"}
        _save(
            comparison or result, out, given | ({"case": case} if case else {}) | ({"set": list(sets)} if sets else {})
        )
    if floor is not None and any(answer.probability < floor for answer in result.answers):
        sys.exit(1)


def _draw(scenario: Scenario, case: str | None, lang: Any, options: dict[str, Any]) -> tuple[Result, Comparison | None]:
    from cqsim.errors import ScenarioError

    try:
        if case == _ALL:
            from cqsim.answers.comparison import BASE, compare

            comparison = compare(scenario, language=lang, **options)
            return comparison.results[BASE], comparison
        from cqsim.answers.running import run as draw

        return draw(scenario, case=case, language=lang, **options), None
    except ScenarioError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _probability(text: str) -> float:
    """A probability such as 30% or 0.3."""
    from cqsim.errors import Fault
    from cqsim.quantities import PERCENT, Quantity

    quantity = Quantity.parse(text)
    share = quantity.number / 100 if quantity.unit == PERCENT else quantity.number
    if quantity.unit not in ("", PERCENT) or not 0 <= share <= 1:
        raise Fault("probability_range", value=text)
    return share


def _save(result: Result | Comparison, folder: str, flags: dict[str, Any]) -> None:
    from cqsim.messages import say

    try:
        result.save(folder, flags)
    except OSError as error:
        click.echo(say("unwritable", result.language, path=folder, reason=error.strerror), err=True)
        sys.exit(2)


def _print(result: Result, comparison: Comparison | None, as_json: bool) -> None:
    if as_json:
        click.echo((comparison or result).to_json().encode())  # UTF-8 on any console
        return
    from cqsim.report.console import print_comparison, print_result

    print_result(result)
    if comparison is not None:
        print_comparison(comparison)
