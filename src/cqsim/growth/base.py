"""The one contract of growth models, and the union of all of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import (
    AfterValidator,
    BeforeValidator,
    SerializeAsAny,
    SerializerFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
)

from cqsim.arrays import Array
from cqsim.distributions.base import Distribution, Uncertain, law, quantities
from cqsim.distributions.laws import Law, Scale
from cqsim.errors import Fault
from cqsim.evidence import Graded
from cqsim.growth.inputs import Inputs, Past
from cqsim.noun import in_written_order
from cqsim.quantities import PERCENT, Quantity, percentage, plain
from cqsim.registry import Registry

Effect = Literal["level", "growth"]
NOISE = "noise"
"""The stream of yearly Gaussian innovations, which `correlation` joins by calendar year."""


class Kind(Enum):
    """What a parameter measures, which decides how it is written and on which scale it is uncertain."""

    AMOUNT = "amount"
    """In the indicator's unit, or a percentage of the path's own baseline."""
    RATE = "rate"
    """Growth a year: `7%`."""
    SPREAD = "spread"
    """A standard deviation written as a percentage: `9%`."""
    SHARE = "share"
    """A probability: `35%`."""
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
    stream : str or None
        Parameters of one stream share their draw: high in one is high in all. Default: the parameter's own name.
    repeated : bool
        Not drawn once per path: the model draws it as often as it needs, from the law.
    """

    written: Quantity | Distribution
    kind: Kind
    above: float = -np.inf
    below: float = np.inf
    at_least: float = -np.inf
    stream: str | None = None
    repeated: bool = False

    def law(self) -> Law:
        """Its law when its figures need no unit."""
        number = self.number(plain)
        return law(self.written, number, self.scale(number))

    @property
    def is_certain(self) -> bool:
        """Whether a single number was written."""
        return isinstance(self.written, Quantity)

    def scale(self, number: Callable[[Quantity], float]) -> Scale:
        """The scale on which a law written by quantiles is normal."""
        if self.kind is Kind.RATE:
            return Scale.LOG1P
        if self.kind is Kind.SHARE:
            return Scale.LOGIT
        if self.kind is Kind.NUMBER and self.at_least < 0:
            return Scale.LINEAR
        return Scale.LOG if all(number(quantity) > 0 for quantity in quantities(self.written)) else Scale.LINEAR

    def number(self, amount: Callable[[Quantity], float]) -> Callable[[Quantity], float]:
        """How one of its figures becomes a number; `amount` does it for the indicator's unit."""
        return {Kind.AMOUNT: amount, Kind.NUMBER: plain}.get(self.kind, percentage)


class GrowthModel(Graded, ABC):
    """How an indicator may grow from its baseline."""

    positive: ClassVar[bool] = False
    """Whether levels must be above zero (models on the log scale)."""
    integer: ClassVar[bool] = False
    """Whether levels are whole numbers."""
    typical: ClassVar[str | None] = None
    """The parameter that `correlation` joins beside the yearly innovations."""
    effects: ClassVar[frozenset[Effect]] = frozenset({"level", "growth"})
    """What events and levers may change."""
    applies_level: ClassVar[bool] = False
    """Whether the model itself applies level effects; else levels are multiplied by them."""
    own_unit: ClassVar[str | None] = None
    """The unit that the indicator must have, when the model asks for one."""
    default_baseline: ClassVar[float | None] = None
    """Level of the baseline year of an indicator that states none."""
    history_growths: ClassVar[int] = 0
    """How many past growth rates the model needs."""
    fits_history: ClassVar[bool] = False
    """Whether the model is fitted to the history: it may lack years, and a baseline that is none of them is its end."""

    model: str
    """Name of the model."""

    @model_serializer(mode="wrap")
    def _own_fields_first(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Write the name first, also when it was left to its default: a file needs it."""
        return {"model": self.model, **in_written_order(self, serialize(self))}

    def is_share(self, unit: str) -> bool:
        """Whether levels in this unit are shares between 0 and 100 %, so that uplifts move their log-odds."""
        return self.own_unit == PERCENT == unit

    def learned(self, laws: Mapping[str, Law], past: Past | None) -> Mapping[str, Law]:
        """The laws of the parameters after a history, and those that only it can give; by default as written."""
        return laws

    def peers(self) -> tuple[str, ...]:
        """Other indicators from whose histories the model learns."""
        return ()

    def refuse(self, past: Past | None) -> None:
        """Refuse a history that the model cannot use.

        Raises
        ------
        Fault
            Too few years, a gap, or a level that is not positive where levels must be.
        """
        if not self.history_growths:
            return
        years, levels = (past.years, past.values) if past else ((), ())
        if len(years) <= self.history_growths:
            raise Fault("history_short", model=self.model, needed=self.history_growths + 1, found=len(years))
        gap = next((year for year in range(years[0], years[-1]) if year not in years), None)
        if gap is not None and not self.fits_history:
            raise Fault("history_gap", year=gap)
        if self.positive and min(levels) <= 0:
            raise Fault("not_positive", "linear_instead", model=self.model, value=f"{min(levels):g}")

    @abstractmethod
    def parameters(self) -> dict[str, Parameter]:
        """What is drawn once per path, by name."""

    def streams(self, years: int) -> dict[str, int]:
        """Rows of standard normal values that `paths` takes for `years` years, by stream."""
        return {}

    @abstractmethod
    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year.

        Parameters
        ----------
        inputs : Inputs
            Not changed.
        out : ndarray, shape (years + 1, paths)
            Row 0 is the baseline.
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


def _share(value: Distribution | Quantity) -> Distribution | Quantity:
    for quantity in quantities(value):
        if not 0 <= percentage(quantity) <= 1:
            raise Fault("not_share", value=str(quantity))
    return value


Share = Annotated[Uncertain, AfterValidator(_share)]
"""A probability as a percentage."""

_SHIPPED = ("compound", "linear", "logistic", "gompertz", "bass", "staged", "trend", "bootstrap", "regimes")
_OTHERS = ("proportion", "count", "milestones", "fixed")
REGISTRY: Registry[GrowthModel] = Registry(
    "cqsim.growth",
    "model",
    {name: f"cqsim.growth.models.{name}:{name.capitalize()}" for name in (*_SHIPPED, *_OTHERS)},
)


def _read(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    name = value.get("model")
    if not isinstance(name, str):
        raise Fault("no_model", allowed=REGISTRY.names())
    return REGISTRY.find(name).model_validate(value)


Growth = Annotated[SerializeAsAny[GrowthModel], BeforeValidator(_read), WithJsonSchema({"x-cqsim": "Growth"})]
"""Any growth model, chosen by its `model` key."""
