"""Neutral tables in HTML: what the page and notebooks share."""

from __future__ import annotations

from markupsafe import Markup, escape

from cqsim.report.document import Table


def is_text(table: Table) -> bool:
    """Whether no cell holds a number, so that all columns read from the left."""
    return all(cell.value is None for row in table.rows for cell in row)


def lines(text: str) -> Markup:
    """A cell's text with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
