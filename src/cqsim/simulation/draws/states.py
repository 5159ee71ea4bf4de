"""States of what is not known, the same for every block, beside chance that is pushed or drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.stream import Stream

_APART = 2**31  # blocks of the engine never reach it: these draws are others


@dataclass(frozen=True)
class StateSampler:
    """Draws in which path i of every block has the same state of what is not known, and its own chance.

    The states are a Latin hypercube (McKay, Beckman and Conover 1979, Technometrics 21): each stream takes the
    middle of every stratum of the normal law once, in an order of its own, so that no stream's draws depend on which
    others there are.

    Parameters
    ----------
    seed : int
    push : float or None
        Chance stands this far from its middle, shared among the rows of a stream; None draws it.

    Examples
    --------
    >>> from cqsim.simulation.plan.stream import Owner
    >>> out = np.empty((1, 4))
    >>> StateSampler(0).normals(0, Stream(Owner("indicator", "visitors"), "rate", 1, unknown=True), out)
    >>> (out < 0).sum(), (out < -0.6744897501960817).sum()
    (np.int64(2), np.int64(1))
    """

    seed: int
    push: float | None = None

    def normals(self, block: int, stream: Stream, out: Shaped[Array, "rows paths"]) -> None:
        """Fill `out` with standard normal values."""
        if stream.unknown:
            self._strata(stream, out)
        elif self.push is not None:
            out[:] = self.push / np.sqrt(len(out))
        else:
            RandomSampler(self.seed).normals(_APART + block, stream, out)

    def _strata(self, stream: Stream, out: Array) -> None:
        seeds = np.random.SeedSequence(self.seed, spawn_key=(*stream.key, _APART))
        generator = np.random.Generator(np.random.SFC64(seeds))
        middles = _middles(out.shape[1])
        for row in out:
            row[:] = generator.permutation(middles)


@lru_cache(maxsize=2)
def _middles(count: int) -> Array:
    """The middle of each stratum."""
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(count) + 0.5) / count))
