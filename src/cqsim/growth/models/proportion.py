"""Shares between 0 and 100 %, which can come near their ends but never pass them."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import Autoregressive
from cqsim.growth.base import Kind, Parameter
from cqsim.growth.inputs import Inputs
from cqsim.quantities import PERCENT

_EDGE = 1e-6


class Proportion(Autoregressive):
    """The log-odds of a share move by a typical step a year plus AR(1) noise.

    Both are written in percentage points, as they would be at the baseline; nearer to 0 or 100 % the same step in
    log-odds is smaller.

    Examples
    --------
    >>> model = Proportion(change="10pp", volatility="0pp", evidence="assumed")
    >>> out, draws = np.empty((3, 1)), {"change": 10.0, "volatility": 0.0, "persistence": 0.0}
    >>> model.paths(Inputs(2021, np.array([50.0]), draws, {"noise": np.zeros((2, 1))}), out)
    >>> out[:, 0].round(3).tolist()
    [50.0, 60.0, 69.231]
    """

    positive: ClassVar[bool] = True
    typical: ClassVar[str] = "change"
    applies_level: ClassVar[bool] = True
    own_unit: ClassVar[str] = PERCENT
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

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `GrowthModel.paths`."""
        draws = inputs.draws
        share = np.clip(inputs.baseline / 100, _EDGE, 1 - _EDGE)
        slope = 100 * share * (1 - share)  # percentage points for a unit of log-odds, at the baseline
        odds = _logit(share)
        start = odds.copy()
        out[0] = inputs.baseline
        for step, (level, deviation) in enumerate(zip(out[1:], self.noise(inputs, slope), strict=True)):
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
