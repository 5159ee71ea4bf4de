"""What the spread of a target's outcomes comes from: some paths, their draws beside their levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.growth.kernel import NOISE
from cqsim.simulation.block import Workspace, paths_at_once
from cqsim.simulation.draws.sampling import RandomSampler, Sampler
from cqsim.simulation.plan.plan import Plan
from cqsim.simulation.plan.stream import Stream

_PATHS = 4096
_APART = 2**30  # a block that no run reaches
_LEAST = 0.02  # share of the spread below which a source is not named

Source = tuple[str, str]
"""What streams belong to in the eyes of a reader: whose, and which part of it."""
Sources = Mapping[Source, tuple[Stream, ...]]
Place = tuple[int, int]
"""An indicator's index, and the step of a year."""


@dataclass
class _Recorder:
    """Draws as another sampler does, and remembers where: correlated draws are mixed there, in place."""

    base: Sampler
    drawn: dict[Stream, Array] = field(default_factory=dict)

    def normals(self, block: int, stream: Stream, out: Array) -> None:
        """Fill `out`, and keep hold of it."""
        self.base.normals(block, stream, out)
        self.drawn[stream] = out


def spread_shares(plan: Plan, seed: int, sources: Sequence[Sources]) -> list[dict[Source, float]]:
    """For each target, which share of the spread of its outcomes each source explains, the largest first.

    The share is the R2 of regressing the ranks of the outcomes in the target year on the source's standard normal
    draws. Without correlations the shares add up to one or less; those below 2 % are left out.

    Parameters
    ----------
    sources : sequence of mapping
        One a target: the streams of each source that it depends on.
    """
    wanted = {(target.indicator, plan.due(target)): own for target, own in zip(plan.targets, sources, strict=True)}
    ranks = _ranked_outcomes(plan, seed, wanted)
    squares, products = _sums(plan, seed, wanted, ranks)
    shares = {}
    for place, own in wanted.items():
        explained = {name: _explained(squares[name], products[place, name], ranks[place]) for name in own}
        named = [(name, share) for name, share in explained.items() if share >= _LEAST]
        shares[place] = dict(sorted(named, key=lambda pair: -pair[1]))
    return [shares[target.indicator, plan.due(target)] for target in plan.targets]


def _ranked_outcomes(plan: Plan, seed: int, places: Iterable[Place]) -> dict[Place, Array]:
    """The ranks of the outcomes of an indicator in a year."""
    outcomes: dict[Place, list[Array]] = {place: [] for place in places}
    for levels, _ in _pieces(plan, seed):
        for (number, step), values in outcomes.items():
            values.append(levels[number, step].copy())
    return {place: _ranks(np.concatenate(values)) for place, values in outcomes.items()}


def _sums(
    plan: Plan, seed: int, wanted: Mapping[Place, Sources], ranks: Mapping[Place, Array]
) -> tuple[dict[Source, Array], dict[tuple[Place, Source], Array]]:
    """What regressions need, over the same paths again: draws with draws of each source, and draws with ranks."""
    squares: dict[Source, Array] = {}
    products: dict[tuple[Place, Source], Array] = {}
    streams_of = {name: streams for own in wanted.values() for name, streams in own.items()}
    done = 0
    for levels, drawn in _pieces(plan, seed):
        here = slice(done, done + levels.shape[2])
        done = here.stop
        for name, streams in streams_of.items():
            rows = np.concatenate([drawn[stream] for stream in streams])
            squares[name] = squares.get(name, 0.0) + rows @ rows.T
            for place, own in wanted.items():
                if name in own:
                    products[place, name] = products.get((place, name), 0.0) + rows @ ranks[place][here]
    return squares, products


def _pieces(plan: Plan, seed: int) -> Iterator[tuple[Array, dict[Stream, Array]]]:
    """Levels of some paths at a time, and the draws behind them."""
    recorder = _Recorder(RandomSampler(seed).piecewise(_APART))
    # Yearly innovations are drawn for as many years as any indicator takes: each is judged by its own alone.
    own_rows = {
        (indicator.owner, NOISE): indicator.start + indicator.noise[NOISE] - plan.anchor
        for indicator in plan.indicators
        if NOISE in indicator.noise
    }
    width = min(paths_at_once(plan), _PATHS)
    workspace = Workspace(plan, width)
    for _ in range(0, _PATHS, width):
        levels = workspace.draw(recorder, _APART)
        yield (
            levels,
            {stream: rows[: own_rows.get((stream.owner, stream.part))] for stream, rows in recorder.drawn.items()},
        )


def _ranks(outcome: Shaped[Array, " paths"]) -> Shaped[Array, " paths"]:
    """Ranks about their mean; zero for a path without a finite value."""
    ranks = np.zeros(len(outcome))
    known = np.isfinite(outcome)
    if known.any():
        order = np.argsort(np.argsort(outcome[known], kind="stable"), kind="stable")
        ranks[known] = order - order.mean()
    return ranks


def _explained(
    squares: Shaped[Array, "rows rows"], products: Shaped[Array, " rows"], ranks: Shaped[Array, " paths"]
) -> float:
    """The share of the ranks that a regression explains; what each row explains by chance is taken off."""
    weights = np.linalg.lstsq(squares, products, rcond=None)[0]
    return float(weights @ products / max(np.square(ranks).sum(), 1.0)) - len(products) / len(ranks)
