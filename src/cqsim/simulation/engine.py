"""The engine: blocks of paths to one tally, bit for bit the same for any number of workers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cqsim.progress import Progress
from cqsim.simulation.block import Workspace, central
from cqsim.simulation.executors import Executor
from cqsim.simulation.plan import Plan
from cqsim.simulation.precision import half_width
from cqsim.simulation.sampling import RandomSampler, Sampler
from cqsim.simulation.tally import Tally

Array = NDArray[np.float64]
BLOCK = 8192
"""Paths a block: small enough for its buffers to stay in the cache."""
_BLOCKS_PER_TASK = 4
_TASKS_AT_ONCE = 64
_FIRST_PATHS = 2**14


@dataclass(frozen=True)
class Length:
    """How long to draw: a number of paths, or until every hit probability is known to an accuracy.

    Parameters
    ----------
    paths : int or None
    accuracy : float or None
        Half width of the 95 % intervals, as a fraction.
    """

    paths: int | None = None
    accuracy: float | None = None


def simulate(plan: Plan, seed: int, length: Length, executor: Executor, progress: Progress) -> Tally:
    """Draw and count.

    Parameters
    ----------
    plan : Plan
    seed : int
    length : Length
        With an accuracy, the number of paths doubles until it is reached: the schedule does not depend on timing.
    executor : Executor
    progress : callable
        Called with the paths done and the paths expected.

    Returns
    -------
    Tally
    """
    middle = central(plan)
    tally = Tally(plan, middle)
    goal = length.paths or _FIRST_PATHS
    while True:
        expected = goal if length.paths else max(goal, _expected(tally, length.accuracy or 1.0))
        _extend(tally, middle, RandomSampler(seed), goal, executor, partial(_report, progress, expected))
        if length.paths or _accuracy(tally) <= (length.accuracy or 1.0):
            return tally
        goal *= 2


def _report(progress: Progress, expected: int, done: int) -> None:
    progress(done, max(done, expected))


def _accuracy(tally: Tally) -> float:
    """The widest half width among all targets and all of them together."""
    return max(half_width(int(hits), tally.paths) for hits in (*tally.hits, tally.hits_at_once[-1]))


def _expected(tally: Tally, accuracy: float) -> int:
    """Paths that the accuracy will take, as far as can be told."""
    if not tally.paths:
        return _FIRST_PATHS
    needed, paths = tally.paths * (_accuracy(tally) / accuracy) ** 2, tally.paths
    while paths < needed:
        paths *= 2
    return paths


def _extend(
    tally: Tally, middle: Array, sampler: Sampler, paths: int, executor: Executor, report: Callable[[int], None]
) -> None:
    """Draw on to `paths` paths in all; the tasks, and the order in which they are merged, are fixed."""
    size = BLOCK * _BLOCKS_PER_TASK
    tasks = [(start, min(start + size, paths)) for start in range(tally.paths, paths, size)]
    run = partial(_task, tally.plan, middle, sampler)
    for wave in range(0, len(tasks), _TASKS_AT_ONCE):  # so that finished tallies never pile up
        for part in executor.map(run, tasks[wave : wave + _TASKS_AT_ONCE]):
            tally.merge(part)
            report(tally.paths)


def _task(plan: Plan, middle: Array, sampler: Sampler, span: tuple[int, int]) -> Tally:
    """The tally of consecutive paths that start at a block's first path."""
    start, end = span
    tally = Tally(plan, middle)
    workspace = Workspace(plan, BLOCK)
    for first in range(start, end, BLOCK):
        levels = workspace.draw(sampler, first // BLOCK)
        tally.fold(levels[:, :, : min(BLOCK, end - first)])
    return tally
