"""Contributions of the parts of a sum to its growth and to its shortfall."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cqsim.answers.result import Result
from cqsim.answers.target.contributions import Contribution
from cqsim.errors import Fault
from cqsim.messages import say
from cqsim.report.figures.drawing.captions import source_of, titled
from cqsim.report.figures.drawing.chosen import answers_of
from cqsim.report.figures.drawing.style import BLUE, GREY, ORANGE, Panel, Width, minus, panel, row_height
from cqsim.report.numbers import level

_TALL = 0.36


def contributions(
    result: Result,
    indicator: str,
    *,
    target: int = 0,
    ax: Axes | None = None,
    width: Width = 16,
    font: str | None = None,
) -> Axes:
    """Two bars per part: its mean growth to the target year, and its mean shortfall on the paths that miss the target.

    Parameters
    ----------
    result : Result
    indicator : str
        A sum with a target.
    target : int
        Which of its targets, counted from 0.
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Amounts in the unit of the sum, one row a part.

    Raises
    ------
    Fault
        When there is no such indicator or font, or the indicator has no such target or no parts.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/yongchuan.yaml", paths=1000, language="en", progress=False)
    >>> len(contributions(result, "industrial_output").get_yticks())
    9
    """
    answers = answers_of(result, indicator)
    if not 0 <= target < len(answers):
        raise Fault("chart_target_number", id=indicator, number=target, last=len(answers) - 1)
    answer, language = answers[target], result.language
    if not answer.contributions:
        raise Fault("chart_no_parts", id=indicator)
    labels = [part.label for part in answer.contributions]
    on = panel(ax, width, font, height=2.8 + row_height(labels, width, least=0.9))
    for row, part in enumerate(answer.contributions):
        _bars(on, row, part)
    on.rows(labels)
    on.ax.axvline(0, color=GREY, linewidth=0.6)
    on.ax.margins(x=0.24 if width == 8 else 0.14)  # for the numbers
    on.ax.xaxis.set_major_locator(MaxNLocator(nbins=4 if width == 8 else 7, steps=[1, 2, 5, 10]))
    on.ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: minus(level(value))))
    on.axes(answer.unit or say("chart.no_unit", language), "")
    years = {"start": answer.baseline_year, "end": answer.target.due}
    grown, missing = say("chart.grown", language, **years), say("chart.shortfall", language)
    on.head(
        titled(result, say("caption.contributions", language, label=answer.label)),
        [Patch(color=BLUE, label=grown), Patch(color=ORANGE, label=missing)],
    )
    on.source(source_of(result))
    return on.ax


def _bars(on: Panel, row: int, part: Contribution) -> None:
    """Growth above, shortfall below; a target that no path misses has none."""
    for value, up, colour, name in ((part.growth, True, BLUE, "growth"), (part.shortfall, False, ORANGE, "shortfall")):
        if value is None:
            continue
        place = row - _TALL / 2 if up else row + _TALL / 2
        on.ax.barh(place, value, height=_TALL, color=colour, label=name)
        side = 1 if value >= 0 else -1
        on.note(level(value), (value, place), (3 * side, 0), va="center", ha="left" if side > 0 else "right")
