"""Whether and when each path hits a target."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array, Counts, Flags
from cqsim.simulation.plan import TOLERANCE, Goal


def last_step(goal: Goal, steps: int) -> int:
    """The last year after the baseline for which a first hit is counted.

    `reached_by` stops at its own year, so that its probability is one minus "never"; `year` goes on to the end.
    """
    return goal.due if goal.when == "reached_by" else steps


def bounds(goal: Goal, baseline: Array) -> tuple[Array | float, Array | float]:
    """The levels between which the target is hit, per path when they are multiples of the baseline."""
    unit = baseline if goal.relative else 1.0
    low, high = (level * unit for level in (goal.levels[0], goal.levels[-1]))
    lowest = -np.inf if goal.sense == "at_most" else low - TOLERANCE * np.abs(low)
    highest = np.inf if goal.sense == "at_least" else high + TOLERANCE * np.abs(high)
    return lowest, highest


def score(goal: Goal, levels: Array) -> tuple[Flags, Counts]:
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
    low, high = bounds(goal, levels[0])
    last = last_step(goal, len(levels) - 1)
    first_hits = np.zeros(last + 1, np.int64)
    seen = np.zeros(levels.shape[1], bool)
    hit = seen
    for step in range(1, last + 1):
        inside = levels[step] >= low
        inside &= levels[step] <= high
        first_hits[step - 1] = np.count_nonzero(inside & ~seen)
        seen |= inside
        if step == goal.due:
            hit = inside if goal.when == "year" else seen.copy()
    first_hits[last] = len(seen) - np.count_nonzero(seen)
    return hit, first_hits
