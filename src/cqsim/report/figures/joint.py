"""Which targets are hit jointly."""

from __future__ import annotations

from matplotlib.axes import Axes

from cqsim.answers.result import Result
from cqsim.errors import Fault
from cqsim.messages import say
from cqsim.report.figures.drawing.captions import source_of, target_labels, titled_as
from cqsim.report.figures.drawing.style import BLUE, INK, PALE, Panel, Width, panel, row_height
from cqsim.report.numbers import probability
from cqsim.simulation.counts.combinations import MOST_TARGETS

_COLUMNS = {8: 6, 16: 12}
_BARS = 2.0  # height of the longest, in cm
_GAP = 0.7  # between the bars and the first row, in rows


def joint(result: Result, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """The most frequent combinations of hits and misses, and the share of paths with each.

    A column is a combination: its dark dots are the targets that are hit on the same path, its bar says on how many of
    the paths just these are. (The form is that of the UpSet plot of Lex et al., 2014.)

    Parameters
    ----------
    result : Result
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        One row a target, one column a combination; bars above the rows.

    Raises
    ------
    Fault
        When there is one target only, or more than 12, or no such font.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> len(joint(result).patches)
    12
    """
    answer, language = result.joint_answer, result.language
    if answer.combinations is None or len(result.answers) < 2:
        raise Fault("chart_joint_targets", count=len(result.answers), most=MOST_TARGETS)
    labels = target_labels(result, width)
    pitch = row_height(labels, width, least=0.5) / len(labels)
    shown = answer.combinations[: _COLUMNS[width]]
    on = panel(ax, width, font, height=_BARS + 2.9 + (len(labels) + _GAP) * pitch)
    _bars(on, [share for _, share in shown], _BARS / pitch)
    for column, (hits, _) in enumerate(shown):
        _dots(on, column, hits)
    on.rows(labels)
    on.ax.grid(visible=False)
    on.ax.set_ylim(len(labels) - 0.5, -_GAP - _BARS / pitch - 0.45 / pitch)
    on.ax.set_xlim(-0.6, len(shown) - 0.4)
    on.ax.set_xticks([])
    on.ax.spines["bottom"].set_visible(False)
    total = sum(share for _, share in shown)
    on.axes(say("chart.joint", language, count=len(shown), share=probability(total)), "")
    on.head(titled_as(result, "joint"))
    on.source(source_of(result))
    return on.ax


def _bars(on: Panel, shares: list[float], tallest: float) -> None:
    heights = [-tallest * share / shares[0] for share in shares]
    on.ax.bar(range(len(shares)), heights, bottom=-_GAP, width=0.6, color=BLUE, label="combinations")
    for column, (share, height) in enumerate(zip(shares, heights, strict=True)):
        on.write(column, -_GAP + height - 0.08, probability(share), va="bottom", ha="center")


def _dots(on: Panel, column: int, hits: tuple[bool, ...]) -> None:
    """Dark for targets that are hit, joined by a line; pale for the others."""
    hit = [row for row, is_hit in enumerate(hits) if is_hit]
    missed = [row for row, is_hit in enumerate(hits) if not is_hit]
    on.ax.plot([column] * len(missed), missed, color=PALE, marker="o", markersize=5, linestyle="none", label="missed")
    on.ax.plot([column] * len(hit), hit, color=INK, marker="o", markersize=5, linewidth=1.0, label="hit")
