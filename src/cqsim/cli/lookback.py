"""The command `cqsim lookback FILE`."""

from __future__ import annotations

import sys
from typing import Any

import click

from cqsim.cli.exits import tell
from cqsim.cli.scenario_options import allow_outside


@click.command()
@click.argument("file")
@click.option(
    "--as-of",
    required=True,
    type=click.IntRange(1900, 2200),
    metavar="YEAR",
    help="Use only what was published by the end of this year.",
)
@click.option("--case", metavar="NAME", help="Use the values of this case.")
@click.option("--paths", type=click.IntRange(min=1), help="Number of paths.")
@click.option("--accuracy", metavar="PP", help="Draw until every probability is this accurate, such as 0.1pp.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the random streams.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--markdown", is_flag=True, help="Print a Markdown page and nothing else.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the tables; default: the scenario's.")
@allow_outside
def lookback(
    file: str, as_of: int, as_json: bool, markdown: bool, lang: Any, allow_outside: bool, **options: Any
) -> None:
    """Score a plan's targets against realised outcomes: stated probabilities, hit or missed, and how good they were."""
    from cqsim.answers.lookback.lookback import lookback as look
    from cqsim.errors import Fault, ScenarioError

    _refuse_both(options["paths"], options["accuracy"], "--paths and --accuracy")
    _refuse_both(as_json or None, markdown or None, "--json and --markdown")
    try:
        looked = look(file, as_of, outside=allow_outside, language=lang, **options)
    except ScenarioError as error:
        tell(str(error))
        sys.exit(2)
    except Fault as fault:
        raise click.UsageError(fault.text(lang or "en")) from None
    if as_json:
        click.echo(looked.to_json().encode())  # UTF-8 on any console
        return
    if markdown:
        from cqsim.report.content.lookback import lookback_document
        from cqsim.report.formats.markdown import markdown_text

        click.echo(markdown_text(lookback_document(looked)).encode(), nl=False)
    else:
        from cqsim.report.formats.console_trust import print_lookback

        print_lookback(looked)


def _refuse_both(first: object, second: object, names: str) -> None:
    if first is not None and second is not None:
        raise click.UsageError(f"{names} cannot be given together")
