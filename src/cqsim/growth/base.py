"""The one contract of growth models, and the union of all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    AfterValidator,
    BeforeValidator,
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from cqsim.distributions.base import Distribution, Uncertain, quantities
from cqsim.distributions.laws import Scale
from cqsim.errors import Fault
from cqsim.evidence import Graded
from cqsim.quantities import Quantity, percentage, plain
from cqsim.registry import Registry

Array = NDArray[np.float64]
Draws = Mapping[str, Array | float]
"""Parameter name to its draws, shape (paths,), or to one number when it is taken as certain."""


class Kind(Enum):
    """What a parameter measures, which decides how it is written and on which scale it is uncertain."""

    AMOUNT = "amount"
    """In the indicator's unit, or a percentage of the median baseline."""
    RATE = "rate"
    """Growth a year: `7%`."""
    SPREAD = "spread"
    """A standard deviation written as a percentage: `9%`."""
    NUMBER = "number"
    """A plain number."""


@dataclass(frozen=True)
class Parameter:
    """One thing that a model draws once per path.

    Parameters
    ----------
    written : Quantity or Distribution
    kind : Kind
    above, below : float
        Open bounds of what the model can use.
    at_least : float
        Lowest value that the model can use.
    """

    written: Quantity | Distribution
    kind: Kind
    above: float = -np.inf
    below: float = np.inf
    at_least: float = -np.inf

    @property
    def is_certain(self) -> bool:
        """Whether a single number was written."""
        return isinstance(self.written, Quantity)

    def scale(self, number: Callable[[Quantity], float]) -> Scale:
        """The scale on which a law written by quantiles is normal."""
        if self.kind is Kind.RATE:
            return Scale.LOG1P
        if self.kind is Kind.NUMBER:
            return Scale.LINEAR
        return Scale.LOG if all(number(quantity) > 0 for quantity in quantities(self.written)) else Scale.LINEAR

    def number(self, amount: Callable[[Quantity], float]) -> Callable[[Quantity], float]:
        """How one of its figures becomes a number; `amount` does it for the indicator's unit."""
        return {Kind.AMOUNT: amount, Kind.NUMBER: plain}.get(self.kind, percentage)


class GrowthModel(Graded, ABC):
    """How an indicator may grow from its baseline."""

    positive: ClassVar[bool] = False
    """Whether levels must be above zero (models on the log scale)."""
    typical: ClassVar[str | None] = None
    """The parameter that `correlation` joins beside the yearly innovations."""

    model: str
    """Name of the model."""

    @model_serializer(mode="wrap")
    def _name_first(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write the name also when it was left to its default: a file needs it."""
        return {"model": self.model, **serialize(self)}

    @abstractmethod
    def parameters(self) -> dict[str, Parameter]:
        """What is drawn once per path, by name."""

    def noise_years(self, years: int) -> int:
        """How many yearly innovations `paths` takes for `years` years after the baseline; 0 for none."""
        return 0

    @abstractmethod
    def paths(self, baseline: Array, draws: Draws, noise: Array, out: Array) -> None:
        """Levels of every year.

        Parameters
        ----------
        baseline : ndarray, shape (paths,)
            Levels of the baseline year.
        draws : mapping of str to float or ndarray, shape (paths,)
            One entry for each of `parameters()`.
        noise : ndarray, shape (noise_years, paths)
            Standard normal innovations; row 0 belongs to the first year after the baseline.
        out : ndarray, shape (years + 1, paths)
            Filled in; row 0 is the baseline.
        """


def _percentages(value: Distribution | Quantity) -> Distribution | Quantity:
    for quantity in quantities(value):
        if percentage(quantity) <= -1:
            raise Fault("rate_below_minus_100", value=str(quantity))
    return value


def _spread(value: Distribution | Quantity) -> Distribution | Quantity:
    for quantity in quantities(value):
        if percentage(quantity) < 0:
            raise Fault("negative_spread", value=str(quantity))
    return value


Rate = Annotated[Uncertain, AfterValidator(_percentages)]
"""Growth a year, with its per cent sign."""
Spread = Annotated[Uncertain, AfterValidator(_spread)]
"""A standard deviation as a percentage, not negative."""

_SHIPPED = ("compound", "linear", "logistic", "fixed")
REGISTRY: Registry[GrowthModel] = Registry(
    "cqsim.growth", {name: f"cqsim.growth.{name}:{name.capitalize()}" for name in _SHIPPED}
)


def _read(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    name = value.get("model")
    if not isinstance(name, str):
        raise Fault("no_model", allowed=REGISTRY.names())
    return REGISTRY.find(name).model_validate(value)


Growth = Annotated[SerializeAsAny[GrowthModel], BeforeValidator(_read)]
"""Any growth model, chosen by its `model` key."""
