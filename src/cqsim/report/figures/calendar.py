"""When events may happen and levers work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from cqsim.answers.result import Result
from cqsim.distributions.laws import Law
from cqsim.errors import Fault
from cqsim.growth.models.milestones import Milestones
from cqsim.messages import Language, say
from cqsim.report.figures.drawing.captions import label_of, source_of, titled
from cqsim.report.figures.drawing.style import BLUE, ORANGE, Look, Panel, Width, line, panel
from cqsim.report.numbers import percent
from cqsim.scenario.nouns.change import Event, Lever
from cqsim.scenario.nouns.text import text_in
from cqsim.simulation.changes import EventPlan, LeverPlan

_BLOCK = 0.45  # height of a full effect, in cm
_LINE = 0.33  # of text, in cm


@dataclass(frozen=True)
class _Row:
    """One event or lever: its name, what is said of it, and how much of its effect there may be in each year."""

    label: str
    words: str
    built: dict[int, float]
    is_event: bool
    is_fixed: bool


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
    rows = [*_events(result), *_levers(result)]
    if not rows:
        raise Fault("chart_no_changes")
    texts = [line(say("chart.change", result.language, label=row.label, words=row.words), width) for row in rows]
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
    on.head(titled(result, result.title), marks)
    on.source(source_of(result))
    return on.ax


def _blocks(on: Panel, row: _Row, place: int, height: float) -> None:
    colour = ORANGE if row.is_event else BLUE
    look: Look = {"color": colour} if row.is_fixed else {"facecolor": "white", "edgecolor": colour, "hatch": "////"}
    for year, share in row.built.items():
        if share:
            on.ax.bar(year, -height * share, bottom=place, width=0.92, label=row.label, **look)


def first_year(result: Result) -> int:
    """The first year in which something may happen."""
    return result.scenario.years.baseline + 1


def _years(result: Result) -> range:
    return range(first_year(result), result.scenario.years.end + 1)


def _events(result: Result) -> Iterator[_Row]:
    plans: dict[str, EventPlan] = {one.id: one for one in result.tally.plan.events}
    for id, event in result.scenario.events.items():
        words = _event_words(event, plans[f"event {id}"].chance, result.language)
        yield _Row(text_in(event.label or id, result.language), words, dict.fromkeys(_years(result), 1.0), True, True)


def _event_words(event: Event, chance: Law, language: Language) -> str:
    if event.rate is not None:
        often = say("chart.rate", language, rate=f"{chance.median:.2g}")
    else:
        often = say("chart.once" if event.once else "chart.each_year", language, chance=percent(chance.median, 0))
    if event.recovery == "never":
        return say("chart.stays", language, often=often)
    return say("chart.recovers", language, often=often, years=event.recovery)


def _levers(result: Result) -> Iterator[_Row]:
    plan, language = result.tally.plan, result.language
    plans: dict[str, LeverPlan] = {one.id: one for one in plan.levers}
    for id, lever in result.scenario.levers.items():
        numbers = plans[f"lever {id}"]
        start = _start(result, lever, numbers) + round(numbers.delay.median)
        built = {year: min(max((year - start + 1) / lever.ramp, 0), 1) for year in _years(result)}
        words = _lever_words(result, lever, percent(numbers.chance.median, 0), start)
        yield _Row(text_in(lever.label or id, language), words, built, False, lever.when is None)


def _start(result: Result, lever: Lever, numbers: LeverPlan) -> int:
    """First year of a lever; of one that waits for a milestone, the first in which that may be reached."""
    growth = result.scenario.indicators[lever.when].growth if lever.when else None
    if isinstance(growth, Milestones):
        return max(min(project.earliest for project in growth.projects.values()), first_year(result))
    return result.tally.plan.first_year + numbers.start


def _lever_words(result: Result, lever: Lever, share: str, start: int) -> str:
    language = result.language
    if lever.when is None:
        words = say("chart.from_year", language, year=start, chance=share)
    else:
        words = say("chart.from_milestone", language, milestone=label_of(result, lever.when), chance=share)
    return words if lever.ramp == 1 else say("chart.ramp", language, words=words, years=lever.ramp)
