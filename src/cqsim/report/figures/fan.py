"""The fan chart: one indicator's past, its possible futures, and its targets."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.errors import Fault
from cqsim.messages import Language, say
from cqsim.report.figures.drawing.captions import label_of, source_of, titled
from cqsim.report.figures.drawing.style import (
    BANDS,
    BROWN,
    DARK_BLUE,
    INK,
    VERMILLION,
    Look,
    Panel,
    Width,
    minus,
    panel,
)
from cqsim.report.numbers import growth, level
from cqsim.report.wording import wanted

_EDGES = (("p5", "p95"), ("p10", "p90"), ("p25", "p75"))
_LARGEST = 1e100  # beyond, axes cannot be laid out
_SIGNS = {"at_least": "^", "at_most": "v", "between": "_"}


def fan(result: Result, indicator: str, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """Quantiles of an indicator by year, with its history, realised values, its baseline and its targets.

    The bands hold the middle 90, 80 and 50 % of the paths of each year. The dashed line is the path of even growth
    from the median baseline to a target.

    Parameters
    ----------
    result : Result
    indicator : str
    ax : Axes, optional
        Where to draw; default: a figure of its own, with its source under it.
    width : {8, 16}
        Of the figure in cm.
    font : str, optional
        Family or file; default: see `cqsim.report.figures.drawing.fonts.families`.

    Returns
    -------
    Axes

    Raises
    ------
    Fault
        When there is no such indicator or font, or the indicator has no values.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> fan(result, "visitors").figure.get_suptitle()
    'Annual visitors · Nanchuan district, targets for 2026'
    """
    rows = [row for row in result.quantile_rows(indicator) if all(map(isfinite, row.values()))]
    if len(rows) < 2 or max(abs(value) for row in rows for value in row.values()) > _LARGEST:
        raise Fault("chart_no_values", id=indicator)
    on = panel(ax, width, font, height=6.2 if width == 8 else 9.0)
    years = np.array([row["year"] for row in rows])
    for (low, high), colour in zip(_EDGES, BANDS, strict=True):
        ends = ([row[low] for row in rows], [row[high] for row in rows])
        on.ax.fill_between(years, *ends, color=colour, linewidth=0, label=f"{low}-{high}")
    on.ax.plot(years, [row["p50"] for row in rows], color=DARK_BLUE, linewidth=1.4, label="p50")
    chosen = [answer for answer in result.answers if answer.indicator == indicator]
    for answer in chosen:
        _target(on, answer)
    _points(on, result, indicator)
    is_whole = all(float(value).is_integer() for row in rows for name, value in row.items() if name.startswith("p"))
    _scales(on, years, result.scenario.indicators[indicator].unit, result, is_whole)
    if isfinite(result.indicator(indicator).baseline):
        _baseline(on, result, indicator)
    _target_labels(on, chosen, result)
    on.head(titled(result, label_of(result, indicator)))
    _quantile_labels(on, rows[-1], result)
    if on.is_own:  # else the sum over the scenario's text would be worked out for nothing
        on.source(source_of(result))
    return on.ax


def _target(on: Panel, answer: TargetAnswer) -> None:
    """A marker for the target's direction, and the path of required growth."""
    start, due = answer.baseline_year, answer.target.due
    if not isfinite(answer.baseline) or answer.required.growth_in is None:
        start = due  # the mark alone: no path leads there
    aim = min(max(answer.baseline, answer.levels[0]), answer.levels[-1])
    aim = aim if answer.target.sense == "between" else answer.levels[0]
    rate, span = answer.required.cagr, due - start
    times = np.linspace(0, span, 50)
    path = answer.baseline + times * (aim - answer.baseline) / max(span, 1)
    if rate is not None:
        path = answer.baseline * (1 + rate) ** times
    on.ax.plot(start + times, path, color=VERMILLION, linewidth=0.8, linestyle=(0, (5, 3)), label="required")
    if len(answer.levels) == 2:
        on.ax.plot([due, due], answer.levels, color=VERMILLION, linewidth=1.2, label="range")
    on.ax.plot(
        [due] * len(answer.levels),
        answer.levels,
        color=VERMILLION,
        marker=_SIGNS[answer.target.sense],
        markersize=6,
        linestyle="none",
        zorder=4,
        label="target",
    )


def _target_labels(on: Panel, answers: Sequence[TargetAnswer], result: Result) -> None:
    """Targets and their required growth, in words to the left of the markers."""
    for is_above in (True, False):
        sign = 1 if is_above else -1
        chosen = [answer for answer in answers if (answer.levels[-1] >= answer.baseline) == is_above]
        chosen.sort(key=lambda answer: sign * answer.levels[-is_above])
        places = _apart([sign * answer.levels[-is_above] for answer in chosen], _line_height(on) * 2, -np.inf)
        for answer, place in zip(chosen, places, strict=True):
            on.note(
                _words(answer, result.language),
                (answer.target.due, sign * place),
                (-6, sign * 3),
                ha="right",
                va="bottom" if is_above else "top",
                color=BROWN,
            )


