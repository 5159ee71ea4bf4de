"""Growth by stages, as five-year plans set it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from cqsim.arrays import Array, Shaped
from cqsim.errors import Fault
from cqsim.growth.autoregression import Autoregressive, yearly_noise
from cqsim.growth.base import Levels
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter, Rate, Spread
from cqsim.growth.past import Past
from cqsim.noun import Noun


class Stage(Noun):
    """Some years with one typical rate."""

    start: Annotated[int, Field(strict=True)]
    """First year."""
    end: Annotated[int, Field(strict=True)]
    """Last year."""
    rate: Rate
    """Typical (median) growth a year in these years."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise Fault("stage_order", start=self.start, end=self.end)
        return self


class Staged(Autoregressive):
    """Compound growth with one typical rate a stage; the same good or bad luck runs through the rates of all stages.

    Examples
    --------
    >>> stages = [{"start": 2022, "end": 2022, "rate": "10%"}, {"start": 2023, "end": 2030, "rate": "0%"}]
    >>> model = Staged(stages=stages, volatility="0%", evidence="assumed")
    >>> out, draws = np.empty((3, 1)), {"rate_2022": 0.1, "rate_2023": 0.0, "volatility": 0.0, "persistence": 0.0}
    >>> kernel = model.prepare(None, range(2022, 2024))
    >>> kernel.paths(Inputs(np.array([100.0]), draws, {"noise": np.zeros((2, 1))}), out)
    >>> out[:, 0].round(6).tolist()
    [100.0, 110.0, 110.0]
    """

    levels: ClassVar[Levels] = "positive"
    typical: ClassVar[str] = "rate"

    model: Literal["staged"] = "staged"
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    """In order, without gaps; the last one goes on to the end, the first one back to the baseline."""
    volatility: Spread
    """Stationary standard deviation of yearly log growth."""

    @model_validator(mode="after")
    def _follow_each_other(self) -> Self:
        for first, second in pairwise(self.stages):
            if second.start <= first.end:
                raise Fault("stages_overlap", first=f"{first.start}-{first.end}", second=f"{second.start}-{second.end}")
            if second.start > first.end + 1:
                raise Fault("stages_gap", end=first.end, start=second.start)
        return self

    def parameters(self) -> dict[str, Parameter]:
        """One rate a stage, volatility, persistence."""
        rates = {f"rate_{stage.start}": Parameter(stage.rate, Kind.RATE, stream="rate") for stage in self.stages}
        return rates | self.noise_parameters()

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return StagedKernel(tuple(self._rate_of(year) for year in years))

    def _rate_of(self, year: int) -> str:
        return f"rate_{next((stage.start for stage in self.stages if year <= stage.end), self.stages[-1].start)}"


@dataclass(frozen=True)
class StagedKernel(Kernel):
    """See `Staged`."""

    rates: tuple[str, ...]
    """The parameter of each year."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        grown = np.zeros_like(inputs.baseline)
        out[0] = inputs.baseline
        for step, (level, deviation) in enumerate(zip(out[1:], yearly_noise(inputs), strict=True)):
            grown += inputs.rate(self.rates[step], step)
            grown += deviation
            np.exp(grown, out=level)
            level *= inputs.baseline
