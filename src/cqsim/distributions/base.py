"""The contract of written distributions, and the union of all written forms."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from cqsim.distributions.laws import Certain, Law, Scale
from cqsim.errors import Fault, nearest, unknown
from cqsim.noun import Noun
from cqsim.quantities import Quantity
from cqsim.registry import Registry


class Distribution(Noun, ABC):
    """What an analyst writes in place of a number that is not known exactly."""

    @abstractmethod
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures as written, each in its own unit."""

    @abstractmethod
    def law(self, number: Callable[[Quantity], float], scale: Scale) -> Law:
        """The law in plain numbers.

        Parameters
        ----------
        number : callable
            Turns a written figure into a number, in the unit that the place asks for.
        scale : Scale
            Scale of forms that are given by quantiles.

        Raises
        ------
        Fault
            When the figures make no distribution.
        """


_UNNAMED = ("percentiles", "interval")
_NAMED = ("beta", "empirical", "lognormal", "normal", "pert", "student_t", "triangular", "uniform")
REGISTRY: Registry[Distribution] = Registry(
    "cqsim.distributions",
    "distribution",
    {
        "percentiles": "cqsim.distributions.quantiles:Percentiles",
        "interval": "cqsim.distributions.quantiles:Interval",
        **{name: f"cqsim.distributions.named:{name.title().replace('_', '')}" for name in _NAMED},
    },
)
_FARTHEST = np.array([-9.0, 0.0, 9.0])  # standard normal values that no run draws beyond
SHORT_FORMS = {"percentiles": ("p10", "p50", "p90"), "interval": ("p05", "p95"), "triangular": ("low", "mode", "high")}
"""Forms that need no name, since their keys identify them."""


def _read(value: Any) -> Any:
    if isinstance(value, Distribution | Quantity):
        return value
    if not isinstance(value, Mapping):
        return Quantity.parse(value)
    if "distribution" in value:
        name = str(value["distribution"])
        named = [known for known in REGISTRY.names() if known not in _UNNAMED]
        if name not in named:
            raise unknown("unknown_distribution", name, named, at="distribution")
        return REGISTRY.find(name).model_validate(value)
    for form, keys in SHORT_FORMS.items():
        if value.keys() & set(keys):
            return REGISTRY.find(form).model_validate(value)
    forms = [f"{{{', '.join(keys)}}}" for keys in SHORT_FORMS.values()]
    if value and all(re.fullmatch(r"p\d+", str(key)) for key in value):
        raise Fault("not_distribution", "other_quantiles", forms=forms)
    near = next((near for key in value for keys in SHORT_FORMS.values() if (near := nearest(str(key), keys))), None)
    raise Fault("not_distribution", "near" if near else None, forms=forms, near=near)


def _write(value: Distribution | Quantity) -> Any:
    return value.written if isinstance(value, Quantity) else value.model_dump(exclude_unset=True)


Uncertain = Annotated[
    Distribution | Quantity,
    BeforeValidator(_read),
    PlainSerializer(_write),
    WithJsonSchema({"x-cqsim": "Uncertain"}),
]
"""A number as written, or a distribution in its place."""


def law(value: Distribution | Quantity, number: Callable[[Quantity], float], scale: Scale) -> Law:
    """The law of a written number or distribution; see `Distribution.law`.

    Raises
    ------
    Fault
        When the figures make no distribution, or one with values that are not finite.
    """
    if isinstance(value, Quantity):
        return Certain(number(value))
    drawn = value.law(number, scale)
    with np.errstate(all="ignore"):
        values = drawn.from_normal(_FARTHEST)
    if not np.isfinite(values).all():
        raise Fault("beyond_numbers", values=[str(quantity) for quantity in value.quantities()])
    return drawn


def increasing(written: Sequence[Quantity], number: Callable[[Quantity], float]) -> list[float]:
    """Written figures as numbers.

    Raises
    ------
    Fault
        When they do not increase; it shows them as written.
    """
    values = [number(quantity) for quantity in written]
    if any(first >= second for first, second in pairwise(values)):
        raise Fault("not_increasing", values=[str(quantity) for quantity in written])
    return values


def quantities(value: Distribution | Quantity) -> tuple[Quantity, ...]:
    """The figures of a written number or distribution."""
    return (value,) if isinstance(value, Quantity) else value.quantities()
