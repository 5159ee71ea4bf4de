"""Print backtests, look-backs and progress assessments on a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from cqsim.answers.assessments import Assessments
from cqsim.answers.backtest.running import Backtest
from cqsim.answers.lookback.lookback import LookBack
from cqsim.messages import Language, say
from cqsim.report.content.backtest import backtest_tables
from cqsim.report.content.lookback import heading, lookback_tables, realised_lines, score_lines
from cqsim.report.content.yardsticks import assessment_lines, assessments_table
from cqsim.report.formats.console import console_on, print_table

_SHOWN = 10  # series that were skipped; the document lists all


def print_backtest(backtest: Backtest, language: Language, file: TextIO | None = None) -> None:
    """Print intervals, probabilities, reliability and the series that were skipped."""
    console = console_on(file or sys.stdout)
    for table in backtest_tables(backtest, language):
        print_table(table, console)
    console.print(say("note.backtest", language))
    if backtest.skipped:
        console.print(f"\n{say('skipped_count', language, count=len(backtest.skipped))}")
    for skipped in backtest.skipped[:_SHOWN]:
        model = f" ({skipped.model})" if skipped.model else ""
        console.print(f"  {skipped.series}{model}: {skipped.fault.text(language)}")
    if len(backtest.skipped) > _SHOWN:
        console.print(say("skipped_more", language, count=len(backtest.skipped) - _SHOWN))


def print_lookback(looked: LookBack, file: TextIO | None = None) -> None:
    """Print the targets that are decided, those that are open, and the scores."""
    stream = file or sys.stdout
    console = console_on(stream)
    console.print(f"{heading(looked)}\n", soft_wrap=not stream.isatty())
    for table in lookback_tables(looked):
        print_table(table, console)
    realised = [say("title.realised", looked.language), *(f"  {line}" for line in realised_lines(looked)), ""]
    for line in (*score_lines(looked), "", *(realised if looked.scored else []), *looked.notes):
        console.print(line, soft_wrap=not stream.isatty())


def print_assessments(assessments: Assessments, language: Language, file: TextIO | None = None) -> None:
    """Print one row per series with its class, value and score under each rule, then the aggregate."""
    stream = file or sys.stdout
    console = console_on(stream)
    print_table(assessments_table(assessments, language), console)
    for line in assessment_lines(assessments, language):
        console.print(line, soft_wrap=not stream.isatty())
