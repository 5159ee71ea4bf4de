"""What the spread of a target's outcomes comes from: one block of paths, its draws beside its levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.growth.kernel import NOISE
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.plan import Plan
from cqsim.simulation.plan.stream import Stream

_PATHS = 4096
_APART = 2**30  # a block that no run reaches
_LEAST = 0.02  # share of the spread below which a source is not named

Group = Callable[[Stream], "tuple[str, str] | None"]
"""What a stream belongs to in the eyes of a reader; None for what a target does not depend on."""


@dataclass
class _Recorder:
    """Draws as the engine does, and remembers where: correlated draws are mixed there, in place."""

    base: RandomSampler
    drawn: dict[Stream, Array] = field(default_factory=dict)

    def normals(self, block: int, stream: Stream, out: Array) -> None:
        """Fill `out`, and keep hold of it."""
        self.base.normals(block, stream, out)
        self.drawn[stream] = out


def spread_shares(plan: Plan, seed: int, groups: list[Group]) -> list[dict[tuple[str, str], float]]:
    """For each target, which share of the spread of its outcomes each group of streams explains, the largest first.

    The share is the R2 of regressing the ranks of the outcomes in the target year on the group's standard normal
    draws. Without correlations the shares add up to one or less; those below 2 % are left out.

    Parameters
    ----------
    groups : list of callable
        One a target: the group of a stream.
    """
    recorder = _Recorder(RandomSampler(seed))
    levels = Workspace(plan, _PATHS).draw(recorder, _APART)
    # Yearly innovations are drawn for as many years as any indicator takes: each is judged by its own alone.
    own_rows = {
        (indicator.owner, NOISE): indicator.start + indicator.noise[NOISE] - plan.anchor
        for indicator in plan.indicators
        if NOISE in indicator.noise
    }
    drawn = {stream: rows[: own_rows.get((stream.owner, stream.part))] for stream, rows in recorder.drawn.items()}
    shares = []
    for target, group in zip(plan.targets, groups, strict=True):
        grouped: dict[tuple[str, str], list[Array]] = {}
        for stream, rows in drawn.items():
            name = group(stream)
            if name is not None:
                grouped.setdefault(name, []).append(rows)
        explained = dict(_explained(levels[target.indicator, plan.due(target)], grouped))
        shares.append(dict(sorted(explained.items(), key=lambda pair: -pair[1])))
    return shares


def _explained(
    outcome: Shaped[Array, " paths"], grouped: dict[tuple[str, str], list[Array]]
) -> Iterator[tuple[tuple[str, str], float]]:
    known = np.isfinite(outcome)
    if not known.any():
        return
    ranks = np.argsort(np.argsort(outcome[known], kind="stable"), kind="stable").astype(np.float64)
    ranks -= ranks.mean()
    for name, parts in grouped.items():
        rows = np.concatenate([part[:, known] for part in parts])
        weights = np.linalg.lstsq(rows @ rows.T, rows @ ranks, rcond=None)[0]  # a small square, not all the paths
        # Each row explains a little by chance: that much is taken off.
        share = float(((weights @ rows) ** 2).sum() / max((ranks**2).sum(), 1.0)) - len(rows) / len(ranks)
        if share >= _LEAST:
            yield name, share
