"""The engine: blocks of paths to one tally, bit for bit the same for any number of workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from cqsim.arrays import Array
from cqsim.progress import Progress
from cqsim.simulation.block import BLOCK, Workspace, bytes_per_path, central, paths_at_once
from cqsim.simulation.counts.estimate import Estimate
from cqsim.simulation.counts.pairs import Pairs
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.executors import Executor
from cqsim.simulation.plan.plan import Plan

_BLOCKS_PER_TASK = 2
_TASKS_AT_ONCE = 64
_MEMORY = 512 * 2**20  # bytes of all tasks at once
_FIRST_PATHS = BLOCK


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


@dataclass
class Drawn:
    """What was drawn for one or more plans, on common random numbers.

    Parameters
    ----------
    tallies : list of Tally
        One a plan.
    pairs : list of Pairs
        Each plan after the first against the first.
    """

    tallies: list[Tally]
    pairs: list[Pairs]

    @classmethod
    def nothing(cls, plans: Sequence[Plan], middles: Sequence[Array]) -> Drawn:
        """Start before the first draw."""
        tallies = [Tally(plan, middle) for plan, middle in zip(plans, middles, strict=True)]
        return cls(tallies, [Pairs.of(len(plan.targets)) for plan in plans[1:]])

    @property
    def paths(self) -> int:
        """Paths drawn for each plan."""
        return self.tallies[0].paths

    def merge(self, other: Drawn) -> None:
        """Add what was drawn for the same plans."""
        for tally, more in zip(self.tallies, other.tallies, strict=True):
            tally.merge(more)
        for pair, further in zip(self.pairs, other.pairs, strict=True):
            pair.merge(further)

    def half_width(self) -> float:
        """The widest half width of any target of any plan, and of all targets together."""
        return max(
            Estimate.of_counts(int(hits), tally.paths).half_width
            for tally in self.tallies
            for hits in (*tally.hits, tally.hits_at_once[-1])
        )


def simulate(plans: Sequence[Plan], seed: int, length: Length, executor: Executor, progress: Progress) -> Drawn:
    """Draw and count.

    Parameters
    ----------
    plans : sequence of Plan
        Of one scenario, or of several cases of it: they share their random numbers.
    seed : int
    length : Length
        With an accuracy, the number of paths doubles until it is reached: the schedule does not depend on timing.
    executor : Executor
    progress : callable
        Called with the paths done and the paths expected.

    Returns
    -------
    Drawn
    """
    middles = [central(plan) for plan in plans]
    drawn = Drawn.nothing(plans, middles)
    run = partial(_task, plans, middles, seed)
    at_once = _tasks_at_once(plans)
    accuracy = length.accuracy or 1.0
    wanted = length.paths or _FIRST_PATHS
    while True:
        expected = wanted if length.paths else max(wanted, _expected(drawn, accuracy))
        for part in _parts(run, drawn.paths, wanted, at_once, executor):
            drawn.merge(part)
            progress(drawn.paths, expected)
        if length.paths or drawn.half_width() <= accuracy:
            progress(drawn.paths, drawn.paths)
            return drawn
        wanted *= 2


def _expected(drawn: Drawn, accuracy: float) -> int:
    """Paths that the accuracy will take, as far as can be told."""
    if not drawn.paths:
        return _FIRST_PATHS
    needed, paths = drawn.paths * (drawn.half_width() / accuracy) ** 2, drawn.paths
    while paths < needed:
        paths *= 2
    return paths


def _tasks_at_once(plans: Sequence[Plan]) -> int:
    """Tasks that are handed out together: finished tallies never pile up, and those of large plans fit the memory."""
    size = sum(paths_at_once(plan) * bytes_per_path(plan) + Tally.bytes(plan) for plan in plans)
    return min(max(_MEMORY // size, 1), _TASKS_AT_ONCE)


def _parts(
    run: Callable[[tuple[int, int]], Drawn], start: int, end: int, at_once: int, executor: Executor
) -> Iterator[Drawn]:
    """Draw on from `start` to `end` paths; the tasks, and the order in which they come back, are fixed."""
    size = BLOCK * _BLOCKS_PER_TASK
    for wave in range(start, end, at_once * size):
        last = min(wave + at_once * size, end)
        yield from executor.map(run, [(first, min(first + size, end)) for first in range(wave, last, size)])


def _task(plans: Sequence[Plan], middles: Sequence[Array], seed: int, span: tuple[int, int]) -> Drawn:
    """What consecutive paths say, the first of which starts a block."""
    start, end = span
    drawn = Drawn.nothing(plans, middles)
    width = min(*map(paths_at_once, plans), end - start)
    workspaces = [Workspace(plan, width) for plan in plans]
    for first in range(start, end, BLOCK):
        samplers = [RandomSampler(seed).piecewise(first // BLOCK) for _ in plans]
        for piece in range(first, min(first + BLOCK, end), width):
            kept = min(width, min(first + BLOCK, end) - piece)
            hits = [
                tally.fold(workspace.draw(sampler, first // BLOCK)[:, :, :kept])
                for tally, workspace, sampler in zip(drawn.tallies, workspaces, samplers, strict=True)
            ]
            for pair, own in zip(drawn.pairs, hits[1:], strict=True):
                pair.fold(hits[0], own)
    return drawn
