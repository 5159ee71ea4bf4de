"""The command `cqsim lookback FILE`."""

from __future__ import annotations

import sys
from typing import Any

import click

from cqsim.cli.scenario_options import allow_outside
from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import echo_problems
from cqsim.cli.speaking.told import refuse_both, refused_for


@command()
@click.argument("file")
@option("--as-of", required=True, type=click.IntRange(1900, 2200), metavar="YEAR", about="help.as_of")
@option("--case", metavar="NAME", about="help.case")
@option("--paths", type=click.IntRange(min=1), about="help.paths")
@option("--accuracy", metavar="PP", about="help.accuracy")
@option("--seed", type=click.IntRange(min=0), about="help.seed")
@option("--json", "as_json", is_flag=True, about="help.json")
@option("--markdown", is_flag=True, about="help.markdown")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_scenario")
@allow_outside
def lookback(
    file: str, as_of: int, as_json: bool, markdown: bool, lang: Any, allow_outside: bool, **options: Any
) -> None:
    """Score a plan's targets against realised outcomes: stated probabilities, hit or missed, and how good they were."""
    from cqsim.answers.lookback.lookback import lookback as look
    from cqsim.errors import Fault, ScenarioError

    refuse_both(options["paths"], options["accuracy"], "--paths", "--accuracy")
    refuse_both(as_json or None, markdown or None, "--json", "--markdown")
    try:
        looked = look(file, as_of, outside=allow_outside, language=lang, **options)
    except ScenarioError as error:
        echo_problems(error)
        sys.exit(2)
    except Fault as fault:
        raise refused_for(fault) from None
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
