"""Hit probabilities of cases side by side."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from cqsim.errors import Fault
from cqsim.messages import say
from cqsim.questions.compare import BASE, Comparison
from cqsim.report.figures.drawing.captions import case_label, source_of, target_labels, titled_as
from cqsim.report.figures.drawing.style import BLUE, GREY, INK, ORANGE, PALE, VERMILLION, Look, Width, panel, row_height

_LOOKS = (("^", BLUE), ("v", VERMILLION), ("s", ORANGE), ("D", GREY), ("P", BLUE), ("X", VERMILLION))


def cases(comparison: Comparison, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """The hit probability of every target under every case, and that of all targets together.

    A case that does not change a target's probability stands behind the marker of the scenario.

    Parameters
    ----------
    comparison : Comparison
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Probabilities in per cent, one row a target, one marker a case.

    Raises
    ------
    Fault
        When there are no cases, or no such font.

    Examples
    --------
    >>> import cqsim
    >>> comparison = cqsim.compare("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> [text.get_text() for text in cases(comparison).get_legend().get_texts()]
    ['base case', 'Optimistic', 'Cautious']
    """
    base = comparison.results[BASE]
    if len(comparison.results) == 1:
        raise Fault("chart_no_cases")
    labels = [*target_labels(base, width), say("column.all", base.language)]
    on = panel(ax, width, font, height=2.6 + row_height(labels, width))
    shares = {
        name: [100 * answer.probability for answer in result.answers] + [100 * result.joint_answer.all]
        for name, result in comparison.results.items()
    }
    rows = range(len(labels))
    on.ax.hlines(rows, list(map(min, *shares.values())), list(map(max, *shares.values())), color=PALE, linewidth=1.6)
    looks = dict(zip(shares, [("o", INK), *(_LOOKS * len(shares))], strict=False))
    marks = []
    for name, (marker, colour) in looks.items():
        style: Look = {"marker": marker, "color": colour, "markersize": 5 if name == BASE else 4, "linestyle": "none"}
        on.ax.plot(shares[name], rows, label=name, clip_on=False, zorder=4 if name == BASE else 3, **style)
        marks.append(Line2D([], [], label=case_label(base, name), **style))
    on.rows(labels)
    on.shares(say("chart.probability", base.language))
    on.head(titled_as(base, "cases"), marks)
    on.source(source_of(base))
    return on.ax
