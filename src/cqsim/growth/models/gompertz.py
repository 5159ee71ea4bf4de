"""Gompertz growth: towards a capacity, with the fastest growth early."""

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


class Gompertz(Saturating):
    """The log gap log(capacity / level) shrinks by log(1 + rate) a year plus AR(1) noise, on its log (Gompertz 1825).

    Examples
    --------
    >>> model = Gompertz(capacity=100, rate="8%", volatility="0%", evidence="assumed")
    >>> out, draws = np.empty((2, 1)), {"capacity": 100.0, "rate": np.expm1(3.0), "volatility": 0.0, "persistence": 0.0}
    >>> kernel = model.prepare(None, range(2022, 2023))
    >>> kernel.paths(Inputs(np.array([100 * np.exp(-5.0)]), draws, {"noise": np.zeros((1, 1))}), out)
    >>> round(float(out[1, 0]), 4)  # 100 exp(-5 exp(-3))
    77.963
    """

    model: Literal["gompertz"] = "gompertz"
    rate: Rate
    """How fast the log gap to the capacity closes: by the factor 1 / (1 + rate) a year; drawn once per path."""
    volatility: Spread
    """Stationary standard deviation of the yearly change in the log of the log gap."""

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return GompertzKernel()


@dataclass(frozen=True)
class GompertzKernel(Kernel):
    """See `Gompertz`."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        baseline, capacity = inputs.baseline, ceiling(inputs)
        gap = np.log(capacity / baseline)
        closed = np.zeros_like(baseline)
        out[0] = baseline
        for step, (level, deviation) in enumerate(zip(out[1:], yearly_noise(inputs), strict=True)):
            closed -= inputs.rate("rate", step)
            closed -= deviation
            np.exp(closed, out=level)
            level *= -gap
            np.exp(level, out=level)
            level *= capacity
