"""Series assessed by the progress rules of statistical offices."""

from __future__ import annotations

from cqsim.answers.assessments import Assessments
from cqsim.messages import Language, say
from cqsim.report.content.tables import standing, table_of
from cqsim.report.document import Cell, Table
from cqsim.report.numbers import DASH, growth, level, percent
from cqsim.yardsticks.assessment import Aggregate
from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Verdict


def assessments_table(assessments: Assessments, language: Language) -> Table:
    """One row per series: class, value and score under each rule."""
    rules = list(next(iter(assessments.series.values())).verdicts)
    rows = [
        (
            Cell(f"{name}\n{_course(assessment.record, language)}"),
            *(Cell(_verdict(verdict, language)) for verdict in assessment.verdicts.values()),
        )
        for name, assessment in assessments.series.items()
    ]
    columns = (".series", *(say(f"rule.{name}", language) for name in rules))
    return table_of("title.rules", columns, language, rows)


def assessment_lines(assessments: Assessments, language: Language) -> list[str]:
    """The aggregate over all series, and how to read the rules."""
    return [_together(assessments.together, language), say("note.rules", language)]


def _verdict(verdict: Verdict, language: Language) -> str:
    """The class, with the value and the score below it."""
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
    """The course of the series and its target."""
    seen = f"{record.years[0]}: {level(record.first)}"
    if len(record.years) > 1:
        seen += f"\n{record.years[-1]}: {level(record.last)}"
    if record.target is None:
        return f"{seen}\n{say(f'wanted.{record.direction}', language)}"
    sense = "at_most" if record.direction == "decrease" else "at_least"
    wanted = say(f"sense.{sense}", language, value=level(record.target))
    return f"{seen}\n{wanted} {say('when.year', language, year=record.target_year)}"


def _together(aggregate: Aggregate, language: Language) -> str:
    score = DASH if aggregate.score is None else f"{aggregate.score:+.2f}"
    name = say(f"standing.{aggregate.standing}", language)
    values = {"score": score, "standing": name, "counted": aggregate.counted, "left_out": aggregate.left_out}
    return say("rules_together", language, **values)