def _words(answer: TargetAnswer, language: Language) -> str:
    rate, stated = answer.required.growth, answer.required.growth_in
    needs = "" if rate is None else "\n" + say("chart.needs", language, growth=growth(rate, language, stated))
    return wanted(answer, language) + needs


def _line_height(on: Panel) -> float:
    """The height of a line of text, in units of the vertical axis."""
    low, high = on.ax.get_ylim()
    tall = 3.6 if on.width == 8 else 6.4  # of the axes in cm, nearly
    return on.points * 1.15 * 0.0353 / tall * (high - low)


def _points(on: Panel, result: Result, indicator: str) -> None:
    """The history, and the values observed after the baseline."""
    written = result.scenario.indicators[indicator]
    looks: dict[str, Look] = {"history": {"markerfacecolor": INK}, "observations": {"markerfacecolor": "white"}}
    for name, record in written.records.items():
        levels = record.levels(written.unit)
        marker = "o" if name == "history" else "s"
        on.ax.plot(
            list(levels),
            list(levels.values()),
            color=INK,
            marker=marker,
            markersize=3.5,
            markeredgewidth=0.8,
            linestyle="none",
            zorder=5,
            label=name,
            **looks[name],
        )
        is_past = name == "history"
        year = min(levels) if is_past else max(levels)
        on.note(
            say(f"chart.{name}", result.language),
            (year, levels[year]),
            (0, 5) if is_past else (-4, 3),
            ha="left" if is_past else "right",
            va="bottom",
        )


def _baseline(on: Panel, result: Result, indicator: str) -> None:
    answer = result.indicator(indicator)
    value, year = answer.baseline, answer.years[0].year
    on.ax.plot(
        [year],
        [value],
        color=INK,
        marker="D",
        markersize=4,
        linestyle="none",
        zorder=6,
        clip_on=False,
        label="baseline",
    )
    bottom, top = on.ax.get_ylim()
    up = value < bottom + 0.11 * (top - bottom)  # off the axis
    words = say("chart.baseline", result.language, value=level(value))
    on.note(words, (year, value), (0, 6 if up else -6), va="bottom" if up else "top", ha="left")


def _scales(on: Panel, years: Sequence[float] | np.ndarray, unit: str, result: Result, is_whole: bool) -> None:
    on.axes(say("chart.year", result.language), unit or say("chart.no_unit", result.language))
    steps = [1, 2, 5, 10] if is_whole else [1, 2, 2.5, 5, 10]
    on.ax.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=steps, integer=is_whole))
    on.ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: minus(level(value))))
    first, end = int(on.ax.dataLim.x0), int(years[-1])
    span = end - first
    step = -(-(span + 1) // (6 if on.width == 8 else 12))
    on.ax.set_xticks(range(end, first - 1, -step))  # from the end backwards, so that the last year is among them
    on.ax.set_xlim(first - 0.03 * span, end + span * (0.26 if on.width == 8 else 0.14))
    low, high = on.ax.dataLim.y0, on.ax.dataLim.y1
    bottom = 0 if 0 <= low < 0.3 * high else low - 0.14 * (high - low)  # so that words fit under the baseline
    on.ax.set_ylim(bottom, high + 0.16 * ((high - bottom) or 1))


def _quantile_labels(on: Panel, last: dict[str, float], result: Result) -> None:
    """Labels for the quantiles of the last year, moved apart where they would overlap."""
    language = result.language
    words = {name: f"{name[1:]}%" for ends in _EDGES for name in ends}
    words["p50"] = say("chart.median", language, value=level(last["p50"]))
    names = sorted(words, key=lambda name: (last[name], int(name[1:])))
    places = _apart([last[name] for name in names], _line_height(on), on.ax.get_ylim()[0])
    for name, y in zip(names, places, strict=True):
        colour = DARK_BLUE if name == "p50" else INK
        on.note(words[name], (last["year"], y), (6, 0), va="center", ha="left", color=colour, path_effects=())


def _apart(values: list[float], gap: float, low: float) -> list[float]:
    """Ascending places at least a gap apart, near the values and not below the lowest.

    >>> _apart([1.0, 1.0, 5.0], 2.0, 0.0)
    [0.0, 2.0, 5.0]
    """
    groups: list[list[float]] = []  # of places so near that they form a block around their mean
    for value in values:
        groups.append([value])
        while len(groups) > 1 and _start(groups[-1], gap, low) < _start(groups[-2], gap, low) + gap * len(groups[-2]):
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_start(group, gap, low) + gap * number for group in groups for number in range(len(group))]


def _start(group: list[float], gap: float, low: float) -> float:
    return max(sum(group) / len(group) - gap * (len(group) - 1) / 2, low)
