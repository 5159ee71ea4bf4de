"""A look-back as a table on a terminal, and as a Markdown page."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from cqsim.answers.lookback.lookback import LookBack
from cqsim.answers.lookback.outcome import Outcome, Realised
from cqsim.messages import Language, say
from cqsim.report.content.tables import named, range_text, share, table_of
from cqsim.report.document import Cell, Table
from cqsim.report.formats.console import console_on, print_table
from cqsim.report.numbers import DASH, level, percent, whole_percent

_SCORED = ("target", "probability", "range", "came", "outcome", "rank", "brier", "log_score")
_OPEN = ("target", "probability", "range")


def print_lookback(found: LookBack, file: TextIO | None = None) -> None:
    """Print the targets that are decided, those that are open, and the scores."""
    stream = file or sys.stdout
    console = console_on(stream)
    console.print(f"{heading(found)}\n", soft_wrap=not stream.isatty())
    for table in lookback_tables(found):
        print_table(table, console)
    realised = [say("title.realised", found.language), *(f"  {line}" for line in realised_lines(found)), ""]
    for line in (*score_lines(found), "", *(realised if found.scored else []), *found.notes):
        console.print(line, soft_wrap=not stream.isatty())


def page(found: LookBack) -> str:
    """The look-back as Markdown, with chances in whole per cent."""
    language = found.language
    parts = [f"# {heading(found)}"]
    if found.scored:
        parts.append(_markdown(_SCORED, (_scored_cells(one, language) for one in found.scored), language))
    parts.append(_listed(score_lines(found)))
    if found.open:
        rows = (_open_cells(one, language) for one in found.open)
        parts += [f"## {say('title.open', language)}", _markdown(_OPEN, rows, language)]
    if found.scored:
        parts += [f"## {say('title.realised', language)}", _listed(realised_lines(found))]
    parts += [f"## {say('title.notes', language)}", _listed(found.notes)]
    return "\n\n".join(parts) + "\n"


def heading(found: LookBack) -> str:
    """The plan and the year of which it is looked at."""
    case = f" ({found.result.case})" if found.result.case else ""
    return say("lookback.heading", found.language, title=found.result.title, year=found.as_of) + case


def lookback_tables(found: LookBack) -> list[Table]:
    """The targets that are decided, and those that are open."""
    language = found.language
    tables = []
    if found.scored:
        rows = [_row(one, _scored_cells(one, language)) for one in found.scored]
        tables.append(table_of("title.lookback", [f".{name}" for name in _SCORED], language, rows))
    if found.open:
        rows = [_row(one, _open_cells(one, language)) for one in found.open]
        tables.append(table_of("title.open", [f".{name}" for name in _OPEN], language, rows))
    return tables


def _row(one: Outcome, cells: list[str]) -> tuple[Cell, ...]:
    """Cells of a terminal, where the chance is not rounded to whole per cent."""
    name, _, *others = cells
    return Cell(name), share(one.answer.probability), *map(Cell, others)


def _open_cells(one: Outcome, language: Language) -> list[str]:
    answer = one.answer
    return [named(answer, language), whole_percent(answer.probability), range_text(answer.range)]


def _scored_cells(one: Outcome, language: Language) -> list[str]:
    came = one.realised
    return [
        *_open_cells(one, language),
        "" if came is None else f"{level(came.value, one.answer.unit)}\n({came.year})",
        say(f"outcome.{one.status}", language),
        DASH if one.quantile is None else whole_percent(one.quantile),
        _score(one.brier),
        _score(one.log_score),
    ]


def _score(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}"


def score_lines(found: LookBack) -> list[str]:
    """How many were hit, and how good the chances were."""
    summary, language = found.summary, found.language
    counts = {name: summary[name] for name in ("scored", "hits", "open")}
    missed = summary["scored"] - summary["hits"]
    lines = [say("lookback.count", language, count=summary["targets"], missed=missed, **counts)]
    if not found.scored:
        return lines
    for name in ("brier", "log_score"):
        values = {"own": _score(summary[name]), "constant": _score(summary[f"{name}_climatology"])}
        lines.append(say(f"lookback.{name}", language, **values))
    return [*lines, say("lookback.base_rate", language, rate=percent(summary["base_rate"], 0))]


def realised_lines(found: LookBack) -> list[str]:
    """Where each value that decides a target was read, and what is to be borne in mind."""
    return [_told(one.realised, one, found.language) for one in found.scored if one.realised is not None]


def _told(came: Realised, one: Outcome, language: Language) -> str:
    values = {"label": one.answer.label, "year": came.year, "value": level(came.value, one.answer.unit)}
    text = say("lookback.realised_one", language, published=came.published, **values)
    text += say("lookback.read_in", language, source=came.source) if came.source else ""
    return text + (say("lookback.remark", language, note=came.note) if came.note else "")


def _markdown(columns: Iterable[str], rows: Iterable[list[str]], language: Language) -> str:
    names = [say(f"column.{name}", language) for name in columns]
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
