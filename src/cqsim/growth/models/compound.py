"""Compound growth: a typical rate, with yearly noise around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core.core_schema import CoreSchema

from cqsim.arrays import Array, Shaped
from cqsim.distributions.laws import Certain, Law
from cqsim.errors import Fault
from cqsim.growth.autoregression import Autoregressive, bridge_weights, yearly_noise
from cqsim.growth.base import Levels
from cqsim.growth.fitting.learning import learned
from cqsim.growth.kernel import NOISE, Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter, Rate, Spread
from cqsim.growth.past import Past
from cqsim.noun import Noun
from cqsim.quantities import Quantity


class Average(Noun):
    """The average growth over some years, noise included: what experts mean by "about 7 % a year until 2026"."""

    rate: Rate
    """The average, as a number or a distribution; its keys may stand beside `years`."""
    years: int = Field(strict=True, ge=1, le=100)
    """Over how many years from the baseline."""

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Accept the keys of any distribution beside `years`."""
        written = handler(schema)
        resolved = handler.resolve_ref_schema(written)
        resolved["properties"] = {name: resolved["properties"][name] for name in ("rate", "years")}
        resolved["required"] = ["years"]
        resolved["additionalProperties"] = {"x-cqsim": "Quantity"}
        return written

    @model_serializer
    def _spread_out(self) -> dict[str, Any]:
        rate = self.rate.written if isinstance(self.rate, Quantity) else self.rate.model_dump(exclude_unset=True)
        return {**(rate if isinstance(rate, dict) else {"rate": rate}), "years": self.years}


def _read_average(value: Any) -> Any:
    """Read `{p10, p50, p90, years}` as `{rate: {p10, p50, p90}, years}`."""
    if not isinstance(value, Mapping):
        return value
    if "rate" in value:
        return Average.model_validate(value)
    rate = {key: item for key, item in value.items() if key != "years"}
    return Average.model_validate({"rate": rate, **({"years": value["years"]} if "years" in value else {})})


class Compound(Autoregressive):
    """Log growth is log(1 + rate) plus AR(1) noise; geometric Brownian motion when persistence is 0.

    Give `rate`, the median growth over the long run, or `average`, the growth that will be seen over some years with
    noise included (the noise is then a bridge around it).

    Examples
    --------
    >>> model = Compound(rate="10%", volatility="0%", evidence="assumed")
    >>> out, draws = np.empty((3, 1)), {"rate": 0.1, "volatility": 0.0, "persistence": 0.0}
    >>> kernel = model.prepare(None, range(2022, 2024))
    >>> kernel.paths(Inputs(np.array([100.0]), draws, {"noise": np.zeros((2, 1))}), out)
    >>> out[:, 0].round(6).tolist()
    [100.0, 110.0, 121.0]
    """

    levels: ClassVar[Levels] = "positive"

    model: Literal["compound"] = "compound"
    rate: Rate | None = None
    """Typical (median) growth a year over the long run, drawn once per path."""
    average: Annotated[Average, BeforeValidator(_read_average)] | None = None
    """Average growth over `years` years, noise included."""
    volatility: Spread
    """Stationary standard deviation of yearly log growth."""
    learn: bool = False
    """Whether the history updates rate, volatility and persistence by Bayes' rule; leave it out when the figures
    already account for the history."""
    last_growth: Rate | None = None
    """Growth of the baseline year; the noise then starts from it instead of from its long-run law."""

    @model_validator(mode="after")
    def _one_rate(self) -> Self:
        if (self.rate is None) == (self.average is None):
            raise Fault("one_of", names=["rate", "average"])
        if self.learn and self.rate is None:
            raise Fault("learn_rate", at="learn")
        return self

    @property
    def fits_history(self) -> bool:  # type: ignore[override]  # as written
        """Whether it learns."""
        return self.learn

    @property
    def history_growths(self) -> int:  # type: ignore[override]  # as written
        """One when it learns."""
        return 1 if self.learn else 0

    def learned(self, laws: Mapping[str, Law], past: Past | None) -> Mapping[str, Law]:
        """With `learn`, what the history leaves of the figures; the noise then starts from the last known growth."""
        if not self.learn or past is None:
            return laws
        updated = {**laws, **learned(laws, past)}
        if past.years[-1] - past.years[-2] == 1:
            updated.setdefault("last_growth", Certain(past.values[-1] / past.values[-2] - 1))
        return updated

    @property
    def typical(self) -> str:  # type: ignore[override]  # depends on which of the two was written
        """The parameter that `correlation` joins."""
        return "rate" if self.average is None else "average"

    def parameters(self) -> dict[str, Parameter]:
        """Rate or average, volatility, persistence, and the last growth when it is known."""
        parameters = {
            "rate": self.rate and Parameter(self.rate, Kind.RATE),
            "average": self.average and Parameter(self.average.rate, Kind.RATE),
            **self.noise_parameters(),
            "last_growth": self.last_growth and Parameter(self.last_growth, Kind.RATE),
        }
        return {name: parameter for name, parameter in parameters.items() if parameter}

    def streams(self, years: int) -> dict[str, int]:
        """One innovation a year, for as long as the average reaches."""
        return {NOISE: max(years, self.average.years if self.average else 0)}

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        return CompoundKernel(self.typical, self.average.years if self.average else None)


@dataclass(frozen=True)
class CompoundKernel(Kernel):
    """See `Compound`."""

    typical: str
    averaged: int | None
    """Years over which `average` holds, noise included."""

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        grown = np.zeros_like(inputs.baseline)
        out[0] = inputs.baseline
        for step, (level, deviation) in enumerate(
            zip(out[1:], _deviations(inputs, self.typical, self.averaged), strict=False)
        ):
            grown += inputs.rate(self.typical, step)
            grown += deviation
            np.exp(grown, out=level)
            level *= inputs.baseline


def _deviations(inputs: Inputs, typical: str, averaged: int | None) -> Iterator[Array]:
    """Yearly noise; with an average over some years, a bridge that adds up to nothing over them."""
    draws, noise = inputs.draws, inputs.noise[NOISE]
    first = np.log1p(draws["last_growth"]) - np.log1p(draws[typical]) if "last_growth" in draws else None
    years = yearly_noise(inputs, first=first)
    if averaged is None:
        return years
    bridge = np.array([year.copy() for year in years])
    weights = bridge_weights(averaged, len(noise), draws["persistence"], first is None)
    bridge -= weights.reshape(len(noise), -1) * bridge[:averaged].sum(axis=0)
    return iter(bridge)
