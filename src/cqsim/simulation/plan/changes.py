"""Events and levers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from cqsim.distributions.laws import Certain, Law
from cqsim.growth.models.count import poisson
from cqsim.growth.parameters import Kind, Parameter
from cqsim.scenario.laws import parameter_law
from cqsim.scenario.nouns.change import SIZE, Effect, Event, Lever
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.plan.plan import EventPlan, LeverPlan, Strength


def event_plan(id: str, event: Event) -> EventPlan:
    """An event in numbers."""
    if event.rate is not None:
        probability = parameter_law("rate", Parameter(event.rate, Kind.NUMBER, at_least=0), "").law
    else:
        probability = share_law(event.probability)
    return EventPlan(
        id=id,
        probability=probability,
        is_rate=event.rate is not None,
        once=event.once,
        size=parameter_law("size", Parameter(event.size, Kind.RATE), "").law if event.size else Certain(0.0),
        recovery=None if event.recovery == "never" else event.recovery,
        strengths=tuple(_strengths(event.effects)),
        most=1 if event.rate is None else _most(probability),
    )


def lever_plan(id: str, lever: Lever, first_year: int, scenario: Scenario) -> LeverPlan:
    """A lever in numbers; years count from the plan's first."""
    return LeverPlan(
        id=id,
        start=(lever.start or scenario.years.baseline + 1) - first_year,
        when=lever.when,
        delay=parameter_law("delay", Parameter(lever.delay, Kind.NUMBER, at_least=0), "").law,
        ramp=lever.ramp,
        probability=share_law(lever.probability),
        strengths=tuple(_strengths(lever.effects)),
    )


def share_law(written: object) -> Law:
    """The law of a probability."""
    return parameter_law("probability", Parameter(written, Kind.SHARE, below=np.inf), "").law  # type: ignore[arg-type]


def _strengths(effects: Mapping[str, Effect]) -> Iterator[Strength]:
    for indicator in sorted(effects):
        effect = effects[indicator]
        for kind, strength in (("level", effect.level), ("growth", effect.growth)):
            if strength is not None:
                of_size = strength.unit == SIZE
                size = strength.number if of_size else strength.number / 100
                yield Strength(indicator, "level" if kind == "level" else "growth", size, of_size)


def _most(rate: Law) -> int:
    """More occurrences than this fall into a year less than once in a billion, at the highest likely rate."""
    highest = rate.ppf(np.array([0.999999]))
    return int(poisson(np.array([6.0]), highest)[0]) + 1
