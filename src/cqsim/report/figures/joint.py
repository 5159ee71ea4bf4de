"""How many of the targets are hit at once."""

from __future__ import annotations

from matplotlib.axes import Axes

from cqsim.answers.result import Result
from cqsim.messages import say
from cqsim.report.figures.captions import source_of, titled
from cqsim.report.figures.probabilities import share_axis
from cqsim.report.figures.style import BLUE, DARK_BLUE, Width, panel
from cqsim.report.numbers import chance


def joint(result: Result, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """The chance that at least one, two, ... of the targets are hit on the same path.

    Which of them are hit together is not shown: only the number is counted.

    Parameters
    ----------
    result : Result
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Probabilities in per cent, one bar a number; the last, darker, is that of all targets.

    Raises
    ------
    Fault
        When there is no such font.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> len(joint(result).patches)
    10
    """
    answer, language = result.joint_answer, result.language
    shares = answer.at_least
    on = panel(ax, width, font, height=2.4 + len(shares) * (0.42 if width == 8 else 0.5))
    for row, (count, share) in enumerate(shares.items()):
        colour = DARK_BLUE if count == len(shares) else BLUE
        on.ax.barh(row, 100 * share, height=0.7, color=colour, label="at least")
        on.note(chance(share), (100 * share, row), (3, 0), va="center", annotation_clip=False)
    labels = [say("chart.at_least", language, count=count) for count in shares]
    labels[-1] = say("chart.all", language, count=len(shares))
    on.rows(labels)
    share_axis(on, say("chart.joint", language, expected=f"{answer.expected_hits:.1f}"))
    on.head(titled(result, result.title))
    on.source(source_of(result))
    return on.ax
