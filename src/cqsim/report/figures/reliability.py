"""Calibration of probabilities: the share of targets hit by the probability that was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cqsim import __version__
from cqsim.answers.backtest.running import Backtest
from cqsim.errors import Fault, unknown
from cqsim.messages import Language, say
from cqsim.report.figures.drawing.style import BANDS, DARK_BLUE, GREY, VERMILLION, Look, Panel, Width, panel


def reliability(
    scored: Backtest | Mapping[str, Any],
    model: str,
    *,
    language: Language | None = None,
    ax: Axes | None = None,
    width: Width = 16,
    font: str | None = None,
) -> Axes:
    """The reliability diagram of a model: the share of hits by stated probability, in ten bins.

    A bin's box is its own range of probabilities, widened by the central 99 % of a binomial share at either end; a
    point outside of it is hollow. The number beside a point is that of targets.

    Parameters
    ----------
    scored : Backtest, or dict as `probability_scores` gives it
    model : str
        One of the backtest's models; the title, when a dict is given.
    language : {"zh", "en"}, optional
        Default: the backtest's, or English.
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Both axes in per cent.

    Raises
    ------
    Fault
        When there is no such model or font, or no target was given a probability.

    Examples
    --------
    >>> from cqsim.answers.backtest.scores import probability_scores
    >>> ax = reliability(probability_scores([(0.9, True), (0.2, False)]), "mine")
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('Stated probability (%)', 'Targets hit (%)')
    """
    scores = _scores(scored, model)
    if not scores.get("targets"):
        raise Fault("chart_no_chances", model=model)
    language = language or (scored.language if isinstance(scored, Backtest) else "en")
    on = panel(ax, width, font, height=8.6 if width == 8 else 12.0)
    on.ax.plot([0, 100], [0, 100], color=GREY, linewidth=0.8, linestyle=(0, (5, 3)), label="ideal")
    for row in scores["reliability"]:
        if row["n"]:
            _bin(on, row)
    for axis in (on.ax.xaxis, on.ax.yaxis):
        axis.set_ticks(range(0, 101, 20))
    on.ax.set(xlim=(-2, 102), ylim=(-2, 102), aspect="equal")
    on.axes(say("chart.given", language), say("chart.hit", language))
    on.head(say("title.reliability", language, model=model), _key(language))
    on.source(say("chart.source_backtest", language, count=f"{scores['targets']:,}", version=__version__))
    return on.ax


def _scores(scored: Backtest | Mapping[str, Any], model: str) -> Mapping[str, Any]:
    if not isinstance(scored, Backtest):
        return scored
    if model not in scored.models:
        raise unknown("unknown_forecaster", model, scored.models)
    return scored.models[model].to_dict()


def _bin(on: Panel, row: Mapping[str, Any]) -> None:
    left, right, low, high = (100 * row[name] for name in ("from", "to", "low", "high"))
    on.ax.bar((left + right) / 2, high - low, width=right - left - 1, bottom=low, color=BANDS[0], label="band")
    inside = "full" if row["holds"] else "none"
    mean, share = 100 * row["mean"], 100 * row["share"]
    colour = DARK_BLUE if row["holds"] else VERMILLION
    on.ax.plot([mean], [share], marker="o", fillstyle=inside, color=colour, markersize=5, linestyle="none", label="hit")
    is_low = share < 50
    on.note(f"{row['n']:,}", (mean, share), (0, 5 if is_low else -5), va="bottom" if is_low else "top", ha="center")


def _key(language: Language) -> list[Artist]:
    looks: Look = {"markersize": 5, "linestyle": "none", "marker": "o"}
    return [
        Line2D([], [], color=DARK_BLUE, label=say("chart.holds", language), **looks),
        Line2D([], [], color=VERMILLION, fillstyle="none", label=say("chart.fails", language), **looks),
        Patch(color=BANDS[0], label=say("column.expected_share", language)),
        Line2D([], [], color=GREY, linewidth=0.8, linestyle=(0, (5, 3)), label=say("chart.ideal", language)),
    ]
