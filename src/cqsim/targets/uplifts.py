"""Which uplifts would make each path hit a target: intervals per path.

For every path the uplifts that hit are an interval (a union of them for `between` with `reached_by`), so the
probability under every uplift follows from where intervals start and where they end, and no root is ever searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.targets.goal import Goal, Sense
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
    starts, ends = np.where(begins & ~missing, lows, np.nan), np.where(closes & ~missing, reach, np.nan)
    return Intervals(np.sort(starts, axis=0), np.sort(ends, axis=0))  # each start in the row of its end, NaN last


def directions(aims: Sequence[tuple[int, Sense]]) -> list[int]:
    """Which way one common effort moves each target's indicator: an indicator is moved as a whole.

    Parameters
    ----------
    aims : sequence of (int, str)
        Indicator and sense of each target.

    Returns
    -------
    list of int
        1 where the indicator has a target to be reached, -1 where it only has targets to stay below (and within), 0
        where it only has targets to lie between, which say no direction.

    Examples
    --------
    >>> directions([(0, "at_least"), (0, "at_most"), (1, "at_most"), (2, "between")])
    [1, 1, -1, 0]
    """
    raised = {indicator for indicator, sense in aims if sense == "at_least"}
    lowered = {indicator for indicator, sense in aims if sense == "at_most"} - raised
    return [(indicator in raised) - (indicator in lowered) for indicator, _ in aims]


def jointly(parts: Sequence[Intervals | None], ways: Sequence[int]) -> Intervals | None:
    """The efforts under which a path hits all targets at once.

    Parameters
    ----------
    parts : sequence of Intervals or None
        One a target.
    ways : sequence of int
        Which way an effort moves each; see `directions`.

    Returns
    -------
    Intervals or None
        None when a target says no direction, has a bound that no uplift reaches, or more than one has a union.
    """
    efforts = [_effort(part, way) for part, way in zip(parts, ways, strict=True) if part is not None and way]
    unions = sum(effort.starts is not None and effort.starts.ndim == 2 for effort in efforts)
    if not efforts or len(efforts) < len(parts) or unions > 1:
        return None
    starts = [effort.starts for effort in efforts if effort.starts is not None]
    ends = [effort.ends for effort in efforts if effort.ends is not None]
    start, end = (reduce(join, sides) if sides else None for join, sides in ((np.maximum, starts), (np.minimum, ends)))
    if start is None or end is None:
        return Intervals(start, end)
    empty = ~(start <= end)
    return Intervals(np.where(empty, np.nan, start), np.where(empty, np.nan, end))


def _effort(part: Intervals, way: int) -> Intervals:
    """Intervals of uplifts as intervals of an effort that raises, or lowers, by as much."""
    if way > 0:
        return part
    return Intervals(*(None if side is None else -side for side in (part.ends, part.starts)))
