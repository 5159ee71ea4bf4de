"""By how much each path hits or misses a target, on the scale on which uplifts move it."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.targets.goal import Goal
from cqsim.targets.uplifts import intervals
from cqsim.targets.when import years_that_count


def margins(goal: Goal, levels: Shaped[Array, "rows paths"]) -> Shaped[Array, "sides paths"]:
    """One margin a side: the probability of a hit is that of the first being at least zero, less that of the second.

    Parameters
    ----------
    goal : Goal
    levels : ndarray, shape (years + 1, paths)
        From the indicator's baseline year on.

    Returns
    -------
    ndarray, shape (1, paths), or (2, paths) for `between`
        A path without a value has the lowest margin.

    Examples
    --------
    >>> from cqsim.targets.level import Level
    >>> levels = np.array([[100.0, 100.0], [110.0, 130.0]])
    >>> margins(Goal(Level(), "at_least", (120.0,), False, "year", 1), levels).round(3).tolist()
    [[-0.087, 0.08]]
    >>> margins(Goal(Level(), "between", (105.0, 120.0), False, "year", 1), levels).round(3).tolist()
    [[0.047, 0.214], [-0.087, 0.08]]
    """
    return np.array([_finite(side) for side in _sides(goal, levels)])


def _sides(goal: Goal, levels: Array) -> list[Array]:
    hits = intervals(goal, levels)
    if hits is None:
        return [_distance(goal, levels)]
    if hits.ends is None:
        return [-np.asarray(hits.starts)]
    if hits.starts is None:
        return [hits.ends]
    if hits.starts.ndim == 1:
        return [-hits.starts, np.nextafter(-hits.ends, -np.inf)]  # the upper end itself is a hit
    return [np.fmax.reduce(np.minimum(-hits.starts, hits.ends))]


def _distance(goal: Goal, levels: Array) -> Array:
    """Where no uplift can move the value: how far inside its bounds it lies in the best of the years that count."""
    low, high = goal.measure.bounds(goal, levels[0])
    values = [goal.measure.value(levels, step) for step in years_that_count(goal.when, goal.due)]
    distances = [np.minimum(np.asarray(value - low), np.asarray(high - value)) for value in values]
    return np.asarray(np.fmax.reduce(distances))


def _finite(margin: Array) -> Array:
    known = np.isfinite(margin)
    return margin if known.all() else np.where(known, margin, margin[known].min(initial=-1.0))
