"""The style of all charts: two widths, small legible text, colours that differ in greyscale too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import blended_transform_factory
from rich.cells import cell_len, chop_cells

from cqsim.errors import Fault
from cqsim.report.figures.drawing.files import rendered
from cqsim.report.figures.drawing.fonts import families
from cqsim.report.figures.drawing.layout import OneChart

Look = dict[str, Any]
"""Options of an artist."""
Width = Literal[8, 16]
"""In cm: half or all of a Word page's text."""

# Okabe and Ito's palette (its vermillion darkened, for text), and blues in the order of their lightness.
INK = "#1A1A1A"
GREY = "#6E6E6E"
PALE = "#DDDDDD"
BLUE = "#0072B2"
DARK_BLUE = "#08306B"
VERMILLION = "#B84A00"
BROWN = "#7A2E00"
"""For text beside what is vermillion."""
ORANGE = "#E69F00"
BANDS = ("#DCE9F5", "#B4D0E8", "#7FB0D8")
"""Of the fan, outermost first."""

_CM = 1 / 2.54
_ON_SCREEN = 120  # dots an inch in notebooks; drawn twice as fine, for screens that show it
_TEXT = {8: 7.0, 16: 8.5}
_CELLS = {8: 18, 16: 34}  # of the labels of rows; a Chinese character takes two
_LINE = {8: 62, 16: 120}  # cells of a line under the axes


class Chart(Axes):
    """Axes on a figure of their own, which a notebook shows as a picture, somewhat larger than in print."""

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        inches = self.get_figure(root=True).get_size_inches()  # type: ignore[union-attr]  # it is on one
        width, height = (round(_ON_SCREEN * side) for side in inches)
        return rendered(self, "png", 2 * _ON_SCREEN), {"width": width, "height": height}


