"""How many of something happen: whole numbers, yearly or added up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from cqsim.arrays import Array, Shaped
from cqsim.distributions.base import Uncertain
from cqsim.growth.base import EffectKind, GrowthModel, Levels
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter
from cqsim.growth.past import Past

_COUNTS, _MIX = "counts", "mix"


class Count(GrowthModel):
    """Poisson counts with an uncertain yearly mean; negative binomial when `dispersion` is above 1.

    Examples
    --------
    >>> model = Count(per_year=3, cumulative=True, evidence="assumed")
    >>> out = np.empty((3, 1))
    >>> kernel = model.prepare(None, range(2022, 2024))
    >>> kernel.paths(Inputs(np.array([10.0]), {"per_year": 3.0}, {"counts": np.zeros((2, 1))}), out)
    >>> out[:, 0].tolist()
    [10.0, 13.0, 16.0]
    """

    levels: ClassVar[Levels] = "whole"
    typical: ClassVar[str] = "per_year"
    effects: ClassVar[frozenset[EffectKind]] = frozenset({"level"})

    model: Literal["count"] = "count"
    per_year: Uncertain
    """Expected number a year; drawn once per path when uncertain."""
    dispersion: Annotated[float, Field(ge=1, le=1000, strict=True)] = 1.0
    """Variance of a year's number over its mean: 1 is Poisson."""
    cumulative: bool = False
    """Whether the level adds up from the baseline; else it is the number of each year."""

    def parameters(self) -> dict[str, Parameter]:
        """The expected number a year."""
        return {"per_year": Parameter(self.per_year, Kind.AMOUNT, at_least=0)}

    def streams(self, years: int) -> dict[str, int]:
        """One draw a year, and one for its mean when that is dispersed."""
        return {_COUNTS: years} | ({_MIX: years} if self.dispersion > 1 else {})

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return CountKernel(self.dispersion, self.cumulative)


@dataclass(frozen=True)
class CountKernel(Kernel):
    """See `Count`."""

    applies_level: ClassVar[bool] = True
    dispersion: float
    cumulative: bool

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        out[0] = inputs.baseline
        for step in range(len(out) - 1):
            mean = np.broadcast_to(inputs.draws["per_year"], inputs.baseline.shape)
            if inputs.level is not None:
                mean = mean * np.exp(inputs.level[step])
            if self.dispersion > 1:
                mean = _gamma(inputs.noise[_MIX][step], mean, self.dispersion - 1)
            out[step + 1] = poisson(inputs.noise[_COUNTS][step], mean)
            if self.cumulative:
                out[step + 1] += out[step]


def poisson(z: Shaped[Array, " paths"], mean: Shaped[Array, " paths"]) -> Shaped[Array, " paths"]:
    """Poisson quantiles at the probabilities that standard normal values stand for.

    Parameters
    ----------
    z, mean : ndarray, shape (paths,)

    Returns
    -------
    ndarray, shape (paths,)
        Whole numbers.
    """
    from scipy.special import gammaln, ndtr, pdtr, xlogy

    probability = np.clip(ndtr(z), 1e-300, 1 - 1e-16)
    # A Cornish-Fisher guess, then step by step to the smallest count whose cumulative probability is enough.
    count = np.floor(np.maximum(mean + np.sqrt(mean) * z + (z * z - 1) / 6, 0.0))
    reached = pdtr(count, mean)
    wrong = np.flatnonzero(reached < probability)
    while len(wrong):
        count[wrong] += 1
        wrong = wrong[pdtr(count[wrong], mean[wrong]) < probability[wrong]]
    # What is reached one count below, by the count's own probability: far cheaper than the cumulative one.
    below = reached - np.exp(xlogy(count, mean) - mean - gammaln(count + 1))
    wrong = np.flatnonzero((reached >= probability) & (below >= probability) & (count > 0))
    while len(wrong):
        count[wrong] -= 1
        wrong = wrong[count[wrong] > 0]
        wrong = wrong[pdtr(count[wrong] - 1, mean[wrong]) >= probability[wrong]]
    return count


def _gamma(z: Array, mean: Array, scale: float) -> Array:
    """Gamma quantiles with this mean and scale; mixing a Poisson with them gives a negative binomial."""
    from scipy.special import gammaincinv, ndtr

    return np.asarray(scale * gammaincinv(np.maximum(mean / scale, 1e-300), ndtr(z)), np.float64)
