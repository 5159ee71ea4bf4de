"""First-hit years of targets."""

from __future__ import annotations

from matplotlib.axes import Axes

from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.messages import say
from cqsim.report.figures.drawing.captions import source_of, target_labels, titled
from cqsim.report.figures.drawing.chosen import answers_of
from cqsim.report.figures.drawing.style import BLUE, GREY, INK, PALE, Panel, Width, panel, row_height
from cqsim.report.numbers import percent

_TALLEST = 0.62  # of a row: the rest is for the label of the column


def first_hit(
    result: Result,
    indicator: str | None = None,
    *,
    ax: Axes | None = None,
    width: Width = 16,
    font: str | None = None,
) -> Axes:
    """A row of small columns per target: the share of paths that first hit it in each year, and of those that never do.

    For a limit in a year (`at_most`, `year`) the years are those from which it is kept.

    All columns have one scale; their shares stand on them.

    Parameters
    ----------
    result : Result
    indicator : str, optional
        Only its targets; default: those of all indicators.
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Years along the lower edge, then a column for never.

    Raises
    ------
    Fault
        When there is no such indicator or font, or the indicator has no target.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> [text.get_text() for text in first_hit(result, "visitors").get_xticklabels()][-2:]
    ['2026', 'not reached']
    """
    answers = result.answers if indicator is None else answers_of(result, indicator)
    named = zip(result.answers, target_labels(result, width), strict=True)
    labels = [label for answer, label in named if indicator in (None, answer.indicator)]
    years = sorted({year for answer in answers for year in answer.first_hit})
    never = years[-1] + 1.4
    on = panel(ax, width, font, height=2.2 + row_height(labels, width, least=1.0))
    for row, answer in enumerate(answers):
        on.ax.plot([years[0] - 0.5, never + 0.5], [row + 0.4, row + 0.4], color=PALE, linewidth=0.6)
        _columns(on, row, answer, never)
    on.rows(labels)
    on.ax.grid(visible=False)
    on.ax.set_ylim(len(labels) - 0.5, -0.6)
    on.ax.set_xlim(years[0] - 0.6, never + 0.6)
    step = 1 if len(years) <= (8 if width == 8 else 16) else 2
    ticks = years[::-step][::-1]
    on.ax.set_xticks([*ticks, never], [*map(str, ticks), say("chart.never", result.language)])
    kind = "chart.first_hit_or_held" if any(answer.holds for answer in answers) else "chart.first_hit"
    on.axes(say(kind, result.language), "")
    on.head(titled(result, say("chart.first_hit", result.language)))
    on.source(source_of(result))
    return on.ax


def _columns(on: Panel, row: int, answer: TargetAnswer, never: float) -> None:
    """The shares of one target, each with its number unless that rounds to 0 %."""
    shares: list[tuple[float, float]] = [*answer.first_hit.items(), (never, answer.never)]
    on.ax.bar(
        [year for year, _ in shares],
        [-_TALLEST * share for _, share in shares],
        bottom=row + 0.4,
        width=0.6,
        color=[GREY if year == never else BLUE for year, _ in shares],
        label="share",
    )
    for year, share in shares:
        if share >= 0.005:
            on.write(year, row + 0.38 - _TALLEST * share, percent(share, 0), va="bottom", ha="center", color=INK)
