"""The command `cqsim backtest DATA.csv`."""

from __future__ import annotations

import sys
from typing import Any

import click


@click.command()
@click.argument("data", metavar="DATA.csv")
@click.option(
    "--targets", metavar="T.csv", help="Targets: columns series, period, target, sense (at_least or at_most)."
)
@click.option(
    "--horizon", type=click.IntRange(min=1), help="Periods to forecast; needed when DATA has no column split."
)
@click.option("--model", "models", multiple=True, metavar="NAME", help="Model to score; may be repeated.")
@click.option("--last", type=click.IntRange(min=2), help="Use only this many of the last training values.")
@click.option("--half", "only", type=click.Choice(["0", "1"]), help="Use only one half of the series, split by name.")
@click.option("--workers", type=click.IntRange(min=1), help="Number of processes; default: one per processor.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="Language of the tables."
)
def backtest(data: str, models: tuple[str, ...], only: str | None, as_json: bool, lang: Any, **options: Any) -> None:
    """Score models on many series whose later values are known: columns series, period, value, optionally split."""
    from cqsim.answers.backtest.forecasters import DEFAULT
    from cqsim.answers.backtest.running import backtest as run
    from cqsim.answers.plain import json_text
    from cqsim.errors import Fault

    try:
        scored = run(data, models=models or DEFAULT, only=None if only is None else int(only), **options)
    except Fault as fault:
        raise click.UsageError(fault.text(lang)) from None
    if as_json:
        click.echo(json_text(scored.to_dict()).encode())
    else:
        from cqsim.report.formats.console_trust import print_backtest

        print_backtest(scored, lang)
    if not any(scores.steps for scores in scored.models.values()):
        sys.exit(2)
