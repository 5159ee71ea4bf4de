"""Growth drawn from the indicator's own past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from cqsim.arrays import Array, Shaped
from cqsim.growth.base import GrowthModel, Levels
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Parameter
from cqsim.growth.past import Past

_BLOCKS = "blocks"


class Bootstrap(GrowthModel):
    """Yearly log growth in blocks of consecutive past years, each start equally likely (Politis and Romano 1992).

    The past is taken as a circle, so that the last years follow on to the first. What never happened in the history
    never happens here.

    Examples
    --------
    >>> from cqsim.growth.past import Past
    >>> model = Bootstrap(block=1, evidence="derived")
    >>> out, noise = np.empty((3, 1)), {"blocks": np.array([[-5.0], [5.0]])}
    >>> kernel = model.prepare(Past.until(2021, [50.0, 55.0, 66.0]), range(2022, 2024))
    >>> kernel.paths(Inputs(np.array([100.0]), {}, noise), out)
    >>> out[:, 0].round(6).tolist()
    [100.0, 110.0, 132.0]
    """

    levels: ClassVar[Levels] = "positive"
    history_growths: ClassVar[int] = 3

    model: Literal["bootstrap"] = "bootstrap"
    block: Annotated[int, Field(strict=True, ge=1, le=50)] = 2
    """Consecutive years that stay together."""

    def parameters(self) -> dict[str, Parameter]:
        """Nothing is drawn once per path."""
        return {}

    def streams(self, years: int) -> dict[str, int]:
        """One draw a block."""
        return {_BLOCKS: -(-years // self.block)}

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return BootstrapKernel(tuple(map(float, np.diff(np.log(past.values)))) if past else (0.0,), self.block)


@dataclass(frozen=True)
class BootstrapKernel(Kernel):
    """See `Bootstrap`."""

    past: tuple[float, ...]
    """Yearly log growth."""
    block: int

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        from scipy.special import ndtr

        past = np.array(self.past)
        starts = np.minimum(ndtr(inputs.noise[_BLOCKS]) * len(past), len(past) - 1).astype(np.int64)
        grown = np.zeros_like(inputs.baseline)
        out[0] = inputs.baseline
        for step, level in enumerate(out[1:]):
            growth = past[(starts[step // self.block] + step % self.block) % len(past)]
            grown += growth
            if inputs.growth is not None:  # added to the simple rate of the drawn year
                grown += np.log1p(np.maximum(inputs.growth[step] * np.exp(-growth), -0.999))
            np.exp(grown, out=level)
            level *= inputs.baseline
