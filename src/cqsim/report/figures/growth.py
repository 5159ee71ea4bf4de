"""Required growth against assumed growth, by target."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cqsim.answers.result import Result
from cqsim.errors import Fault
from cqsim.messages import Language, say
from cqsim.report.figures.drawing.captions import source_of, target_labels, titled_as
from cqsim.report.figures.drawing.style import (
    BROWN,
    DARK_BLUE,
    GREY,
    VERMILLION,
    Look,
    Panel,
    Width,
    minus,
    panel,
    row_height,
)
from cqsim.report.numbers import points

_FAR = 2.0
_LOOKS: dict[str, Look] = {
    "expected": {"color": DARK_BLUE, "marker": "o", "markerfacecolor": "white"},
    "required": {"color": VERMILLION, "marker": "D"},
}


def growth(result: Result, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """Annual growth to the median outcome and to the target level, joined by a line for each target.

    That of an indicator in per cent is in percentage points a year.

    Targets to which no rate leads, such as those that start at zero, are left out, and their number is stated. Growth
    that is more than twice that of all other targets is off the scale and stands in words.

    Parameters
    ----------
    result : Result
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Growth in per cent a year, one row a target.

    Raises
    ------
    Fault
        When no growth rate leads to any target, or there is no such font.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> len(growth(result).get_yticks())
    5
    """
    rates = [(answer.expected_growth, answer.required.growth) for answer in result.answers]
    growing = [
        (100 * expected, 100 * required, label)
        for (expected, required), label in zip(rates, target_labels(result, width), strict=True)
        if expected is not None and required is not None
    ]
    if not growing:
        raise Fault("chart_no_growth")
    labels = [label for _, _, label in growing]
    on = panel(ax, width, font, height=2.6 + row_height(labels, width))
    for row, (expected, required, _) in enumerate(growing):
        _dumbbell(on, row, expected, required, result.language)
    on.rows(labels)
    _scale(on, [(expected, required) for expected, required, _ in growing])
    on.ax.xaxis.set_major_locator(MaxNLocator(nbins=5 if width == 8 else 8, steps=[1, 2, 5, 10]))
    on.ax.xaxis.set_major_formatter(FuncFormatter(lambda rate, _: minus(f"{rate:g}")))
    left_out = len(rates) - len(growing)
    tail = "\n" + say("chart.left_out", result.language, count=left_out) if left_out else ""
    stated = {answer.required.growth_in for answer in result.answers} - {None}
    axis = "chart.growth" if stated <= {"rate"} else "chart.growth_points"
    on.axes(say(axis, result.language) + tail, "")
    names = {"expected": say("column.expected", result.language), "required": say("column.required", result.language)}
    marks = [Line2D([], [], markersize=4.5, linestyle="none", label=names[name], **_LOOKS[name]) for name in _LOOKS]
    on.head(titled_as(result, "growth"), marks)
    on.source(source_of(result))
    return on.ax


def _scale(on: Panel, rows: Sequence[tuple[float, float]]) -> None:
    """Axis limits; outliers that would squeeze the other rows are written at the edge instead."""
    *_, second, top = [0.0, *sorted(max(row) for row in rows)]
    if second > 0 and top > _FAR * second:
        top = second
    low = min(min(row) for row in rows)
    pad = 0.08 * ((top - low) or 1)
    on.ax.set_xlim(low - pad, top + pad)
    for number, row in enumerate(rows):
        if max(row) > top:
            words = minus(f"{row[0]:.1f} → {row[1]:.1f}")
            place = on.ax.get_yaxis_transform()
            on.note(words, (1, number), (-3, 0), xycoords=place, va="center", ha="right", color=BROWN)


def _dumbbell(on: Panel, row: int, expected: float, required: float, language: Language) -> None:
    on.ax.plot([expected, required], [row, row], color=GREY, linewidth=1.2, zorder=1, label="gap")
    for name, value in (("expected", expected), ("required", required)):
        on.ax.plot([value], [row], markersize=4.5, linestyle="none", label=name, **_LOOKS[name])
    gap = points((required - expected) / 100, language)
    on.note(
        gap, (1, row), (3, 0), xycoords=on.ax.get_yaxis_transform(), va="center", annotation_clip=False, path_effects=()
    )
