"""Bass diffusion: adoption by those who decide alone and those who follow others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import Autoregressive, yearly_noise
from cqsim.growth.base import EffectKind
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter, Spread
from cqsim.growth.past import Past
from cqsim.quantities import Quantity


class Bass(Autoregressive):
    """The share F of the capacity follows dF/dt = (p + q F)(1 - F) from the baseline's share (Bass 1969).

    With E = (1 - F) / (1 + F q / p), log E falls by p + q a year, plus AR(1) noise.

    Examples
    --------
    >>> model = Bass(capacity=1, innovation="3%", imitation="38%", evidence="assumed")
    >>> draws = {"capacity": 1.0, "innovation": 0.03, "imitation": 0.38, "volatility": 0.0, "persistence": 0.0}
    >>> out = np.empty((11, 1))
    >>> kernel = model.prepare(None, range(2022, 2032))
    >>> kernel.paths(Inputs(np.array([0.0]), draws, {"noise": np.zeros((10, 1))}), out)
    >>> out[[1, 10], 0].round(6).tolist()
    [0.035758, 0.812803]
    """

    effects: ClassVar[frozenset[EffectKind]] = frozenset({"level"})

    model: Literal["bass"] = "bass"
    capacity: Uncertain
    """All who will ever adopt, in the indicator's unit or as a percentage of the baseline."""
    innovation: Spread
    """p: the share of those left who adopt in a year by themselves."""
    imitation: Spread
    """q: how strongly adopters bring in others."""
    volatility: Spread = Quantity(0.0, "%", "0%")
    """Stationary standard deviation of the yearly change in log E."""

    def parameters(self) -> dict[str, Parameter]:
        """Capacity, innovation, imitation, volatility, persistence."""
        return {
            "capacity": Parameter(self.capacity, Kind.AMOUNT, above=0),
            "innovation": Parameter(self.innovation, Kind.SPREAD, above=0),
            "imitation": Parameter(self.imitation, Kind.SPREAD),
            **self.noise_parameters(),
        }

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return BassKernel()


@dataclass(frozen=True)
class BassKernel(Kernel):
    """See `Bass`."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        draws = inputs.draws
        capacity = np.maximum(draws["capacity"], inputs.baseline)
        ratio = draws["imitation"] / draws["innovation"]
        share = inputs.baseline / capacity
        left = np.log((1 - share) / (1 + ratio * share))
        out[0] = inputs.baseline
        for level, deviation in zip(out[1:], yearly_noise(inputs), strict=True):
            left = left - (draws["innovation"] + draws["imitation"]) - deviation
            np.minimum(left, 0.0, out=left)  # noise never leaves fewer than nobody adopted
            remaining = np.exp(left)
            np.divide(capacity * (1 - remaining), 1 + ratio * remaining, out=level)
