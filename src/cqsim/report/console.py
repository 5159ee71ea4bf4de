"""A result as tables on a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cqsim.answers.comparison import BASE, Comparison
from cqsim.answers.joint import JointAnswer
from cqsim.answers.required import PROBABILITIES
from cqsim.answers.result import Result
from cqsim.answers.target import TargetAnswer
from cqsim.messages import Language, say
from cqsim.rates import cagr
from cqsim.report.numbers import DASH, chance, growth, interval, level, percent, points
from cqsim.scenario.indicator import TimesBaseline
from cqsim.scenario.text import text_in
from cqsim.yardsticks.verdict import Verdict

_WIDTH_WHEN_PIPED = 120


def print_result(result: Result, file: TextIO | None = None) -> None:
    """Print the answers, most wanted first."""
    stream = file or sys.stdout
    console = console_on(stream)
    language = result.language
    years = result.scenario.years
    title = text_in(result.scenario.title or result.scenario.id, language)
    case = f"  ({result.case})" if result.case else ""
    console.print(f"{title}  {years.baseline} -> {years.end}{case}\n")
    for table in (_targets(result), _faster(result), *_official(result), *_first_hits(result), *_parts(result)):
        console.print(table)
        console.print()
    for line in (*_joint(result.joint_answer, len(result.answers), language), "", *result.notes):
        console.print(line, soft_wrap=not stream.isatty())


def print_comparison(comparison: Comparison, file: TextIO | None = None) -> None:
    """Print the chance of every target under every case, and how it differs from the scenario as it stands."""
    stream = file or sys.stdout
    console = console_on(stream)
    base = comparison.results[BASE]
    language = base.language
    cases = {name: _case_label(base, name) for name in comparison.results if name != BASE}
    table = ruled_table(
        "title.cases", [say("column.target", language), say("column.base", language), *cases.values()], language
    )
    joint = say("column.all", language)
    rows = [(answer.label, answer.probability) for answer in base.answers] + [(joint, base.joint_answer.all)]
    columns = {name: [one for one in comparison.differences if one.case == name] for name in cases}
    for number, (label, share) in enumerate(rows):
        found = [columns[name][number] for name in cases]
        table.add_row(label, chance(share), *[f"{chance(one.probability)} ({points(one.difference)})" for one in found])
    console.print(table)
    console.print()
    console.print(say("note.differences", language))


def _case_label(base: Result, name: str) -> str:
    return text_in(base.scenario.cases[name].label or name, base.language)


def console_on(stream: TextIO) -> Console:
    """A console that takes labels literally; of a fixed width when the stream is no terminal."""
    width = None if stream.isatty() else _WIDTH_WHEN_PIPED
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def wanted(answer: TargetAnswer, language: Language) -> str:
    """What a target wants, in words: `>= 5,000 万人次, in 2026`."""
    written = answer.target.levels[0]
    if isinstance(written, TimesBaseline) and len(answer.levels) == 1:
        value = say("times", language, value=f"{written.times_baseline:g}")
    else:
        value = level(answer.levels[-1], answer.unit)
    sense = say(f"sense.{answer.target.sense}", language, value=value, low=level(answer.levels[0]), high=value)
    when = say(f"when.{answer.target.when}", language, year=answer.target.due)
    return f"{sense} {when}"


def ruled_table(title: str, columns: list[str], language: Language, **values: str) -> Table:
    """An empty table: the first column of words, the others of figures."""
    heading = say(title, language, **values)
    table = Table(title=heading, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    return table


def _name(answer: TargetAnswer, language: Language) -> Text:
    return Text(f"{answer.label}\n{wanted(answer, language)}")


def _targets(result: Result) -> Table:
    language = result.language
    names = ("target", "baseline", "required", "probability", "interval", "range", "median", "evidence")
    table = ruled_table("title.targets", [say(f"column.{name}", language) for name in names], language)
    for answer, (low, high) in zip(result.answers, result.ranges, strict=False):
        table.add_row(
            _name(answer, language),
            f"{level(answer.baseline, answer.unit)}\n({answer.baseline_year})",
            growth(answer.required.cagr, language),
            chance(answer.probability),
            interval(*answer.interval),
            f"{percent(low, 0)} ~ {percent(high, 0)}" if low < high else DASH,
            level(answer.median, answer.unit),
            say(f"evidence.{answer.evidence}", language),
        )
    return table


def _faster(result: Result) -> Table:
    """Median growth a year: as assumed, as required, and as it would have to be."""
    language = result.language
    columns = [say("column.for_probability", language, probability=percent(wish, 0)) for wish in PROBABILITIES]
    names = [say(f"column.{name}", language) for name in ("target", "expected", "required")]
    table = ruled_table("title.faster", [*names, *columns], language)
    for answer in result.answers:
        needed = [growth(answer.required.for_probability[one], language) for one in PROBABILITIES]
        expected = cagr(answer.baseline, answer.median, answer.target.due - answer.baseline_year)
        table.add_row(answer.label, growth(expected, language), growth(answer.required.cagr, language), *needed)
    return table


def _official(result: Result) -> list[Table]:
    """The official rule's class beside the chance, for targets whose indicator has a past."""
    language = result.language
    columns = [say(f"column.{name}", language) for name in ("target", "observed", "needed", "ratio", "official")]
    table = ruled_table("title.official", columns, language)
    for answer in result.answers:
        if answer.yardsticks:
            record, verdict = answer.yardsticks.record, answer.yardsticks.official
            seen = f"{growth(record.observed, language)}\n({record.years[0]}-{record.years[-1]})"
            needed = f"{growth(record.required, language)}\n({record.years[0]}-{record.target_year})"
            table.add_row(answer.label, seen, needed, percent(verdict.value, 0), standing(verdict, language))
    return [table] if table.rows else []


