"""Damped growth, a growth model for cqsim."""

from typing import ClassVar, Literal

import numpy as np

from cqsim.arrays import Array
from cqsim.growth.autoregression import Autoregressive, yearly_noise
from cqsim.growth.base import Levels
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter, Rate, Share, Spread
from cqsim.growth.past import Past


class Damped(Autoregressive):
    """The growth rate fades: of each year's log growth the next year keeps a share (damped trend, on logs).

    In year t after the baseline, log growth is kept ** t * log(1 + rate) plus AR(1) noise. Growth that events and
    levers add does not fade.

    References
    ----------
    Gardner, E. S. and McKenzie, E. (1985). Forecasting trends in time series. Management Science 31(10), 1237-1246.
    """

    levels: ClassVar[Levels] = "positive"
    typical: ClassVar[str] = "rate"

    model: Literal["damped"] = "damped"
    rate: Rate
    """Growth in the baseline year, from which it fades."""
    kept: Share
    """Share of the log growth that is kept from each year to the next: 85 %."""
    volatility: Spread
    """Stationary standard deviation of yearly log growth."""

    def parameters(self) -> dict[str, Parameter]:
        """Rate, share kept, volatility, persistence."""
        return {
            "rate": Parameter(self.rate, Kind.RATE),
            "kept": Parameter(self.kept, Kind.SHARE),
            **self.noise_parameters(),
        }

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return DampedKernel()


class DampedKernel(Kernel):
    """See `Damped`."""

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        log_rate, kept = np.log1p(inputs.draws["rate"]), inputs.draws["kept"]
        grown = np.zeros_like(inputs.baseline)
        out[0] = inputs.baseline
        for step, noise in enumerate(yearly_noise(inputs)):
            lost = (1 - kept ** (step + 1)) * log_rate
            grown += inputs.rate("rate", step) - lost + noise
            out[step + 1] = inputs.baseline * np.exp(grown)
