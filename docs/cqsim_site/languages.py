"""The language of each page and of the words around it, and Chinese lines that are one sentence."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_WIDE = "\u3000-\u9fff\uff00-\uffef“”‘’—…"
_SIGNS = "\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"  # they bring their own space
_BROKEN = re.compile(f"(?<=[{_WIDE}])\n(?=[{_WIDE}])|(?<=[{_SIGNS}])\n|\n(?=[{_SIGNS}])")


def setup(app: Sphinx) -> None:
    """State the language for screen readers and the browser's choice of characters; join lines."""
    app.connect("html-page-context", _state)
    app.connect("doctree-read", _join)


def _state(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    english = _folder(page) == "en"
    context["language"] = "en" if english else "zh-CN"
    if english:  # the theme's own words are English before they are translated
        context["_"] = context["gettext"] = str
    for arrow in ("prev", "next"):
        if (to := context.get(arrow)) and _folder(normpath(join(dirname(page), to["link"]))) != _folder(page):
            context[arrow] = None  # a reader who turns pages stays in the language


def _folder(page: str) -> str:
    return page.partition("/")[0]


def _join(app: Sphinx, doctree: nodes.document) -> None:
    """A line break in the source is a space on the page, which has no place between Chinese characters."""
    for paragraph in doctree.findall(nodes.paragraph):
        for at, child in enumerate(paragraph.children):
            if child == "\n" and _BROKEN.search("\n".join(_around(paragraph, at))):
                paragraph[at] = nodes.Text("")


def _around(paragraph: nodes.paragraph, at: int) -> tuple[str, str]:
    """What stands before a child and after it."""
    before, after = paragraph.children[:at], paragraph.children[at + 1 :]
    return "".join(child.astext() for child in before)[-1:], "".join(child.astext() for child in after)[:1]
