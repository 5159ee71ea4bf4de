"""What the progress rules say, as tables on a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from cqsim.answers.assessments import Assessments
from cqsim.messages import Language, say
from cqsim.report.content.tables import standing, table_of
from cqsim.report.document import Cell
from cqsim.report.formats.console import console_on, print_table
from cqsim.report.numbers import DASH, growth, level, percent
from cqsim.yardsticks.assessment import Aggregate
from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Verdict


def print_assessments(found: Assessments, language: Language, file: TextIO | None = None) -> None:
    """Print one row a series with the class, the value and the score by each rule, then all series together."""
    stream = file or sys.stdout
    console = console_on(stream)
    rules = list(next(iter(found.series.values())).verdicts)
    rows = [
        (
            Cell(f"{name}\n{_course(one.record, language)}"),
            *(Cell(_verdict(verdict, language)) for verdict in one.verdicts.values()),
        )
        for name, one in found.series.items()
    ]
    columns = (".series", *(say(f"rule.{name}", language) for name in rules))
    print_table(table_of("title.rules", columns, language, rows), console)
    for line in (_together(found.together, language), say("note.rules", language)):
        console.print(line, soft_wrap=not stream.isatty())


def _verdict(verdict: Verdict, language: Language) -> str:
    """The class, and under it the value and the score."""
    score = None if verdict.score is None else say("rule_score", language, score=f"{verdict.score:+.2f}")
    return "\n".join(part for part in (standing(verdict, language), _value(verdict, language), score) if part)


def _value(verdict: Verdict, language: Language) -> str | None:
    if verdict.value is None:
        return None
    if verdict.measure == "index":
        return say("rule_index", language, index=f"{round(verdict.value, 1) + 0.0:.1f}")
    if verdict.measure == "growth":
        return growth(verdict.value, language)
    return say("rule_ratio", language, ratio=percent(verdict.value, 0))


def _course(record: Record, language: Language) -> str:
    """Where the series went and what is wanted of it."""
    seen = f"{record.years[0]}: {level(record.first)}"
    if len(record.years) > 1:
        seen += f"\n{record.years[-1]}: {level(record.last)}"
    if record.target is None:
        return f"{seen}\n{say(f'wanted.{record.direction}', language)}"
    sense = "at_most" if record.direction == "decrease" else "at_least"
    wanted = say(f"sense.{sense}", language, value=level(record.target))
    return f"{seen}\n{wanted} {say('when.year', language, year=record.target_year)}"


def _together(found: Aggregate, language: Language) -> str:
    score = DASH if found.score is None else f"{found.score:+.2f}"
    name = say(f"standing.{found.standing}", language)
    values = {"score": score, "standing": name, "counted": found.counted, "left_out": found.left_out}
    return say("rules_together", language, **values)
