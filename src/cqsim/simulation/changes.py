"""Events and levers: what they add to growth and to log levels, path by path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.laws import Certain, Law
from cqsim.growth.base import Effect as EffectKind
from cqsim.growth.models.count import poisson
from cqsim.simulation.draws.sampling import Sampler

_SMALLEST = 1e-6  # of a level that a multiple of an event's size would take to zero or below


@dataclass(frozen=True)
class Strength:
    """One effect of an event or a lever.

    Parameters
    ----------
    series : str
        Indicator.
    kind : {"level", "growth"}
    size : float
        A fraction; or a multiple of the event's size.
    of_size : bool
        Whether it is such a multiple.
    """

    series: str
    kind: EffectKind
    size: float
    of_size: bool

    def of(self, event_size: Array | float) -> Array | float:
        """What is added: to the log level, or to the rate of growth."""
        change = self.size * event_size if self.of_size else self.size
        return change if self.kind == "growth" else np.log(np.maximum(1 + change, _SMALLEST))


@dataclass(frozen=True)
class EventPlan:
    """An event in numbers; see `cqsim.scenario.nouns.change.Event`."""

    id: str
    chance: Law
    is_rate: bool
    once: bool
    size: Law
    recovery: int | None
    strengths: tuple[Strength, ...]
    most: int = 1
    """Occurrences a year that are told apart."""


@dataclass(frozen=True)
class LeverPlan:
    """A lever in numbers; see `cqsim.scenario.nouns.change.Lever`."""

    id: str
    start: int
    when: str | None
    delay: Law
    ramp: int
    chance: Law
    strengths: tuple[Strength, ...]


Added = Mapping[tuple[str, EffectKind], Array]
"""What is added in each year, by indicator and kind: shape (steps + 1, paths), row 0 the first year."""


@dataclass
class Changes:
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
        key = (strength.series, strength.kind)
        if key not in self.added:
            self.added[key] = np.zeros((self.steps + 1, self.paths))
        self.added[key][first : last + 1] += value


def happen(event: EventPlan, sampler: Sampler, block: int, changes: Changes) -> None:
    """Let an event happen or not in every year after the scenario's baseline, on every path."""
    years, paths = changes.steps - changes.anchor, changes.paths
    chance = _draw(event.chance, sampler, block, event.id, "chance", paths)
    times = _times(event, chance, sampler, block, years, paths)
    for number in range(event.most):
        sizes = np.empty((years, paths))
        sampler.normals(block, event.id, f"size {number}", sizes)
        for year in range(years):
            happened = times[year] > number
            if happened.any():
                size = event.size.from_normal(sizes[year])
                for strength in event.strengths:
                    _fade(strength, happened * strength.of(size), changes.anchor + 1 + year, event.recovery, changes)


def _times(event: EventPlan, chance: Array | float, sampler: Sampler, block: int, years: int, paths: int) -> Array:
    """How often the event happens in each year, shape (years, paths)."""
    from scipy.special import ndtr

    z = np.empty((years, paths))
    sampler.normals(block, event.id, "happens", z)
    if event.is_rate:
        return np.array([poisson(row, np.broadcast_to(chance, paths)) for row in z])
    if not event.once:
        return np.asarray(ndtr(z) < chance, np.float64)
    # One uniform number says both whether it happens and, spread over the years, when.
    year = np.floor(ndtr(z[0]) / np.maximum(chance, 1e-300) * years)
    return np.asarray(year == np.arange(years)[:, None], np.float64)


def _fade(strength: Strength, value: Array, step: int, recovery: int | None, changes: Changes) -> None:
    """Full in its year, then in a straight line to nothing after `recovery` years; None stays."""
    if recovery is None:
        changes.add(strength, step, changes.steps, value)
        return
    for later in range(min(recovery, changes.steps - step + 1)):
        changes.add(strength, step + later, step + later, value * (1 - later / recovery))


def pull(lever: LeverPlan, reached: Array | None, sampler: Sampler, block: int, changes: Changes) -> None:
    """Let a lever work from its year on, on the paths on which it is pulled.

    Parameters
    ----------
    reached : ndarray, shape (paths,), or None
        Step in which the milestone that it waits for is reached (infinity for never); None when it waits for none.
    """
    from scipy.special import ndtr

    paths = changes.paths
    z = np.empty((1, paths))
    sampler.normals(block, lever.id, "pulled", z)
    chance = _draw(lever.chance, sampler, block, lever.id, "chance", paths)
    pulled = ndtr(z[0]) < chance
    delay = np.floor(np.asarray(_draw(lever.delay, sampler, block, lever.id, "delay", paths)) + 0.5)
    start = (lever.start if reached is None else reached) + delay
    for step in range(changes.anchor + 1, changes.steps + 1):
        built = np.clip((step - start + 1) / lever.ramp, 0.0, 1.0) * pulled
        for strength in lever.strengths:
            changes.add(strength, step, step, built * strength.of(0.0))


def first_reached(levels: Array) -> Array:
    """Step in which a level first rises by one or more above its baseline, shape (paths,); infinity for never."""
    risen = levels >= levels[0] + 1
    return np.where(risen.any(axis=0), risen.argmax(axis=0), np.inf)


def _draw(law: Law, sampler: Sampler, block: int, id: str, part: str, paths: int) -> Array | float:
    if isinstance(law, Certain):
        return law.value
    z = np.empty((1, paths))
    sampler.normals(block, id, part, z, unknown=True)
    return law.from_normal(z[0])
