"""Hit probabilities, their ranges over uncertain parameters, and the evidence behind them."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cqsim.answers.result import Result
from cqsim.evidence import Evidence
from cqsim.messages import say
from cqsim.report.figures.drawing.captions import source_of, target_labels, titled_as
from cqsim.report.figures.drawing.style import BANDS, DARK_BLUE, Width, panel, row_height
from cqsim.report.numbers import probability

_MARKERS = {Evidence.OFFICIAL: "o", Evidence.REPORTED: "s", Evidence.DERIVED: "^", Evidence.ASSUMED: "D"}


def probabilities(result: Result, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """The hit probability of every target, with its two uncertainties and its evidence.

    The wide bar is the 10-90 % range over what is not known; the thin line is the 95 % Monte Carlo interval, often
    shorter than the marker is wide. The marker's form says the worst grade of evidence among all that a target rests
    on; on a wide figure it stands in words as well.

    Parameters
    ----------
    result : Result
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Probabilities in per cent, one row a target.

    Raises
    ------
    Fault
        When there is no such font.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> probabilities(result).get_xlabel()
    'Probability of hitting the target (%)'
    """
    labels = target_labels(result, width)
    on = panel(ax, width, font, height=2.6 + row_height(labels, width))
    for row, answer in enumerate(result.answers):
        if answer.range is not None:
            start, end = (100 * share for share in answer.range)
            on.ax.barh(row, end - start, left=start, height=0.5, color=BANDS[1], label="range")
        low, high = (100 * end for end in answer.interval)
        on.ax.plot([low, high], [row, row], color=DARK_BLUE, linewidth=1.2, solid_capstyle="butt", label="interval")
        marker = _MARKERS[Evidence(answer.evidence)]
        share = 100 * answer.probability
        on.ax.plot([share], [row], color=DARK_BLUE, marker=marker, markersize=4, linestyle="none", label="probability")
        grade = "" if width == 8 else "  " + say(f"evidence.{answer.evidence}", result.language)
        on.write(103, row, probability(answer.probability) + grade, va="center", clip_on=False)
    on.rows(labels)
    on.shares(say("chart.probability", result.language))
    on.head(titled_as(result, "probabilities"), _key(result))
    on.source(source_of(result))
    return on.ax


def _key(result: Result) -> list[Artist]:
    language = result.language
    grades = [grade for grade in Evidence if grade in {answer.evidence for answer in result.answers}]
    marks = [
        Line2D([], [], color=DARK_BLUE, marker=_MARKERS[grade], markersize=4, linestyle="none", label=name)
        for grade in grades
        for name in [say("chart.rests_on", language, grade=say(f"evidence.{grade}", language))]
    ]
    bar = Patch(color=BANDS[1], label=say("column.range", language))
    line = Line2D([], [], color=DARK_BLUE, linewidth=1.2, label=say("chart.interval", language))
    return [*marks, bar, line]
