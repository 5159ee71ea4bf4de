"""Charts made while the site is built: the code is shown, run, and what it draws stands under it."""

from __future__ import annotations

import ast
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent
from typing import Any, ClassVar

import matplotlib as mpl
from docutils import nodes
from docutils.parsers.rst import directives
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from sphinx.util.docutils import SphinxDirective

import cqsim
from cqsim.growth.base import REGISTRY as MODELS
from cqsim.report.figures.drawing.files import rendered
from cqsim_site.reference import fields

mpl.use("Agg")
_ROOT = Path(__file__).parents[2]
_HEAD = """\
id: {model}
language: zh
years: {{baseline: 2021, end: 2031}}
indicators:
  x:
    label: {model}
"""


class Chart(SphinxDirective):
    """Code whose last line gives axes; the page's earlier charts have left their names behind.

    The argument is the picture's name, `alt` what it shows.
    """

    has_content: ClassVar[bool] = True
    required_arguments: ClassVar[int] = 1
    option_spec: ClassVar[dict[str, Any]] = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """The code and its picture."""
        code = "\n".join(self.content)
        block = nodes.literal_block(code, code, language="python")
        names = self.env.current_document.setdefault("cqsim_names", {"cqsim": cqsim})
        with chdir(_ROOT):
            axes = _last_value(code, names)
        return [block, _picture(self, self.arguments[0], axes, self.options["alt"])]


class GrowthModel(SphinxDirective):
    """An indicator that grows by the model that the argument names: its text, its fan, and the model's own keys."""

    has_content: ClassVar[bool] = True
    required_arguments: ClassVar[int] = 1

    def run(self) -> list[nodes.Node]:
        """The text, the picture and the table."""
        model = self.arguments[0]
        text = "\n".join(self.content)
        result = cqsim.run(_scenario(model, text), paths=20_000, seed=1, progress=False)
        picture = _picture(self, model, result.plot.fan("x", width=8), f"模型 {model} 的扇形图")
        block = nodes.literal_block(text, text, language="yaml")
        keys = self.parse_text_to_nodes(fields(MODELS.find(model).__name__, "zh", shared=False))
        return [block, picture, *keys]


def _scenario(model: str, indicator: str) -> cqsim.Scenario:
    """A scenario of one indicator, read as a file is."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.yaml"
        file.write_text(_HEAD.format(model=model) + indent(indicator, " " * 4), encoding="utf-8")
        return cqsim.load(file)


def _last_value(code: str, names: dict[str, Any]) -> Axes:
    """Run the code and give the value of its last line."""
    *before, last = ast.parse(code).body
    if not isinstance(last, ast.Expr):
        raise TypeError("the last line of a chart gives no axes")
    exec(compile(ast.Module(before, []), "<chart>", "exec"), names)  # noqa: S102  # the page's own code
    return eval(compile(ast.Expression(last.value), "<chart>", "eval"), names)  # type: ignore[no-any-return]  # noqa: S307


def _picture(directive: SphinxDirective, name: str, axes: Axes, alt: str) -> nodes.Node:
    """The picture of some axes as a file of the build, and the node that shows it."""
    folder = Path(directive.env.srcdir) / "_build" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{directive.env.docname.replace('/', '-')}-{name}.svg"
    file.write_bytes(rendered(axes, "svg"))
    plt.close("all")
    text = f"```{{image}} /_build/pictures/{file.name}\n:alt: {alt}\n:class: chart\n```"
    (picture,) = directive.parse_text_to_nodes(text)
    return picture
