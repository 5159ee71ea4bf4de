"""Logistic growth: fast at first, then towards a capacity that is never passed."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import deviations
from cqsim.growth.base import NOISE, Array, GrowthModel, Inputs, Kind, Parameter, Rate, Spread
from cqsim.quantities import Quantity

# A path whose drawn baseline reaches its drawn capacity is taken as saturated: this close to it.
SATURATED = 1 - 1e-6


class Logistic(GrowthModel):
    """The log-odds of level / capacity rise by log(1 + rate) a year plus AR(1) noise (Verhulst 1838).

    Far below the capacity this is compound growth at `rate`; growth falls in proportion to the room that is left.

    Examples
    --------
    >>> model = Logistic(capacity=100, rate="8%", volatility="0%", evidence="assumed")
    >>> out = np.empty((2, 1))
    >>> draws = {"capacity": 100.0, "rate": np.expm1(0.5), "volatility": 0.0, "persistence": 0.0}
    >>> model.paths(Inputs(2021, np.array([50.0]), draws, {"noise": np.zeros((1, 1))}), out)
    >>> round(float(out[1, 0]), 4)  # 100 / (1 + exp(-0.5))
    62.2459
    """

    positive: ClassVar[bool] = True
    typical: ClassVar[str] = "rate"

    model: Literal["logistic"] = "logistic"
    capacity: Uncertain
    """Level that is approached and never passed, in the indicator's unit or as a percentage of the baseline."""
    rate: Rate
    """Typical growth a year far below the capacity, drawn once per path."""
    volatility: Spread
    """Stationary standard deviation of the yearly change in log-odds: of yearly log growth, far below the capacity."""
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
        gap = capacity / baseline - 1  # (K - X) / X, the inverse odds
        yearly = deviations(inputs.noise[NOISE], draws["volatility"], draws["persistence"], None)
        risen = np.zeros_like(baseline)
        out[0] = baseline
        for step, (level, deviation) in enumerate(zip(out[1:], yearly, strict=True)):
            risen -= inputs.rate("rate", step)
            risen -= deviation
            np.exp(risen, out=level)
            level *= gap
            level += 1
            np.divide(capacity, level, out=level)
