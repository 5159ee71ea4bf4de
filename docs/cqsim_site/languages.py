"""The language of each page, and Chinese lines that are one sentence."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_WIDE = "\u3000-\u9fff\uff00-\uffef“”‘’—…"
_BROKEN = re.compile(f"(?<=[{_WIDE}])\n(?=[{_WIDE}])")


def setup(app: Sphinx) -> None:
    """State the language for screen readers and the browser's choice of characters; join lines."""
    app.connect("html-page-context", _state)
    app.connect("doctree-read", _join)


def _state(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    context["language"] = "en" if page.startswith("en/") else "zh-CN"


def _join(app: Sphinx, doctree: nodes.document) -> None:
    """A line break in the source is a space on the page, which has no place between Chinese characters."""
    for paragraph in doctree.findall(nodes.paragraph):
        for at, child in enumerate(paragraph.children):
            if child == "\n" and at and _BROKEN.search("".join(_around(paragraph, at))):
                paragraph[at] = nodes.Text("")


def _around(paragraph: nodes.paragraph, at: int) -> list[str]:
    return [child.astext() for child in paragraph.children[at - 1 : at + 2]]
