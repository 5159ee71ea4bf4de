"""What a screen reader or a keyboard needs, and the theme and the tables of notebooks lack."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

_AFTER_THE_THEME = 900
_NO_HEAD = re.compile(r"<th([^>]*)></th>")


def setup(app: Sphinx) -> None:
    """Mend pages as they are read and as they are written."""
    app.connect("doctree-read", _mend_tables)
    app.connect("html-page-context", _name_arrows, priority=_AFTER_THE_THEME)


def _mend_tables(app: Sphinx, doctree: nodes.document) -> None:
    """An empty cell is no head of anything; a box that scrolls can be reached with the keyboard."""
    for raw in doctree.findall(nodes.raw):
        text = _NO_HEAD.sub(r"<td\1></td>", raw.astext())
        raw.children = [nodes.Text(text.replace('<div class="cqsim">', '<div class="cqsim" tabindex="0">'))]


def _name_arrows(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """The arrows that unfold parts of the navigation say so."""
    made: Callable[..., object] = context["generate_toctree_html"]
    label = "展开" if context["language"] == "zh-CN" else "unfold"

    def named(*args: Any, **options: Any) -> str:
        return str(made(*args, **options)).replace("<summary>", f'<summary aria-label="{label}">')

    context["generate_toctree_html"] = named
