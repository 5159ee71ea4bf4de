"""What a growth model draws once per path, how it is written, and what it may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

import numpy as np
from pydantic import AfterValidator

from cqsim.distributions.base import Distribution, Uncertain, law, quantities
from cqsim.distributions.laws import Law, Scale
from cqsim.errors import Fault
from cqsim.quantities import Quantity, percentage, plain


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