@dataclass(frozen=True)
class Panel:
    """Axes to draw on, with the style of their text.

    Parameters
    ----------
    ax : Axes
    width : {8, 16}
        In cm; decides the size of text.
    fonts : list of str
        Families in which each character is looked for.
    is_own : bool
        Whether the figure was made for this chart, so that it also says where it comes from.
    """

    ax: Axes
    width: Width
    fonts: list[str]
    is_own: bool

    @property
    def points(self) -> float:
        """Size of text in points."""
        return _TEXT[self.width]

    def write(self, x: float, y: float, text: str, **options: Any) -> Text:
        """Text at data coordinates."""
        return self.ax.text(x, y, minus(text), **self._style(options))

    def note(self, text: str, place: tuple[float, float], offset: tuple[float, float], **options: Any) -> Text:
        """Text offset by some points from data coordinates, with a halo that keeps it legible."""
        style = self._style({"path_effects": [withStroke(linewidth=1.6, foreground="white", alpha=0.85)], **options})
        return self.ax.annotate(minus(text), place, xytext=offset, textcoords="offset points", **style)

    def head(self, title: str, marks: Sequence[Artist] = ()) -> None:
        """The title and the legend above the axes; in a new figure they start at its left edge."""
        ax, figure = self.ax, self.ax.figure
        longest = max((cell_len(str(mark.get_label())) for mark in marks), default=0)
        columns = max(1, min(len(marks), _LINE[self.width] // (longest + 6)))
        lines = -(-len(marks) // columns)
        shown = wrapped(title, _LINE[self.width], most=2)
        if self.is_own and isinstance(figure, Figure):
            figure.suptitle(shown, x=0.01, ha="left", **self._style({}))
        else:
            ax.set_title(shown, loc="left", pad=6 + lines * self.points * 1.7, **self._style({}))
        if not marks:
            return
        is_aside = self.is_own and len(ax.get_yticks()) > 0  # left of the axes, above the labels there
        legend = ax.legend(
            handles=list(marks),
            loc="lower left",
            bbox_to_anchor=(0.01 if is_aside else 0, 1.0),
            bbox_transform=blended_transform_factory(figure.transFigure, ax.transAxes) if is_aside else ax.transAxes,
            ncols=columns,
            frameon=False,
            borderpad=0,
            borderaxespad=0.4,
            columnspacing=1.2,
            handletextpad=0.5,
            handlelength=1.4,
            prop={"family": self.fonts, "size": self.points},
        )
        for text in legend.get_texts():
            text.set_parse_math(False)

    def axes(self, x: str, y: str) -> None:
        """Axis labels, with units."""
        self.ax.set_xlabel(wrapped(x, int(_LINE[self.width] * 0.7)), **self._style({}))
        self.ax.set_ylabel(y, **self._style({}))

    def shares(self, label: str) -> None:
        """A horizontal axis of shares from 0 to 100 %."""
        self.ax.set_xlim(0, 100)
        self.ax.set_xticks(range(0, 101, 20))
        self.axes(label, "")

    def rows(self, labels: Sequence[str]) -> None:
        """One row per label, the first on top."""
        shown = [wrapped(label, _CELLS[self.width]) for label in labels]
        self.ax.set_yticks(range(len(labels)), shown, parse_math=False)
        self.ax.set_ylim(len(labels) - 0.5, -0.5)
        self.ax.spines["left"].set_visible(False)
        self.ax.tick_params(axis="y", length=0, pad=6)
        self.ax.grid(axis="x", color=PALE, linewidth=0.5)

    def source(self, text: str) -> None:
        """The source line, small and grey below the axes; only in a figure made for this chart."""
        figure = self.ax.figure
        if self.is_own and isinstance(figure, Figure):
            shown = wrapped(text, _LINE[self.width])
            figure.supxlabel(shown, x=0.01, ha="left", **self._style({"color": GREY, "fontsize": 7.0}))

    def _style(self, options: dict[str, Any]) -> dict[str, Any]:
        # Text is text: a dollar sign is no beginning of a formula.
        return {"fontsize": self.points, "fontfamily": self.fonts, "color": INK, "parse_math": False, **options}


def panel(ax: Axes | None, width: Width, font: str | None, height: float) -> Panel:
    """Axes in the common style: those given, or new ones in a figure of their own.

    Parameters
    ----------
    ax : Axes or None
    width : {8, 16}
        In cm.
    font : str or None
        See `cqsim.report.figures.drawing.fonts.families`.
    height : float
        Of a new figure, in cm.

    Raises
    ------
    Fault
        When the width is another one, or there is no such font.
    """
    _check(width)
    fonts = families(font)
    styled = ax if ax is not None else _new(width, height)
    for side in ("top", "right"):
        styled.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        styled.spines[side].set(color=GREY, linewidth=0.6)
    styled.tick_params(labelsize=_TEXT[width], labelfontfamily=fonts, color=GREY, labelcolor=INK, width=0.6, length=2.5)
    styled.set_axisbelow(True)
    return Panel(styled, width, fonts, ax is None)


def _new(width: Width, height: float) -> Axes:
    figure = Figure(figsize=(width * _CM, height * _CM), dpi=200, layout=OneChart(), facecolor="white")
    FigureCanvasAgg(figure)
    return figure.add_subplot(axes_class=Chart)


def _check(width: int) -> None:
    if width not in _TEXT:
        raise Fault("not_one_of", value=width, allowed=list(_TEXT))


def row_height(labels: Sequence[str], width: Width, least: float = 0.62) -> float:
    """Height of rows with these labels, in cm."""
    _check(width)
    lines = [wrapped(label, _CELLS[width]).count("\n") + 1 for label in labels]
    return len(labels) * max(least, max(lines) * _TEXT[width] * 0.047 + 0.15)


def line(text: str, width: Width) -> str:
    """A text wrapped to nearly the width of a figure."""
    _check(width)
    return wrapped(text, int(_LINE[width] * 0.87))


def minus(text: str) -> str:
    """A text with true minus signs in its numbers.

    >>> minus("-3.2 to -1, 2021-2025")
    '−3.2 to −1, 2021-2025'
    """
    return re.sub(r"(?<![\w.])-(?=\d)", "\N{MINUS SIGN}", text)


_PIECES = re.compile(r"[（《“(]*(?:[^\W\d_a-zA-Z]|[^\s\u2e80-\uffff]+)[，。；：、）》”)%]*|\s+|\S")


def wrapped(text: str, cells: int, most: int = 8) -> str:
    """A text wrapped at spaces or between Chinese characters to at most `cells` cells and `most` lines.

    >>> wrapped("数字经济核心产业增加值", 12).split()
    ['数字经济核心', '产业增加值']
    >>> wrapped("Annual visitors of the district", 16).splitlines()
    ['Annual visitors', 'of the district']
    """
    lines = [line for part in text.split("\n") for line in _lines(part, cells)]
    return "\n".join(lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + "…"])


def _lines(text: str, cells: int) -> list[str]:
    """As few lines as possible, then as even as possible."""
    fewest = _filled(text, cells)
    narrow = -(-cell_len(text) // len(fewest))
    return next((lines for even in range(narrow, cells) if len(lines := _filled(text, even)) == len(fewest)), fewest)


def _filled(text: str, cells: int) -> list[str]:
    lines = [""]
    for piece in (part for word in _PIECES.findall(text) for part in chop_cells(word, cells)):
        if lines[-1].strip() and cell_len((lines[-1] + piece).strip()) > cells and not piece.isspace():
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]
