"""No growth: the level stays at its baseline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from cqsim.arrays import Array, Shaped
from cqsim.growth.base import EffectKind, GrowthModel
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Parameter
from cqsim.growth.past import Past


class Fixed(GrowthModel):
    """The level of every year is the baseline.

    Examples
    --------
    >>> import numpy as np
    >>> out = np.empty((3, 1))
    >>> Fixed(evidence="official").prepare(None, range(2022, 2024)).paths(Inputs(np.array([7.0]), {}), out)
    >>> out[:, 0].tolist()
    [7.0, 7.0, 7.0]
    """

    effects: ClassVar[frozenset[EffectKind]] = frozenset({"level"})

    model: Literal["fixed"] = "fixed"

    def parameters(self) -> dict[str, Parameter]:
        """Nothing is drawn."""
        return {}

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return FixedKernel()


@dataclass(frozen=True)
class FixedKernel(Kernel):
    """See `Fixed`."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        out[:] = inputs.baseline
