"""A backtest as tables."""

from __future__ import annotations

from typing import Any

from cqsim.answers.backtest.running import Backtest
from cqsim.messages import Language, say
from cqsim.report.content.tables import share, table_of
from cqsim.report.document import Block, Cell, Document, Section, Table
from cqsim.report.numbers import percent

_COVERAGE = ("0.5", "0.8", "0.95")
_SCORES = ("msis_mean", "msis_median", "mase", "smape", "crps")
_PROBABILITIES = ("brier", "brier_climatology", "log_score", "log_score_climatology")


def backtest_document(backtest: Backtest) -> Document:
    """The backtest as a report."""
    language = backtest.language
    blocks: tuple[Block, ...] = (*backtest_tables(backtest, language), say("note.backtest", language))
    return Document(", ".join(backtest.models), language, (Section(say("title.answers", language), blocks),))


def backtest_tables(backtest: Backtest, language: Language) -> list[Table]:
    """The models' prediction intervals, their hit probabilities, and how well these were calibrated."""
    models = {name: scores for name, scores in backtest.to_dict()["models"].items() if scores["n"]}
    with_targets = {name: scores for name, scores in models.items() if scores["targets"]}
    return [
        _intervals(models, language),
        _probabilities(with_targets, language),
        *_reliabilities(with_targets, language),
    ]


def _intervals(models: dict[str, Any], language: Language) -> Table:
    rows = []
    for name, scores in models.items():
        shares = [*scores["coverage"].values(), scores["below"], scores["above"]]
        figures = (Cell(f"{scores[key]:.2f}", scores[key], "number") for key in _SCORES)
        rows.append(
            (Cell(name), _count(scores["n"]), *(Cell(percent(value), value, "percent") for value in shares), *figures)
        )
    names = (".model", ".count", *(f".covered_{level}" for level in _COVERAGE), ".below", ".above")
    return table_of("title.backtest", (*names, *(f".{key}" for key in _SCORES)), language, rows)


def _probabilities(models: dict[str, Any], language: Language) -> Table:
    rows = []
    for name, scores in models.items():
        figures = (Cell(f"{scores[key]:.4f}", scores[key], "number") for key in _PROBABILITIES)
        given = share(scores["mean_probability"]), share(scores["base_rate"])
        rows.append((Cell(name), _count(scores["targets"]), *given, *figures))
    names = (".model", ".targets", ".mean_probability", ".base_rate", *(f".{key}" for key in _PROBABILITIES))
    return table_of("title.chances", names, language, rows)


def _reliabilities(models: dict[str, Any], language: Language) -> list[Table]:
    """One table per model: the share of targets hit among those given about the same probability."""
    names = (".given", ".targets", ".mean_probability", ".hit_share", ".expected_share")
    return [
        table_of(
            "title.reliability", names, language, [_bin(row) for row in scores["reliability"] if row["n"]], model=name
        )
        for name, scores in models.items()
    ]


def _bin(row: dict[str, Any]) -> tuple[Cell, ...]:
    given = f"{percent(row['from'], 0)} ~ {percent(row['to'], 0)}"
    mark = "" if row["holds"] else " *"
    hit = Cell(percent(row["share"]) + mark, row["share"], "percent")
    band = f"{percent(row['low'], 0)} ~ {percent(row['high'], 0)}"
    return Cell(given), _count(row["n"]), Cell(percent(row["mean"]), row["mean"], "percent"), hit, Cell(band)


def _count(value: int) -> Cell:
    return Cell(f"{value:,}", value, "number")
