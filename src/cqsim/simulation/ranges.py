"""How far each hit probability depends on what is not known: chance averaged out, state by state.

What is not known is drawn once a path: baselines, the parameters of growth models, uncertain probabilities of events
and levers. Chance is the rest: yearly noise, whether events happen, when projects are finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from cqsim.arrays import Array, Flags, Shaped
from cqsim.simulation.block import Workspace, bytes_per_path
from cqsim.simulation.counts.by_state import balanced, index_of, settled, together
from cqsim.simulation.draws.states import StateSampler
from cqsim.simulation.executors import Executor
from cqsim.simulation.plan.open import open_streams
from cqsim.simulation.plan.plan import Plan, TargetPlan
from cqsim.simulation.plan.stream import Stream
from cqsim.targets.margins import margins
from cqsim.targets.when import score

_MOST, _FEWEST = 12288, 128  # states
_CELLS = 2**24  # levels of a block: 128 MB
_MARGINS = 2**19  # of all targets in a block
_PUSHES = (-1.0, 1.0, None, None)
"""Of chance, a block each: down and up, which shows what a state does; drawn twice, which shows what chance does."""


@dataclass(frozen=True)
class _Seen:
    """Margins and hits: of one block for every target, or of one target in every block."""

    margins: list[Array]
    hits: Flags


def chances(plan: Plan, seed: int, executor: Executor) -> list[Shaped[Array, " states"] | None]:
    """Hit probabilities in many states of what is not known.

    Returns
    -------
    list of ndarray, shape (states,), or None
        One a target, the last for all of them together; None where everything that it depends on is known.
    """
    open_of = {number: open_streams(plan, number) for number in {target.indicator for target in plan.targets}}
    streams = [open_of[target.indicator] for target in plan.targets]
    if not any(streams):
        return [None] * (len(streams) + 1)
    states = _states(plan)
    drawn = partial(_block, plan, seed, states)
    is_large = states * bytes_per_path(plan) > 8 * _CELLS
    waves = [[number] for number in range(len(_PUSHES))] if is_large else [list(range(len(_PUSHES)))]
    blocks = [block for wave in waves for block in executor.map(drawn, wave)]
    seen = [_of(number, blocks) for number in range(len(streams))]
    by_target, even = zip(*executor.map(partial(_of_target, seed), zip(seen, streams, strict=True)), strict=True)
    at_once = np.array([np.logical_and.reduce(block.hits) for block in blocks[2:]])
    unknown = _states_of(list(dict.fromkeys(chain.from_iterable(streams))), seed, states)
    all_at_once = settled(together(np.array(by_target), at_once), at_once, unknown)
    return [*even, balanced(all_at_once, unknown)]


def _states(plan: Plan) -> int:
    """How many, so that a scenario of many indicators or targets takes neither more memory nor much more time."""
    levels = len(plan.indicators) * (plan.steps + 1)
    return max(min(_MOST, _CELLS // levels, _MARGINS // len(plan.targets)), _FEWEST)


def _block(plan: Plan, seed: int, states: int, block: int) -> _Seen:
    levels = Workspace(plan, states).draw(StateSampler(seed, _PUSHES[block]), block)

    def own(target: TargetPlan) -> Array:
        return levels[target.indicator, plan.indicators[target.indicator].start :]

    return _Seen(
        [margins(target.goal, own(target)) for target in plan.targets],
        np.array([score(target.goal, own(target))[0] for target in plan.targets]),
    )


def _of(number: int, blocks: Sequence[_Seen]) -> _Seen:
    """What all blocks show of one target."""
    return _Seen([block.margins[number] for block in blocks], np.array([block.hits[number] for block in blocks[2:]]))


def _of_target(
    seed: int, work: tuple[_Seen, tuple[Stream, ...]]
) -> tuple[Shaped[Array, " states"], Shaped[Array, " states"] | None]:
    """The probability in each state, and in as many states that are spread evenly."""
    seen, streams = work
    (low, high, *drawn), hits = seen.margins, seen.hits
    unknown = _states_of(streams, seed, hits.shape[1])
    chance = settled(index_of(low, high, np.array(drawn), unknown), hits, unknown)
    return chance, balanced(chance, unknown) if streams else None


def _states_of(streams: Sequence[Stream], seed: int, states: int) -> Shaped[Array, "rows states"]:
    """The states again: they depend on nothing but the seed."""
    rows = np.empty((sum(stream.rows for stream in streams), states))
    first = 0
    for stream in streams:
        StateSampler(seed).normals(0, stream, rows[first : first + stream.rows])
        first += stream.rows
    return rows
