"""What is not known of a target: the streams drawn once a path on which its indicator depends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from cqsim.scenario.formula.dimensions import BoundFormula
from cqsim.simulation.plan.plan import EventPlan, IndicatorPlan, LeverPlan, Plan
from cqsim.simulation.plan.stream import Owner, Stream
from cqsim.simulation.plan.streams import BASELINE, varies

Use = tuple[str, Literal["start", "years"]]
"""An indicator of which only the starting value is used, or every year."""


def open_streams(plan: Plan, indicator: int) -> tuple[Stream, ...]:
    """The unknown streams on which an indicator depends, through formulas, events, levers and correlations.

    Parameters
    ----------
    plan : Plan
    indicator : int
        Its index.

    Returns
    -------
    tuple of Stream
        Empty where every figure that it depends on is a single number.

    Examples
    --------
    >>> from cqsim.scenario.files.loading import load
    >>> from cqsim.simulation.plan.building import plan
    >>> nanchuan = plan(load("scenarios/nanchuan.yaml"))
    >>> [stream.part for stream in open_streams(nanchuan, nanchuan.number("agriculture"))]
    ['rate']
    """
    uses = _uses(plan, plan.indicators[indicator].id)
    yearly = {id for id, what in uses if what == "years"}
    all_changes: tuple[EventPlan | LeverPlan, ...] = (*plan.events, *plan.levers)
    changes = {change.owner for change in all_changes if _changed(change) & yearly}
    varying = {place for use in uses for place in _varying(plan, use)}
    return tuple(
        stream
        for stream in plan.streams
        if stream.unknown and (stream.owner in changes or (stream.owner, stream.part) in varying)
    )


def _uses(plan: Plan, id: str) -> set[Use]:
    """What an indicator is computed from, itself included."""
    uses: set[Use] = set()
    waiting: list[Use] = [(id, "years")]
    while waiting:
        use = waiting.pop()
        if use not in uses:
            uses.add(use)
            waiting += _next(plan, *use)
    return uses


def _next(plan: Plan, id: str, what: Literal["start", "years"]) -> Iterator[Use]:
    indicator = plan.indicators[plan.number(id)]
    if what == "years":
        yield id, "start"
        yield from ((name, "years") for name in _names(indicator.formula))
        waited = (lever.when for lever in plan.levers if id in _changed(lever))
        yield from ((milestone, "years") for milestone in waited if milestone is not None)
    rule = indicator.formula if indicator.baseline is None else indicator.baseline
    yield from ((name, "start") for name in _names(rule))


def _names(rule: object) -> Iterator[str]:
    return iter(rule.factors if isinstance(rule, BoundFormula) else ())


def _changed(change: EventPlan | LeverPlan) -> set[str]:
    return {strength.indicator for strength in change.strengths}


def _varying(plan: Plan, use: Use) -> Iterator[tuple[Owner, str]]:
    """Owner and part of what varies of one use; a correlated typical growth moves with those that it is joined to."""
    id, what = use
    indicator = plan.indicators[plan.number(id)]
    if varies(indicator.baseline):
        yield indicator.owner, BASELINE
    if what == "years":
        for part in {str(law.stream) for law in indicator.laws.values() if varies(law.law)}:
            yield indicator.owner, part
            if part == indicator.typical:
                yield from _joined(plan, indicator)


def _joined(plan: Plan, indicator: IndicatorPlan) -> Iterator[tuple[Owner, str]]:
    mixing = plan.mixings["rate"]
    if indicator.id in mixing.ids:
        weights = mixing.factor[mixing.ids.index(indicator.id)]
        for id, weight in zip(mixing.ids, weights, strict=False):
            if weight:
                yield Owner("indicator", id), str(plan.indicators[plan.number(id)].typical)
