"""Print results on a terminal."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from cqsim.answers.overview import Overview
from cqsim.answers.result import Result
from cqsim.errors import on_terminal
from cqsim.messages import Language, say
from cqsim.questions.compare import BASE, Comparison
from cqsim.report.content import tables
from cqsim.report.content.summary import joint_lines
from cqsim.report.document import Table
from cqsim.scenario.provenance import Figure

_WIDTH_WHEN_PIPED = 120


def print_found(answers: Result | Comparison | Overview) -> None:
    """Print the answers of a run, whatever their kind."""
    if isinstance(answers, Overview):
        print_overview(answers)
    elif isinstance(answers, Comparison):
        print_result(answers.results[BASE])
        print_comparison(answers)
    else:
        print_result(answers)


def print_result(result: Result, file: TextIO | None = None) -> None:
    """Print the answers, the most important first."""
    stream = file or sys.stdout
    console = console_on(stream)
    language = result.language
    years = result.scenario.years
    case = f"  ({result.case})" if result.case else ""
    console.print(f"{result.title}  {years.baseline} -> {years.end}{case}\n")
    answers = tables.targets_table(result), tables.growth_table(result), *tables.official_tables(result)
    for table in (*answers, *tables.first_hit_tables(result), *tables.part_tables(result), *tables.fit_tables(result)):
        print_table(table, console)
    for line in (*joint_lines(result.joint_answer, len(result.answers), language), "", *result.notes):
        console.print(line, soft_wrap=not stream.isatty())


def print_comparison(comparison: Comparison, file: TextIO | None = None) -> None:
    """Print the probability of every target under every case, and its difference from the base case."""
    console = console_on(file or sys.stdout)
    print_table(tables.cases_table(comparison), console)
    console.print(say("note.differences", comparison.language))


def print_overview(overview: Overview, file: TextIO | None = None) -> None:
    """Print the targets of several scenarios in one table."""
    stream = file or sys.stdout
    console = console_on(stream)
    print_table(tables.overview_table(overview), console, texts=2)
    console.print(say("note.overview", overview.language), soft_wrap=not stream.isatty())


def print_figures(figures: list[Figure], language: Language, file: TextIO | None = None) -> None:
    """Print the source of every figure, one row per block."""
    print_table(tables.figures_table(figures, language), console_on(file or sys.stdout), texts=5)


class _Console(Console):
    """A console for texts of others, which leaves it to the command how to end when nobody reads any more."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print texts and tables without what would steer the terminal."""
        super().print(*(on_terminal(item) if isinstance(item, str) else item for item in objects), **options)

    def on_broken_pipe(self) -> None:
        """Go on with the error that brought us here."""
        raise  # noqa: PLE0704


def console_on(stream: TextIO) -> Console:
    """A console that prints labels literally, with a fixed width unless the stream is a terminal."""
    width = None if stream.isatty() else _WIDTH_WHEN_PIPED
    return _Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def print_table(table: Table, console: Console, texts: int = 1) -> None:
    """Print a table and an empty line; its first `texts` columns are left-aligned, the others right-aligned.

    A row without a name in its first column goes on with the group above it.
    """
    rich = RichTable(
        title=on_terminal(table.caption), title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    for number, column in enumerate(table.columns):
        rich.add_column(on_terminal(column), justify="left" if number < texts else "right", overflow="fold")
    for number, row in enumerate(table.rows):
        rich.add_row(*(Text(on_terminal(cell.text)) for cell in row))
        if number + 1 < len(table.rows) and texts == 2 and table.rows[number + 1][0].text:
            rich.add_section()
    console.print(rich)
    console.print()
