"""When events may happen and levers work."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from cqsim.answers.calendar import CalendarRow
from cqsim.answers.result import Result
from cqsim.errors import Fault
from cqsim.messages import Language, say
from cqsim.report.figures.drawing.captions import source_of, titled_as
from cqsim.report.figures.drawing.style import BLUE, ORANGE, Look, Panel, Width, line, panel
from cqsim.report.numbers import percent

_BLOCK = 0.45  # height of a full effect, in cm
_LINE = 0.33  # of text, in cm


def calendar(result: Result, *, ax: Axes | None = None, width: Width = 16, font: str | None = None) -> Axes:
    """A row for each event and lever: the years in which it may act, its probability, its ramp or recovery.

    Blocks of events fill every year in which one may happen. Those of levers grow with the effect while it builds up;
    a lever that waits for a milestone is hatched, from the first year in which it may begin. Uncertain probabilities
    and delays are shown by their medians.

    Parameters
    ----------
    result : Result
    ax, width, font
        As for `cqsim.report.figures.fan.fan`.

    Returns
    -------
    Axes
        Years along the lower edge.

    Raises
    ------
    Fault
        When the scenario has neither events nor levers, or there is no such font.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, language="en", progress=False)
    >>> calendar(result).texts[0].get_text()
    'Epidemic-type shock: 12% each year; fades within 2 years'
    """
    rows, language = result.calendar, result.language
    if not rows:
        raise Fault("chart_no_changes")
    texts = [line(say("chart.change", language, label=row.label, words=_words(row, language)), width) for row in rows]
    pitch = _BLOCK + _LINE * max(text.count("\n") + 1 for text in texts) + 0.3
    on = panel(ax, width, font, height=2.4 + pitch * len(rows))
    for place, (row, text) in enumerate(zip(rows, texts, strict=True)):
        _blocks(on, row, place, _BLOCK / pitch)
        on.write(
            first_year(result) - 0.46, place - (_BLOCK + 0.06) / pitch, text, va="bottom", ha="left", in_layout=False
        )
    on.ax.set_ylim(len(rows) - 0.9, -1)
    on.ax.set_yticks([])
    on.ax.spines["left"].set_visible(False)
    years = _years(result)
    step = 1 if len(years) <= 12 else 5
    on.ax.set_xticks(years[::step])
    on.ax.set_xlim(years[0] - 0.55, years[-1] + 0.55)
    on.axes(say("chart.year", result.language), "")
    names = {True: say("chart.event", result.language), False: say("chart.lever", result.language)}
    kinds = [(True, ORANGE)] * bool(result.scenario.events) + [(False, BLUE)] * bool(result.scenario.levers)
    marks = [Patch(color=colour, label=names[is_event]) for is_event, colour in kinds]
    on.head(titled_as(result, "calendar"), marks)
    on.source(source_of(result))
    return on.ax


def _blocks(on: Panel, row: CalendarRow, place: int, height: float) -> None:
    colour = ORANGE if row.kind == "event" else BLUE
    look: Look = (
        {"color": colour} if row.milestone is None else {"facecolor": "white", "edgecolor": colour, "hatch": "////"}
    )
    for year, share in row.built.items():
        on.ax.bar(year, -height * share, bottom=place, width=0.92, label=row.label, **look)


def first_year(result: Result) -> int:
    """The first year in which something may happen."""
    return result.scenario.years.baseline + 1


def _years(result: Result) -> range:
    return range(first_year(result), result.scenario.years.end + 1)


def _words(row: CalendarRow, language: Language) -> str:
    """How likely it is, and what becomes of its effect."""
    if row.kind == "lever":
        share = percent(row.probability, 0)
        if row.milestone is None:
            words = say("chart.from_year", language, year=row.start, chance=share)
        else:
            words = say("chart.from_milestone", language, milestone=row.milestone, chance=share)
        return words if row.ramp == 1 else say("chart.ramp", language, words=words, years=row.ramp)
    if row.frequency == "rate":
        often = say("chart.rate", language, rate=f"{row.probability:.2g}")
    else:
        often = say(f"chart.{row.frequency}", language, chance=percent(row.probability, 0))
    if row.recovery is None:
        return say("chart.stays", language, often=often)
    return say("chart.recovers", language, often=often, years=row.recovery)
