"""The arrows that unfold parts of the navigation have names, so that they can be told apart when they are read out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_AFTER_THE_THEME = 900


def setup(app: Sphinx) -> None:
    """Name them on every page."""
    app.connect("html-page-context", _name, priority=_AFTER_THE_THEME)


def _name(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    made: Callable[..., object] = context["generate_toctree_html"]
    label = "展开" if context["language"] == "zh-CN" else "unfold"

    def named(*args: Any, **options: Any) -> str:
        return str(made(*args, **options)).replace("<summary>", f'<summary aria-label="{label}">')

    context["generate_toctree_html"] = named
