"""A look-back in tables and sentences, and as a document."""

from __future__ import annotations

from collections.abc import Callable

from cqsim.answers.lookback.lookback import LookBack
from cqsim.answers.lookback.outcome import Outcome, Realised
from cqsim.messages import Language, say
from cqsim.report.content.tables import named, range_text, share, table_of
from cqsim.report.document import Block, Bullets, Cell, Document, Section, Table
from cqsim.report.numbers import DASH, level, percent, whole_percent

_SCORED = (".target", ".probability", ".range", ".came", ".outcome", ".rank", ".brier", ".log_score")
_OPEN = (".target", ".probability", ".range")


def lookback_document(looked: LookBack) -> Document:
    """The look-back as a report, with probabilities in whole per cent."""
    language = looked.language
    scored, still_open = _scored_tables(looked, _whole), _open_tables(looked, _whole)
    targets: tuple[Block, ...] = (*scored, Bullets(tuple(score_lines(looked))), *still_open)
    sections = [Section(say("title.answers", language), targets)]
    if looked.scored:
        sections.append(Section(say("title.realised", language), (Bullets(tuple(realised_lines(looked))),)))
    sections.append(Section(say("title.notes", language), (Bullets(tuple(looked.notes)),)))
    return Document(heading(looked), language, tuple(sections))


def heading(looked: LookBack) -> str:
    """The plan and the year as of which it is looked at."""
    case = f" ({looked.result.case})" if looked.result.case else ""
    return say("lookback.heading", looked.language, title=looked.result.title, year=looked.as_of) + case


def lookback_tables(looked: LookBack) -> list[Table]:
    """The targets that are decided, and those that are open."""
    return [*_scored_tables(looked, share), *_open_tables(looked, share)]


def _scored_tables(looked: LookBack, shown: Callable[[float], Cell]) -> list[Table]:
    rows = [_scored_cells(outcome, shown, looked.language) for outcome in looked.scored]
    return [table_of("title.lookback", _SCORED, looked.language, rows)] if rows else []


def _open_tables(looked: LookBack, shown: Callable[[float], Cell]) -> list[Table]:
    rows = [_open_cells(outcome, shown, looked.language) for outcome in looked.open]
    return [table_of("title.open", _OPEN, looked.language, rows)] if rows else []


def _whole(probability: float) -> Cell:
    return Cell(whole_percent(probability), probability, "percent")


def _open_cells(outcome: Outcome, shown: Callable[[float], Cell], language: Language) -> tuple[Cell, ...]:
    answer = outcome.answer
    return Cell(named(answer, language)), shown(answer.probability), Cell(range_text(answer.range))


def _scored_cells(outcome: Outcome, shown: Callable[[float], Cell], language: Language) -> tuple[Cell, ...]:
    realised = outcome.realised
    value = "" if realised is None else f"{level(realised.value, outcome.answer.unit)}\n({realised.year})"
    rank = DASH if outcome.quantile is None else whole_percent(outcome.quantile)
    words = value, say(f"outcome.{outcome.status}", language), rank, _score(outcome.brier), _score(outcome.log_score)
    return *_open_cells(outcome, shown, language), *map(Cell, words)


def _score(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}"


def score_lines(looked: LookBack) -> list[str]:
    """How many targets were hit, and how good the probabilities were."""
    summary, language = looked.summary, looked.language
    counts = {name: summary[name] for name in ("scored", "hits", "open")}
    missed = summary["scored"] - summary["hits"]
    lines = [say("lookback.count", language, count=summary["targets"], missed=missed, **counts)]
    if not looked.scored:
        return lines
    for name in ("brier", "log_score"):
        values = {"own": _score(summary[name]), "constant": _score(summary[f"{name}_climatology"])}
        lines.append(say(f"lookback.{name}", language, **values))
    return [*lines, say("lookback.base_rate", language, rate=percent(summary["base_rate"], 0))]


def realised_lines(looked: LookBack) -> list[str]:
    """The source of each realised value that decides a target, with its caveats."""
    decided = ((outcome, outcome.realised) for outcome in looked.scored)
    return [_told(realised, outcome, looked.language) for outcome, realised in decided if realised is not None]


def _told(realised: Realised, outcome: Outcome, language: Language) -> str:
    value = level(realised.value, outcome.answer.unit)
    values = {"label": outcome.answer.label, "year": realised.year, "value": value}
    text = say("lookback.realised_one", language, published=realised.published, **values)
    text += say("lookback.read_in", language, source=realised.source) if realised.source else ""
    return text + (say("lookback.remark", language, note=realised.note) if realised.note else "")
