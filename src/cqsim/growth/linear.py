"""Linear growth: a typical yearly step, with yearly noise around it."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import deviations
from cqsim.growth.base import NOISE, Array, Effect, GrowthModel, Inputs, Kind, Parameter
from cqsim.quantities import Quantity


class Linear(GrowthModel):
    """The level moves by a typical step a year plus AR(1) noise; it may pass through zero.

    Examples
    --------
    >>> model = Linear(increment=5, evidence="assumed")
    >>> out = np.empty((3, 1))
    >>> draws = {"increment": 5, "volatility": 0, "persistence": 0}
    >>> model.paths(Inputs(2021, np.array([100.0]), draws, {"noise": np.zeros((2, 1))}), out)
    >>> out[:, 0].tolist()
    [100.0, 105.0, 110.0]
    """

    typical: ClassVar[str] = "increment"
    effects: ClassVar[frozenset[Effect]] = frozenset({"level"})

    model: Literal["linear"] = "linear"
    increment: Uncertain
    """Typical yearly step in the indicator's unit, or as a percentage of the baseline; drawn once per path."""
    volatility: Uncertain = Quantity(0.0, written=0)
    """Stationary standard deviation of the yearly step, written like `increment`."""
    persistence: Uncertain = Quantity(0.0, written=0)
    """AR(1) coefficient of the yearly step, between -1 and 1."""

    def parameters(self) -> dict[str, Parameter]:
        """Increment, volatility, persistence."""
        return {
            "increment": Parameter(self.increment, Kind.AMOUNT),
            "volatility": Parameter(self.volatility, Kind.AMOUNT, at_least=0),
            "persistence": Parameter(self.persistence, Kind.NUMBER, above=-1, below=1),
        }

    def streams(self, years: int) -> dict[str, int]:
        """One innovation a year."""
        return {NOISE: years}

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `GrowthModel.paths`."""
        draws = inputs.draws
        out[0] = inputs.baseline
        yearly = deviations(inputs.noise[NOISE], draws["volatility"], draws["persistence"], None)
        for year, deviation in enumerate(yearly, start=1):
            np.add(out[year - 1], deviation, out=out[year])
            out[year] += draws["increment"]
