"""Shares between 0 and 100 %, which can come near their ends but never pass them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import Autoregressive, yearly_noise
from cqsim.growth.base import Levels
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter
from cqsim.growth.past import Past

_EDGE = 1e-6


class Proportion(Autoregressive):
    """The log-odds of a share move by a typical step a year plus AR(1) noise.

    Both are written in percentage points, as they would be at the baseline; nearer to 0 or 100 % the same step in
    log-odds is smaller.

    Examples
    --------
    >>> model = Proportion(change="10pp", volatility="0pp", evidence="assumed")
    >>> out, draws = np.empty((3, 1)), {"change": 10.0, "volatility": 0.0, "persistence": 0.0}
    >>> kernel = model.prepare(None, range(2022, 2024))
    >>> kernel.paths(Inputs(np.array([50.0]), draws, {"noise": np.zeros((2, 1))}), out)
    >>> out[:, 0].round(3).tolist()
    [50.0, 60.0, 69.231]
    """

    levels: ClassVar[Levels] = "share"
    typical: ClassVar[str] = "change"
    spread: ClassVar[Kind] = Kind.AMOUNT

    model: Literal["proportion"] = "proportion"
    change: Uncertain
    """Typical yearly change at the baseline, in percentage points (`1.2pp`); drawn once per path."""
    volatility: Uncertain
    """Stationary standard deviation of the yearly change at the baseline, in percentage points."""

    def parameters(self) -> dict[str, Parameter]:
        """Change, volatility, persistence."""
        return {
            "change": Parameter(self.change, Kind.AMOUNT),
            **self.noise_parameters(),
        }

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return ProportionKernel()


@dataclass(frozen=True)
class ProportionKernel(Kernel):
    """See `Proportion`."""

    applies_level: ClassVar[bool] = True

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        draws = inputs.draws
        share = np.clip(inputs.baseline / 100, _EDGE, 1 - _EDGE)
        slope = 100 * share * (1 - share)  # percentage points for a unit of log-odds, at the baseline
        odds = _logit(share)
        start = odds.copy()
        out[0] = inputs.baseline
        for step, (level, deviation) in enumerate(zip(out[1:], yearly_noise(inputs, slope), strict=True)):
            change = draws["change"] if inputs.growth is None else draws["change"] + 100 * inputs.growth[step]
            odds += _logit(np.clip(share + change / 100, _EDGE, 1 - _EDGE)) - start
            odds += deviation
            level[:] = odds if inputs.level is None else odds + inputs.level[step]
            np.negative(level, out=level)
            np.exp(level, out=level)
            level += 1
            np.divide(100.0, level, out=level)


def _logit(share: Array) -> Array:
    return np.asarray(np.log(share / (1 - share)), np.float64)
