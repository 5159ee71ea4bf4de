"""A backtest as tables on a terminal."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from rich.table import Table

from cqsim.answers.backtest.running import Backtest
from cqsim.messages import Language, say
from cqsim.report.console import console_on, table_of
from cqsim.report.numbers import percent

_COVERAGE = ("0.5", "0.8", "0.95")
_SCORES = ("msis_mean", "msis_median", "mase", "smape", "crps")
_CHANCES = ("brier", "brier_climatology", "log_score", "log_score_climatology")
_SHOWN = 10  # problems; the document lists all


def print_backtest(found: Backtest, language: Language, file: TextIO | None = None) -> None:
    """Print intervals, chances, reliability and what was skipped."""
    console = console_on(file or sys.stdout)
    scores = {name: one for name, one in found.to_dict()["models"].items() if one["n"]}
    chances = {name: one for name, one in scores.items() if one["targets"]}
    for table in (_intervals(scores, language), _chances(chances, language), *_reliabilities(chances, language)):
        console.print(table)
        console.print()
    console.print(say("note.backtest", language))
    if found.skipped:
        console.print(f"\n{say('skipped_count', language, count=len(found.skipped))}")
    for one in found.skipped[:_SHOWN]:
        console.print(f"  {one.series}{f' ({one.model})' if one.model else ''}: {one.fault.text(language)}")
    if len(found.skipped) > _SHOWN:
        console.print(say("skipped_more", language, count=len(found.skipped) - _SHOWN))


def _intervals(scores: dict[str, Any], language: Language) -> Table:
    names = ["model", "count", *(f"covered_{level}" for level in _COVERAGE), "below", "above", *_SCORES]
    table = table_of("title.backtest", [say(f"column.{name}", language) for name in names], language)
    for name, one in scores.items():
        shares = [percent(share) for share in (*one["coverage"].values(), one["below"], one["above"])]
        table.add_row(name, f"{one['n']:,}", *shares, *(f"{one[key]:.2f}" for key in _SCORES))
    return table


def _chances(scores: dict[str, Any], language: Language) -> Table:
    names = ["model", "targets", "mean_probability", "base_rate", *_CHANCES]
    table = table_of("title.chances", [say(f"column.{name}", language) for name in names], language)
    for name, one in scores.items():
        shares = percent(one["mean_probability"]), percent(one["base_rate"])
        table.add_row(name, f"{one['targets']:,}", *shares, *(f"{one[key]:.4f}" for key in _CHANCES))
    return table


def _reliabilities(scores: dict[str, Any], language: Language) -> list[Table]:
    """For each model: of the targets that were given such a chance, how many were hit."""
    tables = []
    names = ("given", "targets", "mean_probability", "hit_share", "expected_share")
    for name, one in scores.items():
        table = table_of("title.reliability", [say(f"column.{key}", language) for key in names], language, model=name)
        for row in one["reliability"]:
            if row["n"]:
                mark = "" if row["holds"] else " *"
                table.add_row(
                    f"{percent(row['from'], 0)} ~ {percent(row['to'], 0)}",
                    f"{row['n']:,}",
                    percent(row["mean"]),
                    percent(row["share"]) + mark,
                    f"{percent(row['low'], 0)} ~ {percent(row['high'], 0)}",
                )
        tables.append(table)
    return tables
