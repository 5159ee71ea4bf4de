"""The language that a page states for itself, for screen readers and for the browser's choice of characters."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_CHINESE = re.compile("[\u4e00-\u9fff]")


def setup(app: Sphinx) -> None:
    """Set it for every page."""
    app.connect("html-page-context", _state)


def _state(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    context["language"] = "zh-CN" if doctree is None or _CHINESE.search(context.get("title", "")) else "en"
