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

    `reached_by` stops at its own year, so that its probability is one minus "never"; `year` goes on to the end.
    """
    return goal.due if goal.when == "reached_by" else steps


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
        Paths whose first hit falls in each year after the baseline; the last entry counts those without one.
    """
    low, high = goal.measure.bounds(goal, levels[0])
    last = last_step(goal, len(levels) - 1)
    counting = years_that_count(goal.when, goal.due)
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
