"""Which uplifts would make each path hit a target: intervals per path.

For every path the uplifts that hit are an interval (a union of them for `between` with `reached_by`), so the
probability under every uplift follows from where intervals start and where they end, and no root is ever searched.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.targets.goal import Goal
from cqsim.targets.when import years_that_count

_LARGEST = 5.0
"""Of uplifts, in log growth a year: no more than e**5 times a year."""


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


def intervals(goal: Goal, levels: Shaped[Array, "rows paths"]) -> Intervals | None:
    """The uplifts under which each path hits.

    Parameters
    ----------
    goal : Goal
    levels : ndarray, shape (years + 1, paths)
        From the indicator's baseline year on.

    Returns
    -------
    Intervals or None
        None for bounds that no uplift reaches.
    """
    if not goal.measure.can_be_lifted(goal):
        return None
    steps = years_that_count(goal.when, goal.due)
    if goal.sense == "at_least":
        return Intervals(np.minimum.reduce([_start(goal, levels, step) for step in steps]), None)
    if goal.sense == "at_most":
        return Intervals(None, np.maximum.reduce([_end(goal, levels, step) for step in steps]))
    lows, highs = ([side(goal, levels, step) for step in steps] for side in (_start, _end))
    if len(steps) == 1:
        empty = lows[0] > highs[0]  # a level that does not exist, or that no uplift brings in between
        return Intervals(np.where(empty, np.nan, lows[0]), np.where(empty, np.nan, highs[0]))
    return _union(np.array(lows), np.array(highs))


def _start(goal: Goal, levels: Array, step: int) -> Array:
    """Uplifts from which on a year's value is high enough."""
    return _within_reach(goal.measure.needed(goal, goal.bounds[0], levels, step), np.inf)


def _end(goal: Goal, levels: Array, step: int) -> Array:
    """Uplifts up to which a year's value is low enough."""
    return _within_reach(goal.measure.needed(goal, goal.bounds[-1], levels, step), -np.inf)


def _within_reach(needed: Array, never: float) -> Array:
    """What is passed by far needs no more than the largest uplift; what is out of its reach is never hit."""
    needed[np.isnan(needed)] = never
    far = needed * np.sign(never) > _LARGEST
    np.clip(needed, -_LARGEST, _LARGEST, out=needed)
    return np.where(far, never, needed)


def _union(lows: Shaped[Array, "years paths"], highs: Shaped[Array, "years paths"]) -> Intervals:
    """Join overlapping intervals of each path."""
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
    target has two sides, or a bound that no uplift reaches.
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
