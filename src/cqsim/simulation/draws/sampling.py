"""Where draws come from: standard normal values by stream, whatever else is in the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.simulation.plan.stream import Stream


class Sampler(Protocol):
    """What the block kernel draws from."""

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out`, shape (rows, paths), with the standard normal values of a stream."""
        ...


@dataclass(frozen=True)
class RandomSampler:
    """Plain random sampling.

    Block b of a stream draws from ``SeedSequence(seed, spawn_key=(*stream.key, b))``: adding an indicator, or running
    blocks in another order, leaves every other draw as it was.

    >>> from cqsim.simulation.plan.stream import Owner
    >>> out = np.empty((1, 3))
    >>> RandomSampler(0).normals(0, Stream(Owner("indicator", "visitors"), "noise", 2), out)
    >>> bool(np.isfinite(out).all())
    True
    """

    seed: int

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with standard normal values."""
        seeds = np.random.SeedSequence(self.seed, spawn_key=(*stream.key, block))
        np.random.Generator(np.random.SFC64(seeds)).standard_normal(out=out)


@dataclass(frozen=True)
class FirstPaths:
    """The first paths of wider blocks: the same draws as theirs, so that a short run need not grow all paths.

    >>> from cqsim.simulation.plan.stream import Owner
    >>> wide, narrow = np.empty((2, 8)), np.empty((2, 3))
    >>> stream = Stream(Owner("indicator", "visitors"), "noise", 2)
    >>> RandomSampler(0).normals(0, stream, wide)
    >>> FirstPaths(RandomSampler(0), 8).normals(0, stream, narrow)
    >>> bool((narrow == wide[:, :3]).all())
    True
    """

    sampler: Sampler
    width: int
    """Paths of the wider blocks."""

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with the first columns of what a whole block would hold."""
        whole = np.empty((len(out), self.width))
        self.sampler.normals(block, stream, whole)
        out[:] = whole[:, : out.shape[1]]


@dataclass(frozen=True)
class MedianSampler:
    """Zero everywhere: the median of every law, and no noise."""

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with zeros."""
        out[:] = 0.0
