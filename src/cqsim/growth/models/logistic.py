"""Logistic growth: fast at first, then towards a capacity that is never passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.growth.autoregression import yearly_noise
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Rate, Spread
from cqsim.growth.past import Past
from cqsim.growth.saturation import Saturating, ceiling


class Logistic(Saturating):
    """The log-odds of level / capacity rise by log(1 + rate) a year plus AR(1) noise (Verhulst 1838).

    Far below the capacity this is compound growth at `rate`; growth falls in proportion to the room that is left.

    Examples
    --------
    >>> model = Logistic(capacity=100, rate="8%", volatility="0%", evidence="assumed")
    >>> out = np.empty((2, 1))
    >>> draws = {"capacity": 100.0, "rate": np.expm1(0.5), "volatility": 0.0, "persistence": 0.0}
    >>> kernel = model.prepare(None, range(2022, 2023))
    >>> kernel.paths(Inputs(np.array([50.0]), draws, {"noise": np.zeros((1, 1))}), out)
    >>> round(float(out[1, 0]), 4)  # 100 / (1 + exp(-0.5))
    62.2459
    """

    model: Literal["logistic"] = "logistic"
    rate: Rate
    """Typical growth a year far below the capacity, drawn once per path."""
    volatility: Spread
    """Stationary standard deviation of the yearly change in log-odds: of yearly log growth, far below the capacity."""

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return LogisticKernel()


@dataclass(frozen=True)
class LogisticKernel(Kernel):
    """See `Logistic`."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        baseline, capacity = inputs.baseline, ceiling(inputs)
        gap = capacity / baseline - 1  # (K - X) / X, the inverse odds
        risen = np.zeros_like(baseline)
        out[0] = baseline
        for step, (level, deviation) in enumerate(zip(out[1:], yearly_noise(inputs), strict=True)):
            risen -= inputs.rate("rate", step)
            risen -= deviation
            np.exp(risen, out=level)
            level *= gap
            level += 1
            np.divide(capacity, level, out=level)
