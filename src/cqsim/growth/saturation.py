"""What growth towards a capacity has in common."""

from __future__ import annotations

from abc import ABC
from typing import ClassVar

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.base import Uncertain
from cqsim.growth.autoregression import Autoregressive
from cqsim.growth.base import Levels
from cqsim.growth.kernel import Inputs
from cqsim.growth.parameters import Kind, Parameter, Rate, Spread

# A path whose drawn baseline reaches its drawn capacity is taken as saturated: this close to it.
_SATURATED = 1 - 1e-6


class Saturating(Autoregressive, ABC):
    """Growth towards a level that is approached and never passed."""

    levels: ClassVar[Levels] = "positive"
    typical: ClassVar[str] = "rate"

    capacity: Uncertain
    """Level that is approached and never passed, in the indicator's unit or as a percentage of the baseline."""
    rate: Rate
    """Typical speed of growth a year, drawn once per path."""
    volatility: Spread
    """Stationary standard deviation of the yearly noise."""

    def parameters(self) -> dict[str, Parameter]:
        """Capacity, rate, volatility, persistence."""
        return {
            "capacity": Parameter(self.capacity, Kind.AMOUNT, above=0),
            "rate": Parameter(self.rate, Kind.RATE),
            **self.noise_parameters(),
        }


def ceiling(inputs: Inputs) -> Array:
    """The capacity of each path, above its baseline."""
    return np.maximum(inputs.draws["capacity"], inputs.baseline / _SATURATED)
