"""No growth: the level stays at its baseline."""

from __future__ import annotations

from typing import ClassVar, Literal

from cqsim.arrays import Array
from cqsim.growth.base import Effect, GrowthModel, Parameter
from cqsim.growth.inputs import Inputs


class Fixed(GrowthModel):
    """The level of every year is the baseline.

    Examples
    --------
    >>> import numpy as np
    >>> out = np.empty((3, 1))
    >>> Fixed(evidence="official").paths(Inputs(2021, np.array([7.0]), {}), out)
    >>> out[:, 0].tolist()
    [7.0, 7.0, 7.0]
    """

    effects: ClassVar[frozenset[Effect]] = frozenset({"level"})

    model: Literal["fixed"] = "fixed"

    def parameters(self) -> dict[str, Parameter]:
        """Nothing is drawn."""
        return {}

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `GrowthModel.paths`."""
        out[:] = inputs.baseline
