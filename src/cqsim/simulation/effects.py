"""What events and levers add to growth and to log levels, path by path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.laws import Law
from cqsim.growth.base import EffectKind
from cqsim.growth.models.count import poisson
from cqsim.simulation.plan.plan import EventPlan, LeverPlan, Strength
from cqsim.simulation.plan.stream import Owner
from cqsim.simulation.plan.streams import CARRIED_OUT, DELAY, HAPPENS, PROBABILITY, size_of, varies

_SMALLEST = 1e-6  # of a level that a multiple of an event's size would take to zero or below

Draw = Callable[[Owner, str], Array]
"""The standard normal values of one part of an owner in this block, shape (rows, paths)."""
Added = Mapping[tuple[str, EffectKind], Array]
"""What is added in each year, by indicator and kind: shape (steps + 1, paths), row 0 the first year."""


@dataclass
class Effects:
    """What is added in each year, by indicator and kind: arrays of shape (steps + 1, paths), row 0 the first year.

    Parameters
    ----------
    steps, paths : int
    anchor : int
        Step of the scenario's baseline year: nothing happens up to it.
    """

    steps: int
    anchor: int
    paths: int
    added: dict[tuple[str, EffectKind], Array] = field(default_factory=dict)

    def add(self, strength: Strength, first: int, last: int, value: Array | float) -> None:
        """Add a value to some years (rows first to last)."""
        key = (strength.indicator, strength.kind)
        if key not in self.added:
            self.added[key] = np.zeros((self.steps + 1, self.paths))
        self.added[key][first : last + 1] += value


def apply_event(event: EventPlan, draw: Draw, effects: Effects) -> None:
    """Let an event happen or not in every year after the scenario's baseline, on every path."""
    years = effects.steps - effects.anchor
    times = _times(event, draw, years, effects.paths)
    for occurrence in range(event.most):
        sizes = draw(event.owner, size_of(occurrence))
        for year in range(years):
            happened = times[year] > occurrence
            if happened.any():
                size = event.size.from_normal(sizes[year])
                for strength in event.strengths:
                    _fade(strength, happened * _of(strength, size), effects.anchor + 1 + year, event.recovery, effects)


def _times(event: EventPlan, draw: Draw, years: int, paths: int) -> Shaped[Array, "years paths"]:
    """How often the event happens in each year."""
    from scipy.special import ndtr

    probability = _figure(event.probability, draw, event.owner, PROBABILITY)
    z = draw(event.owner, HAPPENS)
    if event.is_rate:
        return np.array([poisson(row, np.broadcast_to(probability, paths)) for row in z])
    if not event.once:
        return np.asarray(ndtr(z) < probability, np.float64)
    # One uniform number says both whether it happens and, spread over the years, when.
    year = np.floor(ndtr(z[0]) / np.maximum(probability, 1e-300) * years)
    return np.asarray(year == np.arange(years)[:, None], np.float64)


def _of(strength: Strength, event_size: Array | float) -> Array | float:
    """What is added: to the log level, or to the rate of growth."""
    change = strength.size * event_size if strength.of_size else strength.size
    return change if strength.kind == "growth" else np.log(np.maximum(1 + change, _SMALLEST))


def _fade(strength: Strength, value: Array, step: int, recovery: int | None, effects: Effects) -> None:
    """Full in its year, then in a straight line to nothing after `recovery` years; None stays."""
    if recovery is None:
        effects.add(strength, step, effects.steps, value)
        return
    for later in range(min(recovery, effects.steps - step + 1)):
        effects.add(strength, step + later, step + later, value * (1 - later / recovery))


def apply_lever(lever: LeverPlan, reached: Shaped[Array, " paths"] | None, draw: Draw, effects: Effects) -> None:
    """Let a lever work from its year on, on the paths on which it is carried out.

    Parameters
    ----------
    reached : ndarray, shape (paths,), or None
        Step in which the milestone that it waits for is reached (infinity for never); None when it waits for none.
    """
    from scipy.special import ndtr

    carried_out = ndtr(draw(lever.owner, CARRIED_OUT)[0]) < _figure(lever.probability, draw, lever.owner, PROBABILITY)
    delay = np.floor(np.asarray(_figure(lever.delay, draw, lever.owner, DELAY)) + 0.5)
    start = (lever.start if reached is None else reached) + delay
    for step in range(effects.anchor + 1, effects.steps + 1):
        built = np.clip((step - start + 1) / lever.ramp, 0.0, 1.0) * carried_out
        for strength in lever.strengths:
            effects.add(strength, step, step, built * _of(strength, 0.0))


def first_reached(levels: Shaped[Array, "rows paths"]) -> Shaped[Array, " paths"]:
    """Step in which a level first rises by one or more above its baseline; infinity for never."""
    risen = levels >= levels[0] + 1
    return np.where(risen.any(axis=0), risen.argmax(axis=0), np.inf)


def _figure(law: Law, draw: Draw, owner: Owner, part: str) -> Array | float:
    return law.from_normal(draw(owner, part)[0]) if varies(law) else law.median
