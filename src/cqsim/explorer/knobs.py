"""The figures that can be moved: where they are, how far they move, and how a moved one is written."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cqsim.distributions.base import Distribution, law, quantities
from cqsim.distributions.laws import Scale
from cqsim.growth.base import Kind, Parameter
from cqsim.growth.models.compound import Average
from cqsim.noun import Noun
from cqsim.quantities import PERCENT, Quantity
from cqsim.scenario.nouns.target import TimesBaseline
from cqsim.scenario.scenario import Scenario

_WIDTHS = ("sd",)  # of distributions: how wide, not where
_MIDDLES = ("p50", "mode", "mean")
_POINTS = 10.0  # a rate moves by at least so many to either side
_TIMES = 3.0  # an amount moves from a third to three times
_CALM = 20.0  # how far a volatility of nothing moves, in per cent


@dataclass(frozen=True)
class Knob:
    """One figure that can be moved; numbers are in its unit.

    Parameters
    ----------
    block, key : str
        Path of the block of the file and, within it, of the figure.
    written : Quantity or Distribution
        As it stands there; a distribution is moved as a whole, on its own scale.
    scale : Scale
    unit, measure : str
        As written, and as shown: an indicator's unit need not be written.
    value : float
        The number, or the middle of the distribution.
    low, high, step : float
        From where to where it moves, and by how much.
    note : str or None
        Of the block.
    beside : mapping
        What else the block of `average` holds.
    """

    block: str
    key: str
    written: Quantity | Distribution
    scale: Scale
    unit: str
    measure: str
    value: float
    low: float
    high: float
    step: float
    note: str | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its path in the file."""
        return f"{self.block}.{self.key}"

    def at(self, value: float) -> Any:
        """What the file would say if the number, or the centre of the distribution, were another."""
        moved = self._moved(value)
        return {"rate": moved, **self.beside} if self.beside else moved

    def _moved(self, value: float) -> Any:
        if isinstance(self.written, Quantity):
            return _text(value, self.unit)
        whole = 100.0 if self.unit == PERCENT else 1.0
        shift = self.scale.forward(value / whole) - self.scale.forward(self.value / whole)
        keys = self.written.model_dump(exclude_unset=True)
        for name, quantity in _places(self.written):
            place = np.array([self.scale.forward(quantity.number / whole) + shift])
            keys[name] = _text(float(self.scale.back(place)[0]) * whole, self.unit)
        return keys


def target_knobs(scenario: Scenario, id: str, number: int) -> list[Knob]:
    """The levels of one target of an indicator: one, or two for `between`."""
    indicator = scenario.indicators[id]
    target = indicator.targets[number]
    smallest = 1.0 if indicator.growth is not None and indicator.growth.integer else 0.0
    knobs = []
    for place, level in enumerate(target.levels):
        key = target.sense if len(target.levels) == 1 else f"{target.sense}[{place}]"
        measure = indicator.unit
        if isinstance(level, TimesBaseline):
            key, measure = f"{key}.times_baseline", "×"
            level = Quantity(level.times_baseline)
        scale = Scale.LOG if level.number > 0 else Scale.LINEAR
        path = f"indicators.{id}.targets[{number}]", key
        knobs.append(_knob(path, level, scale, measure, smallest=smallest, note=target.note))
    return [knob for knob in knobs if knob]


def growth_knobs(scenario: Scenario, id: str) -> list[Knob]:
    """Parameters that an indicator's growth model draws once per path: growth, volatility, capacity, probabilities.

    Left out are plain numbers such as the persistence, and what a history decides.
    """
    growth = scenario.indicators[id].growth
    if growth is None:
        return []
    knobs = []
    for parameter in growth.parameters().values():
        place = next((figure for figure in _figures(growth, "") if figure[1] is parameter.written), None)
        if place is not None and parameter.kind is not Kind.NUMBER:
            key, written, beside = place
            scale = parameter.scale(lambda quantity: quantity.number)
            path, measure = (f"indicators.{id}.growth", key), scenario.indicators[id].unit
            knobs.append(_knob(path, written, scale, measure, parameter, note=growth.note, beside=beside))
    return [knob for knob in knobs if knob]


def _figures(value: Any, path: str) -> Iterator[tuple[str, Quantity | Distribution, Mapping[str, Any]]]:
    """Every figure of a block with its path in it."""
    if isinstance(value, Quantity | Distribution):
        yield path, value, {}
    elif isinstance(value, Average):
        yield path, value.rate, {"years": value.years}
    elif isinstance(value, Noun):
        for name in type(value).model_fields:
            yield from _figures(getattr(value, name), f"{path}.{name}".lstrip("."))
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _figures(part, f"{path}.{name}")
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _figures(part, f"{path}[{number}]")


def _knob(
    path: tuple[str, str],
    written: Quantity | Distribution,
    scale: Scale,
    measure: str,
    parameter: Parameter | None = None,
    smallest: float = 0.0,
    **about: Any,
) -> Knob | None:
    """A figure's knob; None where its figures are of several units, or nothing says how far it might move."""
    units = {quantity.unit for quantity in quantities(written)}
    if len(units) > 1 or not (isinstance(written, Quantity) or _places(written)):
        return None
    unit = units.pop()
    value = _middle(written, scale, 100.0 if unit == PERCENT else 1.0)
    low, high = _ends(value, written, scale, parameter)
    if low == high:
        return None
    step = max(smallest, 10.0 ** math.floor(math.log10((high - low) / 100)))
    low = value - math.floor((value - low) / step + 1e-9) * step  # the sliders' steps meet the written value
    high = value + math.floor((high - value) / step + 1e-9) * step
    return Knob(*path, written, scale, unit, unit or measure, value, low, high, step, **about)


def _ends(
    value: float, written: Quantity | Distribution, scale: Scale, parameter: Parameter | None
) -> tuple[float, float]:
    """The range over which a figure moves."""
    match scale:
        case Scale.LOG1P:
            reach = max(_POINTS, abs(value))
            return max(value - reach, -99.0), value + reach
        case Scale.LOGIT:
            return (0.0, 100.0) if isinstance(written, Quantity) else (min(1.0, value), max(99.0, value))
        case Scale.LOG:
            return value / _TIMES, value * _TIMES
    if parameter is not None and parameter.kind is Kind.SPREAD and value == 0:
        return 0.0, _CALM
    reach = 2 * max(abs(quantity.number) for quantity in quantities(written))
    lowest = -math.inf if parameter is None else parameter.at_least
    return max(value - reach, lowest), value + reach


def _middle(written: Quantity | Distribution, scale: Scale, whole: float) -> float:
    """The number, the figure that says where a distribution lies, or its median."""
    if isinstance(written, Quantity):
        return written.number
    named = dict(_places(written))
    middle = next((named[name] for name in _MIDDLES if name in named), None)
    if middle is not None:
        return middle.number
    return float(f"{law(written, lambda quantity: quantity.number / whole, scale).median * whole:.4g}")


def _places(written: Distribution) -> list[tuple[str, Quantity]]:
    """The figures of a distribution that say where it lies, by name."""
    named = ((name, getattr(written, name)) for name in type(written).model_fields if name not in _WIDTHS)
    return [(name, figure) for name, figure in named if isinstance(figure, Quantity)]


def _text(number: float, unit: str) -> str | float:
    """A number as it is written in a file."""
    short = float(f"{number:.6g}")
    if unit:
        return f"{short:g}{'' if unit in (PERCENT, 'pp') else ' '}{unit}"
    return int(short) if short.is_integer() else short
