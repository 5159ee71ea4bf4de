"""Where realised values fell in the forecasts of a plan's targets."""

from __future__ import annotations

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cqsim.answers.lookback.lookback import LookBack
from cqsim.errors import Fault
from cqsim.messages import Language, say
from cqsim.report.figures.drawing.captions import source_of, target_labels
from cqsim.report.figures.drawing.style import BANDS, DARK_BLUE, VERMILLION, Look, Width, panel, row_height
from cqsim.report.numbers import level, probability

_CENTRAL = ((2.5, 97.5, BANDS[0]), (10.0, 90.0, BANDS[1]), (25.0, 75.0, BANDS[2]))
_LOOKS: dict[str, Look] = {
    "hit": {"color": DARK_BLUE, "marker": "o", "markersize": 5, "linestyle": "none"},
    "missed": {"color": VERMILLION, "marker": "X", "markersize": 5, "linestyle": "none"},
}


def lookback(looked: LookBack, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """For each target that is decided: the quantile of its forecast at which the realised value fell.

    Bands are the central 50, 80 and 95 % of every forecast; half of the values should fall into the darkest. The
    marker says whether the target was hit; beside it stand the probability that was given and the realised value.

    Parameters
    ----------
    looked : LookBack
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Quantiles in per cent, one row a decided target.

    Raises
    ------
    Fault
        When no target is decided, or there is no such font.

    Examples
    --------
    >>> import cqsim
    >>> looked = cqsim.lookback("scenarios/chongqing_2025.yaml", 2021, paths=1000, language="en", progress=False)
    >>> lookback(looked).get_xlim()
    (np.float64(0.0), np.float64(100.0))
    """
    language = looked.language
    shown = [
        (label, outcome)
        for label, outcome in zip(target_labels(looked.result, width), looked.outcomes, strict=True)
        if outcome in looked.scored and outcome.quantile is not None
    ]
    if not shown:
        raise Fault("chart_undecided")
    labels = [label for label, _ in shown]
    on = panel(ax, width, font, height=2.8 + row_height(labels, width))
    for low, high, colour in _CENTRAL:
        on.ax.axvspan(low, high, color=colour, linewidth=0)
    for row, (_, outcome) in enumerate(shown):
        on.ax.plot([100 * (outcome.quantile or 0.0)], [row], **_LOOKS[outcome.status])
        words = probability(outcome.answer.probability)
        if outcome.realised is not None and width == 16:
            words += "  " + level(outcome.realised.value, outcome.answer.unit)
        on.write(103, row, words, va="center", clip_on=False)
    on.rows(labels)
    on.shares(say("chart.rank", language))
    on.head(say("lookback.heading", language, title=looked.result.title, year=looked.as_of), _key(language))
    on.source(source_of(looked.result))
    return on.ax


def _key(language: Language) -> list[Artist]:
    marks = [Line2D([], [], label=say(f"outcome.{status}", language), **look) for status, look in _LOOKS.items()]
    bands = [
        Patch(color=colour, label=say("chart.central", language, share=f"{high - low:g}%"))
        for low, high, colour in _CENTRAL
    ]
    return [*marks, *bands]
