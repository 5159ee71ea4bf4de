"""No growth: the level stays at its baseline."""

from __future__ import annotations

from typing import Literal

from cqsim.growth.base import Array, Draws, GrowthModel, Parameter


class Fixed(GrowthModel):
    """The level of every year is the baseline.

    Examples
    --------
    >>> import numpy as np
    >>> out = np.empty((3, 1))
    >>> Fixed(evidence="official").paths(np.array([7.0]), {}, np.empty((0, 1)), out)
    >>> out[:, 0].tolist()
    [7.0, 7.0, 7.0]
    """

    model: Literal["fixed"] = "fixed"

    def parameters(self) -> dict[str, Parameter]:
        """Nothing is drawn."""
        return {}

    def paths(self, baseline: Array, draws: Draws, noise: Array, out: Array) -> None:
        """Levels of every year; see `GrowthModel.paths`."""
        out[:] = baseline
