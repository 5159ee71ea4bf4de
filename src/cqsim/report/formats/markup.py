"""Cell texts in HTML, shared by the page and notebooks."""

from __future__ import annotations

from markupsafe import Markup, escape


def lines(text: str) -> Markup:
    """The escaped text of a cell, with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
