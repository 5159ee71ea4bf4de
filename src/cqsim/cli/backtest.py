"""The command `cqsim backtest DATA.csv`."""

from __future__ import annotations

import sys
from typing import Any

import click

from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import language
from cqsim.cli.speaking.told import refused_for


@command()
@click.argument("data", metavar="DATA.csv")
@option("--targets", metavar="T.csv", about="help.backtest_targets")
@option("--horizon", type=click.IntRange(min=1), about="help.horizon")
@option("--model", "models", multiple=True, metavar="NAME", about="help.model")
@option("--last", type=click.IntRange(min=2), about="help.last")
@option("--half", "only", type=click.Choice(["0", "1"]), about="help.half")
@option("--workers", type=click.IntRange(min=1), about="help.workers")
@option("--json", "as_json", is_flag=True, about="help.json")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_tables")
def backtest(data: str, models: tuple[str, ...], only: str | None, as_json: bool, lang: Any, **options: Any) -> None:
    """Score models on many series whose later values are known: columns series, period, value, optionally split."""
    from cqsim.answers.backtest.forecasters import DEFAULT
    from cqsim.answers.backtest.running import backtest as run
    from cqsim.answers.plain import json_text
    from cqsim.errors import Fault

    try:
        scored = run(data, models=models or DEFAULT, only=None if only is None else int(only), **options)
    except Fault as fault:
        raise refused_for(fault) from None
    if as_json:
        click.echo(json_text(scored.to_dict()).encode())
    else:
        from cqsim.report.formats.console_trust import print_backtest

        print_backtest(scored, lang or language())
    if not any(scores.steps for scores in scored.models.values()):
        sys.exit(2)
