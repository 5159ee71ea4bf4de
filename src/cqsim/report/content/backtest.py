"""A backtest as tables."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from cqsim.answers.backtest.running import Backtest
from cqsim.messages import Language, say
from cqsim.report.content.tables import share, table_of
from cqsim.report.document import Cell, Table
from cqsim.report.formats.console import console_on, print_table
from cqsim.report.numbers import percent

_COVERAGE = ("0.5", "0.8", "0.95")
_SCORES = ("msis_mean", "msis_median", "mase", "smape", "crps")
_CHANCES = ("brier", "brier_climatology", "log_score", "log_score_climatology")
_SHOWN = 10  # problems; the document lists all


def print_backtest(found: Backtest, language: Language, file: TextIO | None = None) -> None:
    """Print intervals, chances, reliability and what was skipped."""
    console = console_on(file or sys.stdout)
    for table in backtest_tables(found, language):
        print_table(table, console)
    console.print(say("note.backtest", language))
    if found.skipped:
        console.print(f"\n{say('skipped_count', language, count=len(found.skipped))}")
    for one in found.skipped[:_SHOWN]:
        console.print(f"  {one.series}{f' ({one.model})' if one.model else ''}: {one.fault.text(language)}")
    if len(found.skipped) > _SHOWN:
        console.print(say("skipped_more", language, count=len(found.skipped) - _SHOWN))


def backtest_tables(found: Backtest, language: Language) -> list[Table]:
    """The intervals of the models, their chances, and how far these came true."""
    scores = {name: one for name, one in found.to_dict()["models"].items() if one["n"]}
    chances = {name: one for name, one in scores.items() if one["targets"]}
    return [_intervals(scores, language), _chances(chances, language), *_reliabilities(chances, language)]


def _intervals(scores: dict[str, Any], language: Language) -> Table:
    rows = []
    for name, one in scores.items():
        shares = [*one["coverage"].values(), one["below"], one["above"]]
        figures = (Cell(f"{one[key]:.2f}", one[key], "number") for key in _SCORES)
        rows.append(
            (Cell(name), _count(one["n"]), *(Cell(percent(value), value, "percent") for value in shares), *figures)
        )
    names = (".model", ".count", *(f".covered_{level}" for level in _COVERAGE), ".below", ".above")
    return table_of("title.backtest", (*names, *(f".{key}" for key in _SCORES)), language, rows)


def _chances(scores: dict[str, Any], language: Language) -> Table:
    rows = []
    for name, one in scores.items():
        figures = (Cell(f"{one[key]:.4f}", one[key], "number") for key in _CHANCES)
        rows.append(
            (Cell(name), _count(one["targets"]), share(one["mean_probability"]), share(one["base_rate"]), *figures)
        )
    names = (".model", ".targets", ".mean_probability", ".base_rate", *(f".{key}" for key in _CHANCES))
    return table_of("title.chances", names, language, rows)


def _reliabilities(scores: dict[str, Any], language: Language) -> list[Table]:
    """For each model: of the targets that were given such a chance, how many were hit."""
    names = (".given", ".targets", ".mean_probability", ".hit_share", ".expected_share")
    return [
        table_of(
            "title.reliability", names, language, [_bin(row) for row in one["reliability"] if row["n"]], model=name
        )
        for name, one in scores.items()
    ]


def _bin(row: dict[str, Any]) -> tuple[Cell, ...]:
    given = f"{percent(row['from'], 0)} ~ {percent(row['to'], 0)}"
    mark = "" if row["holds"] else " *"
    hit = Cell(percent(row["share"]) + mark, row["share"], "percent")
    band = f"{percent(row['low'], 0)} ~ {percent(row['high'], 0)}"
    return Cell(given), _count(row["n"]), Cell(percent(row["mean"]), row["mean"], "percent"), hit, Cell(band)


def _count(value: int) -> Cell:
    return Cell(f"{value:,}", value, "number")
