"""The tables of a result, shared by the terminal, pages, documents and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from cqsim.answers.fits import FittedFigure
from cqsim.answers.overview import Overview
from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.answers.target.required import PROBABILITIES
from cqsim.messages import Language, say
from cqsim.questions.compare import BASE, Comparison, Difference
from cqsim.rates import growth_between
from cqsim.report.document import Cell, Table
from cqsim.report.numbers import DASH, growth, interval, level, percent, plain, points, probability, whole_percent
from cqsim.report.wording import wanted
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.provenance import Figure
from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Verdict


def table_of(
    title: str,
    columns: Sequence[str],
    language: Language,
    rows: Sequence[tuple[Cell, ...]],
    bars: Sequence[int] = (),
    **values: str,
) -> Table:
    """A table whose caption and columns are message keys; a column without a leading dot is used as it is."""
    heads = tuple(say(f"column.{name[1:]}", language) if name.startswith(".") else name for name in columns)
    return Table(say(title, language, **values), heads, tuple(rows), tuple(bars))


def targets_table(result: Result) -> Table:
    """Each target: what it requires and how likely it is."""
    names = (".target", ".baseline", ".required", ".probability", ".interval", ".range", ".median", ".evidence")
    rows = [
        (
            Cell(named(answer, result.language)),
            Cell(f"{level(answer.baseline, answer.unit)}\n({answer.baseline_year})", answer.baseline, "number"),
            rate(answer.required.growth, answer, result.language),
            share(answer.probability),
            Cell(interval(*answer.interval)),
            Cell(range_text(answer.range)),
            Cell(level(answer.median, answer.unit), answer.median, "number"),
            Cell(say(f"evidence.{answer.evidence}", result.language)),
        )
        for answer in result.answers
    ]
    return table_of("title.targets", names, result.language, rows, [names.index(".probability")])


def growth_table(result: Result) -> Table:
    """Median annual growth: as assumed, as required, and as needed for given probabilities."""
    language = result.language
    wishes = [say("column.for_probability", language, probability=percent(wish, 0)) for wish in PROBABILITIES]
    rows = []
    for answer in result.answers:
        likely = [_likely(answer, wish, language) for wish in PROBABILITIES]
        known = (rate(value, answer, language) for value in (answer.expected_growth, answer.required.growth))
        rows.append((Cell(answer.label), *known, *likely))
    return table_of("title.faster", (".target", ".expected", ".required", *wishes), language, rows)


def _likely(answer: TargetAnswer, wish: float, language: Language) -> Cell:
    """The growth that makes a target this likely, or the best that growth can do."""
    needed, best = answer.required.for_probability[wish], answer.required.best
    if needed is not None or best is None or best[1] is None:
        return rate(needed, answer, language)
    grown = growth(best[1], language, answer.required.growth_in)
    text = {"probability": whole_percent(best[0]), "growth": grown}
    return Cell(say("cell.best", language, **text))


def official_tables(result: Result) -> list[Table]:
    """The class under the official progress rule, for targets whose indicator has a history."""
    language = result.language
    rows = []
    for answer in result.answers:
        if answer.yardsticks:
            record, verdict = answer.yardsticks.record, answer.yardsticks.official
            seen = _between(record, record.last, record.years[-1], answer, language)
            needed = _between(record, record.target, record.target_year, answer, language)
            aside = "\n" + say("official.relative", language) if answer.required.growth_in != "rate" else ""
            ratio = Cell(percent(verdict.value, 0) + aside, verdict.value, "percent")
            rows.append((Cell(answer.label), seen, needed, ratio, Cell(standing(verdict, language))))
    names = (".target", ".observed", ".needed", ".ratio", ".official")
    return [table_of("title.official", names, language, rows)] if rows else []


def _between(record: Record, value: float | None, year: int | None, answer: TargetAnswer, language: Language) -> Cell:
    """Growth from the first value of a record to another, with its years."""
    if value is None or year is None or year == record.years[0]:
        return Cell(DASH)
    growth_in = answer.required.growth_in
    grown = growth_between(growth_in, record.first, value, year - record.years[0])
    if growth_in == "rate":
        grown = record.observed if year == record.years[-1] else record.required  # of values below zero, too
    cell = rate(grown, answer, language)
    return replace(cell, text=f"{cell.text}\n({record.years[0]}-{year})")


def standing(verdict: Verdict, language: Language) -> str:
    """The class under a progress rule in words, or the reason why there is none."""
    if verdict.standing is None:
        return ""
    name = say(f"standing.{verdict.standing}", language)
    return name if verdict.reason is None else f"{name}\n({say(f'reason.{verdict.reason}', language)})"


def first_hit_tables(result: Result) -> list[Table]:
    """First-hit years of the targets, and years from which limits hold: one table for each span of years."""
    tables = []
    for holds, years in dict.fromkeys((answer.holds, tuple(answer.first_hit)) for answer in result.answers):
        rows = [
            (Cell(answer.label), *map(share, answer.first_hit.values()), share(answer.never))
            for answer in result.answers
            if (answer.holds, tuple(answer.first_hit)) == (holds, years)
        ]
        never = say("column.not_held" if holds else "column.never", result.language, year=years[-1])
        names = (".target", *map(str, years), never)
        title = "title.holds_from" if holds else "title.first_hit"
        tables.append(table_of(title, names, result.language, rows, range(1, len(names))))
    return tables


def part_tables(result: Result) -> list[Table]:
    """Contributions of the parts of sums to growth and to shortfalls."""
    tables = []
    for answer in result.answers:
        rows = [
            (Cell(part.label), amount(part.growth, answer.unit), amount(part.shortfall, answer.unit))
            for part in answer.contributions
        ]
        if rows:
            names = (".part", ".growth", ".shortfall")
            tables.append(table_of("title.parts", names, result.language, rows, target=answer.label))
    return tables


def fit_tables(result: Result) -> list[Table]:
    """Prior, evidence from the history, and posterior of the growth parameters."""
    language = result.language
    rows = []
    for fit in result.fits:
        shown = partial(_fitted, fit, language)
        rows.append(
            (
                Cell(fit.label),
                Cell(say(f"figure.{fit.figure}", language)),
                Cell(DASH if fit.prior is None else " ".join(map(shown, fit.prior))),
                Cell(DASH if fit.data is None else f"{shown(fit.data)} ({fit.years})"),
                Cell(" ".join(map(shown, fit.posterior))),
                Cell(percent(fit.prior_weight, 0), fit.prior_weight, "percent"),
                Cell(say("used.posterior" if fit.used else "used.prior", language)),
            )
        )
    names = (".indicator", ".figure", ".prior", ".history", ".posterior", ".prior_weight", ".used")
    return [table_of("title.fits", names, language, rows)] if rows else []


def _fitted(fit: FittedFigure, language: Language, value: float) -> str:
    """A fitted figure as its kind is written: a plain number, a rate, percentage points or an amount."""
    if fit.stated_in is None:
        return plain(value)
    if fit.stated_in == "amount":
        return level(value, fit.unit)
    return percent(value) if fit.stated_in == "rate" else say("points", language, value=f"{100 * value:.1f}")


def cases_table(comparison: Comparison) -> Table:
    """The probability of every target under every case, and its difference from the base case."""
    base = comparison.results[BASE]
    names = [name for name in comparison.results if name != BASE]
    labels = [text_in(base.scenario.cases[name].label or name, base.language) for name in names]
    heads = [(answer.label, answer.probability) for answer in base.answers]
    heads.append((say("column.all", base.language), base.joint_answer.all))
    columns = [[change for change in comparison.differences if change.case == name] for name in names]
    rows = [
        (Cell(head), share(value), *(_difference(column[number], base.language) for column in columns))
        for number, (head, value) in enumerate(heads)
    ]
    return table_of("title.cases", (".target", ".base", *labels), base.language, rows)


def _difference(change: Difference, language: Language) -> Cell:
    return Cell(
        f"{probability(change.probability)} ({points(change.difference, language)})", change.probability, "percent"
    )


def overview_table(overview: Overview) -> Table:
    """The targets of several scenarios; the last row of each scenario is for all its targets jointly."""
    language = overview.language
    rows = []
    for result in overview.results:
        title = result.title
        for answer in result.answers:
            words = (
                Cell(named(answer, language)),
                rate(answer.required.growth, answer, language),
                share(answer.probability),
            )
            grade = Cell(say(f"evidence.{answer.evidence}", language))
            rows.append((Cell(title), *words, Cell(interval(*answer.interval)), Cell(range_text(answer.range)), grade))
            title = ""
        joint, count = result.joint_answer, len(result.answers)
        if count > 1:
            together = Cell(say("overview.all", language, count=count))
            errors = Cell(interval(*joint.interval)), Cell(range_text(joint.range))
            rows.append((Cell(""), together, Cell(""), share(joint.all), *errors, Cell("")))
    names = (".place", ".target", ".required", ".probability", ".interval", ".range", ".evidence")
    return table_of("title.overview", names, language, rows)


def figures_table(figures: list[Figure], language: Language) -> Table:
    """The source of every figure, one row per block."""
    rows = [
        (
            Cell(f"{figure.path}\n{figure.figures}"),
            Cell(say(f"evidence.{figure.evidence}", language) if figure.evidence else ""),
            Cell(figure.title or ""),
            Cell(figure.note or ""),
            Cell("\n".join(figure.used_by)),
        )
        for figure in figures
    ]
    return table_of("title.figures", (".path", ".evidence", ".source", ".note", ".used_by"), language, rows)


def named(answer: TargetAnswer, language: Language) -> str:
    """A target by its label and what it demands."""
    return f"{answer.label}\n{wanted(answer, language)}"


def range_text(ends: tuple[float, float] | None) -> str:
    """The range of a probability over uncertain parameters; a dash where all are taken as exact.

    >>> range_text((0.156, 0.702)), range_text((0.0001, 0.0107)), range_text((1e-9, 2e-9)), range_text((0.5, 0.5))
    ('16% ~ 70%', '0% ~ 1%', '<0.01%', '-')
    """
    if ends is None or ends[0] == ends[1]:
        return DASH
    low, high = (percent(end, 0) for end in ends)
    if low == high:
        low, high = (probability(end) for end in ends)
    return low if low == high else f"{low} ~ {high}"


def share(value: float) -> Cell:
    """A probability."""
    return Cell(probability(value), value, "percent")


def rate(value: float | None, answer: TargetAnswer, language: Language) -> Cell:
    """Annual growth, as it is stated for a target: as a rate, in percentage points, or not at all."""
    growth_in = answer.required.growth_in
    text = growth(value, language, growth_in)
    if growth_in == "points":
        return Cell(text, None if value is None else 100 * value, "number")
    return Cell(text, value if growth_in else None, "percent")


def amount(value: float | None, unit: str) -> Cell:
    """A level in its unit."""
    return Cell(level(value, unit), value, "number")
