"""States of what is not known, each with several futures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.stream import Stream

_APART = 2**31  # blocks of the engine never reach it: these draws are others


@dataclass(frozen=True)
class NestedSampler:
    """Draws in which consecutive paths share what is not known.

    >>> from cqsim.simulation.plan.stream import Owner
    >>> out = np.empty((1, 4))
    >>> NestedSampler(0, 2).normals(0, Stream(Owner("indicator", "visitors"), "rate", 1, unknown=True), out)
    >>> bool(out[0, 0] == out[0, 1] != out[0, 2])
    True
    """

    seed: int
    futures: int
    states: int = 0
    """Draws of what is not known differ from one number to another, those of chance do not."""

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out`; each unknown value stands `futures` times."""
        if not stream.unknown:
            RandomSampler(self.seed).normals(_APART + block, stream, out)
            return
        states = np.empty((len(out), out.shape[1] // self.futures))
        RandomSampler(self.seed + self.states).normals(_APART + block, stream, states)
        out[:] = np.repeat(states, self.futures, axis=1)
