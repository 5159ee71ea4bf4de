"""Linear growth: a typical yearly step, with yearly noise around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import Autoregressive, yearly_noise
from cqsim.growth.base import EffectKind
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter
from cqsim.growth.past import Past
from cqsim.quantities import Quantity


class Linear(Autoregressive):
    """The level moves by a typical step a year plus AR(1) noise; it may pass through zero.

    Examples
    --------
    >>> model = Linear(increment=5, evidence="assumed")
    >>> out = np.empty((3, 1))
    >>> draws = {"increment": 5, "volatility": 0, "persistence": 0}
    >>> kernel = model.prepare(None, range(2022, 2024))
    >>> kernel.paths(Inputs(np.array([100.0]), draws, {"noise": np.zeros((2, 1))}), out)
    >>> out[:, 0].tolist()
    [100.0, 105.0, 110.0]
    """

    typical: ClassVar[str] = "increment"
    spread: ClassVar[Kind] = Kind.AMOUNT
    effects: ClassVar[frozenset[EffectKind]] = frozenset({"level"})

    model: Literal["linear"] = "linear"
    increment: Uncertain
    """Typical yearly step in the indicator's unit, or as a percentage of the baseline; drawn once per path."""
    volatility: Uncertain = Quantity(0.0, written=0)
    """Stationary standard deviation of the yearly step, written like `increment`."""

    def parameters(self) -> dict[str, Parameter]:
        """Increment, volatility, persistence."""
        return {
            "increment": Parameter(self.increment, Kind.AMOUNT),
            **self.noise_parameters(),
        }

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return LinearKernel()


@dataclass(frozen=True)
class LinearKernel(Kernel):
    """See `Linear`."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        out[0] = inputs.baseline
        for year, deviation in enumerate(yearly_noise(inputs), start=1):
            np.add(out[year - 1], deviation, out=out[year])
            out[year] += inputs.draws["increment"]
