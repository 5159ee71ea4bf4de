"""When a target counts: the rules for `year` and `reached_by`, for paths, observations and uplifts alike."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array, Counts, Flags, Shaped
from cqsim.targets.goal import Goal, When


def years_that_count(when: When, due: int) -> range:
    """The years after the baseline of which one must hold: the target's own, or for `reached_by` any up to it.

    >>> list(years_that_count("year", 3)), list(years_that_count("reached_by", 3))
    ([3], [1, 2, 3])
    """
    return range(due, due + 1) if when == "year" else range(1, due + 1)


def last_step(goal: Goal, steps: int) -> int:
    """The last year after the baseline for which a first hit is counted.

    `reached_by`, and what is to hold to its own year, stop there, so that the probability is one minus "never"; other
    targets go on to the end.
    """
    return goal.due if goal.when == "reached_by" or goal.holds else steps


def _held(
    goal: Goal, levels: Shaped[Array, "rows paths"], high: Array | float
) -> tuple[Shaped[Flags, " paths"], Shaped[Counts, " years"]]:
    """As `score`, from the target's year backwards: from which year on each path stays at or below the bound."""
    held = np.ones(levels.shape[1], bool)
    holding = []  # paths that hold from a year on, the last year first
    for step in range(goal.due, 0, -1):
        held &= goal.measure.value(levels, step) <= high
        holding.append(int(np.count_nonzero(held)))
        if step == goal.due:
            hit = held.copy()
    since = np.diff([0, *reversed(holding), len(held)])
    return hit, since.astype(np.int64)


def score(goal: Goal, levels: Shaped[Array, "rows paths"]) -> tuple[Shaped[Flags, " paths"], Shaped[Counts, " years"]]:
    """Score one target on a block.

    Parameters
    ----------
    goal : Goal
    levels : ndarray, shape (years + 1, paths)
        Of the target's indicator, from its baseline year on.

    Returns
    -------
    hit : ndarray of bool, shape (paths,)
    first_hits : ndarray of int, shape (last_step + 1,)
        Paths whose first hit falls in each year after the baseline, or for what is to hold to its own year (see
        `Goal.holds`) those that hold from that year on; the last entry counts those without one.
    """
    low, high = goal.measure.bounds(goal, levels[0])
    last = last_step(goal, len(levels) - 1)
    counting = years_that_count(goal.when, goal.due)
    if goal.holds:
        return _held(goal, levels, high)
    first_hits = np.zeros(last + 1, np.int64)
    seen, hit = np.zeros((2, levels.shape[1]), bool)
    for step in range(1, last + 1):
        value = goal.measure.value(levels, step)
        inside = value >= low
        inside &= value <= high
        first_hits[step - 1] = np.count_nonzero(inside & ~seen)
        seen |= inside
        if step in counting:
            hit |= inside
    first_hits[last] = len(seen) - np.count_nonzero(seen)
    return hit, first_hits
