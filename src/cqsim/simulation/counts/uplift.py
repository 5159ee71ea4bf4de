"""Which yearly uplifts would make a path hit: intervals per path, counted over paths.

An uplift d multiplies a target's own level (for shares: its odds) by exp(d t) after t years. For every path the uplifts
that hit are an interval (a union of them for `between` with `reached_by`), so the chance under every uplift follows
from two histograms, of where intervals start and where they end, and no root is ever searched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array
from cqsim.simulation.counts.histogram import Histogram, LinearBuckets
from cqsim.simulation.plan import Goal

# An uplift is a log growth a year: buckets of 0.006 percentage points, and no more than e**5 times a year.
_WIDTH = 2.0**-14
_LARGEST = 5.0


@dataclass(frozen=True)
class Intervals:
    """Uplifts that hit, per path.

    Parameters
    ----------
    starts, ends : ndarray or None
        Shape (paths,), or (years, paths) for unions, where a missing interval is NaN; None where all reach to infinity.
    """

    starts: Array | None
    ends: Array | None


def intervals(goal: Goal, levels: Array) -> Intervals | None:
    """The uplifts under which each path hits.

    Parameters
    ----------
    goal : Goal
    levels : ndarray, shape (years + 1, paths)
        From the indicator's baseline year on.

    Returns
    -------
    Intervals or None
        None for levels that no multiple of a positive value, or of odds, reaches.
    """
    if min(goal.levels) <= 0 or (goal.is_share and max(goal.levels) >= 100):
        return None
    steps = [goal.due] if goal.when == "year" else list(range(1, goal.due + 1))
    if goal.sense == "at_least":
        return Intervals(np.minimum.reduce(_starts(goal, levels, steps)), None)
    if goal.sense == "at_most":
        return Intervals(None, np.maximum.reduce(_ends(goal, levels, steps)))
    lows, highs = _starts(goal, levels, steps), _ends(goal, levels, steps)
    if len(steps) == 1:
        empty = lows[0] > highs[0]  # a level that does not exist, or that no uplift brings in between
        return Intervals(np.where(empty, np.nan, lows[0]), np.where(empty, np.nan, highs[0]))
    return _union(np.array(lows), np.array(highs))


def _starts(goal: Goal, levels: Array, steps: list[int]) -> list[Array]:
    """Uplifts from which on each year's level is high enough."""
    return [_needed(goal.levels[0], goal, levels, step, np.inf) for step in steps]


def _ends(goal: Goal, levels: Array, steps: list[int]) -> list[Array]:
    """Uplifts up to which each year's level is low enough."""
    return [_needed(goal.levels[-1], goal, levels, step, -np.inf) for step in steps]


def _needed(level: float, goal: Goal, levels: Array, step: int, never: float) -> Array:
    """Uplift that brings a path to the level after `step` years; `never` where none does."""
    wanted, reached = level * levels[0] if goal.relative else level, levels[step]
    with np.errstate(all="ignore"):
        if goal.is_share:
            wanted, reached = wanted / (100 - wanted), reached / (100 - reached)  # odds instead of levels
        ratio = np.divide(wanted, reached, out=np.full_like(reached, np.inf), where=reached > 0)
        needed: Array = np.log(ratio, out=np.full_like(ratio, np.inf), where=ratio > 0)
    needed /= step
    needed[np.isnan(reached)] = never
    # What is passed by far needs no more than the largest uplift; what is out of its reach is never hit.
    far = needed * np.sign(never) > _LARGEST
    np.clip(needed, -_LARGEST, _LARGEST, out=needed)
    return np.where(far, never, needed)


def _union(lows: Array, highs: Array) -> Intervals:
    """Join overlapping intervals of each path, shape (years, paths)."""
    order = np.argsort(lows, axis=0)
    lows, highs = np.take_along_axis(lows, order, 0), np.take_along_axis(highs, order, 0)
    reach = np.maximum.accumulate(highs, axis=0)
    begins = np.ones(lows.shape, bool)
    begins[1:] = lows[1:] > reach[:-1]
    closes = np.ones(lows.shape, bool)
    closes[:-1] = begins[1:] | (lows[1:] == np.inf)
    missing = lows == np.inf
    return Intervals(np.where(begins & ~missing, lows, np.nan), np.where(closes & ~missing, reach, np.nan))


def jointly(parts: list[Intervals | None]) -> Intervals | None:
    """The efforts under which a path hits all targets at once.

    An effort speeds up the targets to be reached and slows down those to stay below, each by as much. None when a
    target has two sides, or a level that no uplift reaches.
    """
    efforts = []
    for part in parts:
        if part is None or (part.starts is None) == (part.ends is None):
            return None
        if part.starts is not None:
            efforts.append(part.starts)
        elif part.ends is not None:
            efforts.append(-part.ends)
    return Intervals(np.maximum.reduce(efforts), None) if efforts else None


@dataclass
class Coverage:
    """How many paths hit under each uplift.

    Parameters
    ----------
    starts, ends : Histogram or None
        None where every path's interval reaches to infinity.
    """

    starts: Histogram | None
    ends: Histogram | None

    @classmethod
    def of(cls, found: Intervals) -> Coverage:
        """The coverage of one block."""
        return cls(_counted(found.starts), _counted(found.ends))

    def merge(self, other: Coverage) -> None:
        """Add another block's coverage of the same target."""
        for own, more in ((self.starts, other.starts), (self.ends, other.ends)):
            if own is not None and more is not None:
                own.merge(more)

    def needed(self, probability: float, paths: int) -> float | None:
        """The uplift nearest to none under which the target is hit with this probability; None when none does."""
        if self.starts is not None and self.ends is not None:
            return self._nearest(probability, paths)
        if self.starts is not None:
            found = self.starts.quantile(probability)
        else:
            found = self.ends.quantile(1 - probability) if self.ends is not None else 0.0
        return found if np.isfinite(found) else None

    def best(self, paths: int) -> tuple[float, float] | None:
        """The uplift with the highest probability, and that probability."""
        uplifts, chances = self._curve(paths)
        if not len(uplifts):
            return None
        top = int(np.argmax(chances))
        return float(uplifts[top]), float(chances[top])

    def _nearest(self, probability: float, paths: int) -> float | None:
        uplifts, chances = self._curve(paths)
        enough = uplifts[chances >= probability]
        return float(enough[np.argmin(np.abs(enough))]) if len(enough) else None

    def _curve(self, paths: int) -> tuple[Array, Array]:
        """Uplifts at all bucket edges, and the chance under each."""
        histograms = [one for one in (self.starts, self.ends) if one is not None and len(one.counts)]
        if not histograms:
            return np.empty(0), np.empty(0)
        uplifts = np.unique(np.concatenate([one.edges() for one in histograms]))
        begun = self.starts.count_below(uplifts) if self.starts else np.full(len(uplifts), float(paths))
        over = self.ends.count_below(uplifts) if self.ends else np.zeros(len(uplifts))
        return uplifts, (begun - over) / paths


def _counted(values: Array | None) -> Histogram | None:
    if values is None:
        return None
    histogram = Histogram(LinearBuckets(_WIDTH))
    histogram.add(values[~np.isnan(values)])
    return histogram
