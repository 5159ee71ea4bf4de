"""The kernel of a growth model: arrays of draws in, levels of every year out; no nouns, no I/O, no state."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array, Shaped

Draws = Mapping[str, "Array | float"]
"""Parameter name to its draws, shape (paths,), or to one number when it is taken as certain."""

NOISE = "noise"
"""The stream of yearly Gaussian innovations, which `correlation` joins by calendar year."""

# A rate that effects push to -100 % or below is held just above it.
_LOWEST_RATE = -0.999


@dataclass(frozen=True)
class Inputs:
    """What the paths of one block grow from.

    Parameters
    ----------
    baseline : ndarray, shape (paths,)
    draws : mapping of str to float or ndarray, shape (paths,)
        One entry for each of the model's parameters that is drawn once per path.
    noise : mapping of str to ndarray, shape (rows, paths)
        Standard normal values by stream, as `GrowthModel.streams` asks for them. In `"noise"` row 0 belongs to the
        first year after the baseline.
    growth : ndarray, shape (years, paths), or None
        What events and levers add to the typical growth of each year (0.015 for 1.5pp).
    level : ndarray, shape (years, paths), or None
        What they add to the log level; only for kernels that apply it themselves.
    """

    baseline: Shaped[Array, " paths"]
    draws: Draws
    noise: Mapping[str, Array] = field(default_factory=dict)
    growth: Shaped[Array, "years paths"] | None = None
    level: Shaped[Array, "years paths"] | None = None

    def rate(self, name: str, step: int) -> Array | float:
        """Log growth of the year `step` (0 is the first) at the typical rate `name` and what effects add to it."""
        typical = self.draws[name]
        return np.log1p(typical if self.growth is None else np.maximum(typical + self.growth[step], _LOWEST_RATE))


@dataclass(frozen=True)
class Conditional:
    """Levels given some of the draws: the inverse scale of ``offset + weights @ z``, z standard normal.

    Parameters
    ----------
    law : {"normal", "poisson", "binomial"}
        Law of what is left open.
    scale : {"linear", "log", "logit"}
        On which it is written.
    offset : ndarray, shape (years, paths)
    weights : ndarray, shape (years, rows)
    """

    law: Literal["normal", "poisson", "binomial"]
    scale: Literal["linear", "log", "logit"]
    offset: Shaped[Array, "years paths"]
    weights: Shaped[Array, "years rows"]


class Kernel(ABC):
    """A growth model that has seen its history and knows its years: ready to grow any number of blocks.

    Kernels are picklable and hold plain figures only; `GrowthModel.prepare` makes them.
    """

    applies_level: ClassVar[bool] = False
    """Whether it applies level effects itself; else the levels of a block are multiplied by them."""

    @abstractmethod
    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year.

        Parameters
        ----------
        inputs : Inputs
            Not changed.
        out : ndarray, shape (years + 1, paths)
            Row 0 is the baseline.
        """

    def conditional(self, inputs: Inputs) -> Conditional | None:
        """The levels given the parameters, where their yearly noise can be integrated in closed form; else None."""
        return None
