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
from cqsim.answers.overview import Overview
from cqsim.answers.required import PROBABILITIES
from cqsim.answers.result import Result
from cqsim.answers.target import TargetAnswer
from cqsim.messages import Language, say
from cqsim.rates import cagr
from cqsim.report.numbers import DASH, chance, growth, interval, level, percent, plain, points
from cqsim.scenario.indicator import TimesBaseline
from cqsim.scenario.text import text_in
from cqsim.yardsticks.verdict import Verdict

_WIDTH_WHEN_PIPED = 120


def print_found(found: Result | Comparison | Overview) -> None:
    """Print whatever a run found."""
    if isinstance(found, Overview):
        print_overview(found)
    elif isinstance(found, Comparison):
        print_result(found.results[BASE])
        print_comparison(found)
    else:
        print_result(found)


def print_result(result: Result, file: TextIO | None = None) -> None:
    """Print the answers, most wanted first."""
    stream = file or sys.stdout
    console = console_on(stream)
    language = result.language
    years = result.scenario.years
    case = f"  ({result.case})" if result.case else ""
    console.print(f"{result.title}  {years.baseline} -> {years.end}{case}\n")
    for table in (
        _targets(result),
        _faster(result),
        *_official(result),
        *_first_hits(result),
        *_parts(result),
        *_fits(result),
    ):
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
    table = table_of(
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


def print_overview(overview: Overview, file: TextIO | None = None) -> None:
    """Print the targets of several scenarios in one table, each scenario's targets together in its last row."""
    stream = file or sys.stdout
    console = console_on(stream)
    language = overview.language
    names = ("place", "target", "required", "probability", "interval", "range", "evidence")
    table = table_of("title.overview", [say(f"column.{name}", language) for name in names], language)
    table.columns[1].justify = "left"
    for result in overview.results:
        title = result.title
        for answer, ends in zip(result.answers, result.ranges, strict=False):
            table.add_row(title, *_glance(answer, ends, language))
            title = ""
        joint, count = result.joint_answer, len(result.answers)
        if count > 1:
            together = say("overview.all", language, count=count)
            table.add_row("", together, "", chance(joint.all), interval(*joint.interval), spread(result.ranges[-1]))
        table.add_section()
    console.print(table)
    console.print()
    console.print(say("note.overview", language), soft_wrap=not stream.isatty())


def _glance(answer: TargetAnswer, ends: tuple[float, float], language: Language) -> list[Text | str]:
    required = growth(answer.required.cagr, language)
    grade = say(f"evidence.{answer.evidence}", language)
    shares = chance(answer.probability), interval(*answer.interval), spread(ends)
    return [_name(answer, language), required, *shares, grade]


def spread(ends: tuple[float, float]) -> str:
    """The range of a chance over what is not known, in whole per cent; nothing where all is taken as known."""
    return f"{percent(ends[0], 0)} ~ {percent(ends[1], 0)}" if ends[0] < ends[1] else DASH


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


def table_of(title: str, columns: list[str], language: Language, **values: str) -> Table:
    """An empty table; its first column is text, the others are numbers."""
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
    table = table_of("title.targets", [say(f"column.{name}", language) for name in names], language)
    for answer, ends in zip(result.answers, result.ranges, strict=False):
        table.add_row(
            _name(answer, language),
            f"{level(answer.baseline, answer.unit)}\n({answer.baseline_year})",
            growth(answer.required.cagr, language),
            chance(answer.probability),
            interval(*answer.interval),
            spread(ends),
            level(answer.median, answer.unit),
            say(f"evidence.{answer.evidence}", language),
        )
    return table


def _faster(result: Result) -> Table:
    """Median growth a year: as assumed, as required, and as it would have to be."""
    language = result.language
    columns = [say("column.for_probability", language, probability=percent(wish, 0)) for wish in PROBABILITIES]
    names = [say(f"column.{name}", language) for name in ("target", "expected", "required")]
    table = table_of("title.faster", [*names, *columns], language)
    for answer in result.answers:
        needed = [growth(answer.required.for_probability[one], language) for one in PROBABILITIES]
        expected = cagr(answer.baseline, answer.median, answer.target.due - answer.baseline_year)
        table.add_row(answer.label, growth(expected, language), growth(answer.required.cagr, language), *needed)
    return table


def _official(result: Result) -> list[Table]:
    """The official rule's class beside the chance, for targets whose indicator has a past."""
    language = result.language
    columns = [say(f"column.{name}", language) for name in ("target", "observed", "needed", "ratio", "official")]
    table = table_of("title.official", columns, language)
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
        table = table_of("title.first_hit", columns, result.language)
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
            table = table_of("title.parts", columns, language, target=answer.label)
            for part in answer.contributions:
                table.add_row(part.label, level(part.growth, answer.unit), level(part.shortfall, answer.unit))
            tables.append(table)
    return tables


def _fits(result: Result) -> list[Table]:
    """What was thought of growth, what the history says, and what both leave."""
    if not result.fits:
        return []
    names = ("indicator", "figure", "prior", "history", "posterior", "prior_weight", "used")
    table = table_of("title.fits", [say(f"column.{name}", result.language) for name in names], result.language)
    for one in result.fits:
        shown = plain if one.figure == "persistence" else percent
        table.add_row(
            one.label,
            say(f"figure.{one.figure}", result.language),
            DASH if one.prior is None else " ".join(map(shown, one.prior)),
            DASH if one.data is None else f"{shown(one.data)} ({one.years})",
            " ".join(map(shown, one.posterior)),
            percent(one.prior_weight, 0),
            say("used.posterior" if one.used else "used.prior", result.language),
        )
    return [table]


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
