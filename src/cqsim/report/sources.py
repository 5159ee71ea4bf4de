"""Where every figure comes from, as a table on a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from rich import box
from rich.table import Table

from cqsim.messages import Language, say
from cqsim.report.console import console_on
from cqsim.scenario.provenance import Figure


def print_figures(figures: list[Figure], language: Language, file: TextIO | None = None) -> None:
    """Print one row a block of figures."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("path", "evidence", "source", "note", "used_by"):
        table.add_column(say(f"column.{name}", language), overflow="fold")
    for figure in figures:
        grade = say(f"evidence.{figure.evidence}", language) if figure.evidence else ""
        about = [grade, figure.title or "", figure.note or "", "\n".join(figure.used_by)]
        table.add_row(f"{figure.path}\n{figure.figures}", *about)
    console_on(file or sys.stdout).print(table)
