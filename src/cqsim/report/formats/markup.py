"""Texts of tables in HTML: what the page and notebooks share."""

from __future__ import annotations

from markupsafe import Markup, escape


def lines(text: str) -> Markup:
    """A cell's text with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
