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

    Every row of block b of a stream is a sequence of its own, seeded from
    ``SeedSequence(seed, spawn_key=(*stream.key, b))``: adding an indicator, running blocks in another order, drawing
    only the first paths of a block, or going on for more years leaves every other draw as it was.

    >>> from cqsim.simulation.plan.stream import Owner
    >>> wide, narrow = np.empty((2, 8)), np.empty((1, 3))
    >>> stream = Stream(Owner("indicator", "visitors"), "noise", 2)
    >>> RandomSampler(0).normals(0, stream, wide)
    >>> RandomSampler(0).normals(0, stream, narrow)
    >>> bool((narrow == wide[:1, :3]).all())
    True
    """

    seed: int

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with the standard normal values of the first paths of a block."""
        _Rows(self.seed, block, stream).fill(out)

    def piecewise(self, block: int) -> Sampler:
        """The paths of one block in pieces: each call goes on where the stream's last one stopped."""
        return _Piecewise(self.seed, block)


class _Rows:
    """The sequences of one block of a stream, one a row."""

    def __init__(self, seed: int, block: int, stream: Stream) -> None:
        words = np.random.SeedSequence(seed, spawn_key=(*stream.key, block)).generate_state(3 * stream.rows, np.uint64)
        self._states = np.ones((stream.rows, 4), np.uint64)  # the fourth word counts
        self._states[:, :3] = words.reshape(stream.rows, 3)
        self._bits = np.random.SFC64(0)
        self._generator = np.random.Generator(self._bits)

    def fill(self, out: Shaped[Array, "rows paths"]) -> None:
        """The next paths of the first rows."""
        for row, state in zip(out, self._states[: len(out)], strict=True):
            self._bits.state = {
                "bit_generator": "SFC64",
                "state": {"state": state},
                "has_uint32": 0,
                "uinteger": 0,
            }
            self._generator.standard_normal(out=row)
            state[:] = self._bits.state["state"]["state"]


class _Piecewise:
    """See `RandomSampler.piecewise`."""

    def __init__(self, seed: int, block: int) -> None:
        self._seed = seed
        self._block = block
        self._begun: dict[Stream, _Rows] = {}

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with the next paths of a stream."""
        if stream not in self._begun:
            self._begun[stream] = _Rows(self._seed, self._block, stream)
        self._begun[stream].fill(out)


@dataclass(frozen=True)
class MedianSampler:
    """Zero everywhere: the median of every law, and no noise."""

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with zeros."""
        out[:] = 0.0
