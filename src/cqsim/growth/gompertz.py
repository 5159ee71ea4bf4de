"""Gompertz growth: towards a capacity, with the fastest growth early."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import deviations
from cqsim.growth.base import NOISE, Array, GrowthModel, Inputs, Kind, Parameter, Rate, Spread
from cqsim.growth.logistic import SATURATED
from cqsim.quantities import Quantity


class Gompertz(GrowthModel):
    """The log gap log(capacity / level) shrinks by log(1 + rate) a year plus AR(1) noise, on its log (Gompertz 1825).

    Examples
    --------
    >>> model = Gompertz(capacity=100, rate="8%", volatility="0%", evidence="assumed")
    >>> out, draws = np.empty((2, 1)), {"capacity": 100.0, "rate": np.expm1(3.0), "volatility": 0.0, "persistence": 0.0}
    >>> model.paths(Inputs(2021, np.array([100 * np.exp(-5.0)]), draws, {"noise": np.zeros((1, 1))}), out)
    >>> round(float(out[1, 0]), 4)  # 100 exp(-5 exp(-3))
    77.963
    """

    positive: ClassVar[bool] = True
    typical: ClassVar[str] = "rate"

    model: Literal["gompertz"] = "gompertz"
    capacity: Uncertain
    """Level that is approached and never passed, in the indicator's unit or as a percentage of the baseline."""
    rate: Rate
    """How fast the log gap to the capacity closes: by the factor 1 / (1 + rate) a year; drawn once per path."""
    volatility: Spread
    """Stationary standard deviation of the yearly change in the log of the log gap."""
    persistence: Uncertain = Quantity(0.0, written=0)
    """AR(1) coefficient of the noise, between -1 and 1."""

    def parameters(self) -> dict[str, Parameter]:
        """Capacity, rate, volatility, persistence."""
        return {
            "capacity": Parameter(self.capacity, Kind.AMOUNT, above=0),
            "rate": Parameter(self.rate, Kind.RATE),
            "volatility": Parameter(self.volatility, Kind.SPREAD),
            "persistence": Parameter(self.persistence, Kind.NUMBER, above=-1, below=1),
        }

    def streams(self, years: int) -> dict[str, int]:
        """One innovation a year."""
        return {NOISE: years}

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `GrowthModel.paths`."""
        draws, baseline = inputs.draws, inputs.baseline
        capacity = np.maximum(draws["capacity"], baseline / SATURATED)
        gap = np.log(capacity / baseline)
        yearly = deviations(inputs.noise[NOISE], draws["volatility"], draws["persistence"], None)
        closed = np.zeros_like(baseline)
        out[0] = baseline
        for step, (level, deviation) in enumerate(zip(out[1:], yearly, strict=True)):
            closed -= inputs.rate("rate", step)
            closed -= deviation
            np.exp(closed, out=level)
            level *= -gap
            np.exp(level, out=level)
            level *= capacity
