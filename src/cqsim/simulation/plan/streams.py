"""Which streams a plan declares: baselines, parameters, noise, events and levers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cqsim.distributions.laws import Law
from cqsim.growth.kernel import NOISE
from cqsim.scenario.correlations import Of
from cqsim.scenario.formula.dimensions import BoundFormula
from cqsim.simulation.plan.plan import EventPlan, IndicatorPlan, LeverPlan, Mixing
from cqsim.simulation.plan.stream import Stream

BASELINE, EARLIER = "baseline", "noise before"
HAPPENS, PROBABILITY, DELAY, CARRIED_OUT = "happens", "chance", "delay", "pulled"


def size_of(occurrence: int) -> str:
    """The stream of the sizes of the first, second, ... occurrence in a year."""
    return f"size {occurrence}"


def indicator_streams(indicator: IndicatorPlan, noise_rows: int, anchor: int, mixing: Mixing) -> Iterator[Stream]:
    """Of one indicator: what is drawn once a path, then noise.

    Parameters
    ----------
    noise_rows : int
        Rows of yearly innovations after the scenario's baseline year, the same for all indicators.
    anchor : int
        Rows before it, which have a stream of their own, so that an earlier start changes no later draw.
    mixing : Mixing
        Of typical rates: one that is certain still takes its place in it.
    """
    if varies(indicator.baseline):
        yield Stream(indicator.owner, BASELINE, 1, _law(indicator.baseline), unknown=True)
    parameters: dict[str, list[Law]] = {}
    for parameter in indicator.laws.values():
        if parameter.stream is not None:
            parameters.setdefault(parameter.stream, []).append(parameter.law)
    if indicator.id in mixing.ids and indicator.typical is not None:
        parameters.setdefault(indicator.typical, [])
    for part, laws in parameters.items():
        if any(map(varies, laws)) or (indicator.id in mixing.ids and part == indicator.typical):
            yield Stream(indicator.owner, part, 1, laws[0] if len(laws) == 1 else None, unknown=True)
    for part, rows in indicator.noise.items():
        yield Stream(indicator.owner, part, noise_rows if part == NOISE else rows)
    if anchor and NOISE in indicator.noise:
        yield Stream(indicator.owner, EARLIER, anchor)


def event_streams(event: EventPlan, years: int) -> Iterator[Stream]:
    """Of one event: whether it happens in each year, how large it is, and its probability where that is uncertain."""
    if varies(event.probability):
        yield Stream(event.owner, PROBABILITY, 1, event.probability, unknown=True)
    yield Stream(event.owner, HAPPENS, years)
    for occurrence in range(event.most):
        yield Stream(event.owner, size_of(occurrence), years, event.size)


def lever_streams(lever: LeverPlan) -> Iterator[Stream]:
    """Of one lever: whether it is carried out, and what of it is uncertain."""
    yield Stream(lever.owner, CARRIED_OUT, 1)
    for part, law in ((PROBABILITY, lever.probability), (DELAY, lever.delay)):
        if varies(law):
            yield Stream(lever.owner, part, 1, law, unknown=True)


def all_streams(
    indicators: Iterable[IndicatorPlan],
    events: Iterable[EventPlan],
    levers: Iterable[LeverPlan],
    mixings: Mapping[Of, Mixing],
    anchor: int,
    steps: int,
) -> Iterator[Stream]:
    """Every draw of a plan."""
    planned = tuple(indicators)
    reach = max((indicator.start + indicator.noise.get(NOISE, 0) for indicator in planned), default=0)
    for indicator in planned:
        yield from indicator_streams(indicator, reach - anchor, anchor, mixings["rate"])
    for event in events:
        yield from event_streams(event, steps - anchor)
    for lever in levers:
        yield from lever_streams(lever)


def varies(rule: Law | BoundFormula | None) -> bool:
    """Whether a starting value or a figure is drawn: not when it is computed, or a single number."""
    return rule is not None and not isinstance(rule, BoundFormula) and rule.lowest != rule.highest


def _law(rule: Law | BoundFormula | None) -> Law | None:
    return None if isinstance(rule, BoundFormula) else rule
