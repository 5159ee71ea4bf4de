"""Where draws come from: standard normal values by name, so that no draw depends on what else is in the scenario."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

import numpy as np

from cqsim.arrays import Array


class Sampler(Protocol):
    """What the block kernel draws from."""

    def normals(self, block: int, indicator: str, part: str, out: Array, unknown: bool = False) -> None:
        """Fill `out`, shape (rows, paths), with the standard normal values of one part of one indicator.

        `unknown` says that the part is drawn once a path and stands for what is not known, not for chance.
        """
        ...


@lru_cache(maxsize=4096)
def stream_key(indicator: str, part: str) -> tuple[int, int]:
    """A stable key for a stream: the same on every machine and in every version of Python.

    >>> stream_key("visitors", "noise")
    (2716482187, 2758508699)
    """
    digest = blake2b(f"{indicator}\0{part}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


@dataclass(frozen=True)
class RandomSampler:
    """Plain random sampling.

    Block b of a part draws from its own stream, ``SeedSequence(seed, spawn_key=(*key, b))``: adding an indicator, or
    running blocks in another order, leaves every other draw as it was.

    >>> out = np.empty((1, 3))
    >>> RandomSampler(0).normals(0, "visitors", "noise", out)
    >>> bool(np.isfinite(out).all())
    True
    """

    seed: int

    def normals(self, block: int, indicator: str, part: str, out: Array, unknown: bool = False) -> None:
        """Fill `out` with standard normal values."""
        seeds = np.random.SeedSequence(self.seed, spawn_key=(*stream_key(indicator, part), block))
        np.random.Generator(np.random.SFC64(seeds)).standard_normal(out=out)


@dataclass(frozen=True)
class FirstPaths:
    """The first paths of wider blocks: the same draws as theirs, so that a short run need not grow all paths.

    >>> wide, narrow = np.empty((2, 8)), np.empty((2, 3))
    >>> RandomSampler(0).normals(0, "visitors", "noise", wide)
    >>> FirstPaths(RandomSampler(0), 8).normals(0, "visitors", "noise", narrow)
    >>> bool((narrow == wide[:, :3]).all())
    True
    """

    sampler: Sampler
    width: int
    """Paths of the wider blocks."""

    def normals(self, block: int, indicator: str, part: str, out: Array, unknown: bool = False) -> None:
        """Fill `out` with the first columns of what a whole block would hold."""
        whole = np.empty((len(out), self.width))
        self.sampler.normals(block, indicator, part, whole, unknown)
        out[:] = whole[:, : out.shape[1]]


@dataclass(frozen=True)
class MedianSampler:
    """Zero everywhere: the median of every law, and no noise."""

    def normals(self, block: int, indicator: str, part: str, out: Array, unknown: bool = False) -> None:
        """Fill `out` with zeros."""
        out[:] = 0.0