def standing(verdict: Verdict, language: Language) -> str:
    """A rule's class in words, with the reason where there is none."""
    if verdict.standing is None:
        return ""
    name = say(f"standing.{verdict.standing}", language)
    return name if verdict.reason is None else f"{name}\n({say(f'reason.{verdict.reason}', language)})"


def _first_hits(result: Result) -> list[Table]:
    """When targets are reached for the first time: one table for each span of years."""
    tables = []
    for years in dict.fromkeys(tuple(answer.first_hit) for answer in result.answers):
        columns = [say("column.target", result.language), *map(str, years)]
        columns.append(say("column.never", result.language, year=years[-1]))
        table = ruled_table("title.first_hit", columns, result.language)
        for answer in result.answers:
            if tuple(answer.first_hit) == years:
                table.add_row(answer.label, *map(chance, answer.first_hit.values()), chance(answer.never))
        tables.append(table)
    return tables


def _parts(result: Result) -> list[Table]:
    """What the parts of sums contribute."""
    tables = []
    language = result.language
    for answer in result.answers:
        if answer.contributions:
            columns = [say(f"column.{name}", language) for name in ("part", "growth", "shortfall")]
            table = ruled_table("title.parts", columns, language, target=answer.label)
            for part in answer.contributions:
                table.add_row(part.label, level(part.growth, answer.unit), level(part.shortfall, answer.unit))
            tables.append(table)
    return tables


def _joint(answer: JointAnswer, count: int, language: Language) -> list[str]:
    if count < 2:
        return []
    ends = interval(*answer.interval)
    values = {"probability": chance(answer.all), "interval": ends, "expected": f"{answer.expected_hits:.2f}"}
    at_least = [
        say("joint.at_least", language, count=number, probability=chance(share))
        for number, share in answer.at_least.items()
    ]
    uplifts = [
        say(
            "joint.uplift_none" if uplift is None else "joint.uplift",
            language,
            probability=percent(wish, 0),
            uplift=percent(uplift),
        )
        for wish, uplift in answer.for_probability.items()
    ]
    return [
        say("joint.all", language, count=count, **values),
        say("joint.list", language, list=at_least),
        say("joint.for_probability", language, list=uplifts),
    ]
