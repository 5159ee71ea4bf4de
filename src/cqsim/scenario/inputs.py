"""Inputs that can be moved: where they stand, between which ends they move, and how a moved one is written."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cqsim.distributions.base import Distribution, law, quantities
from cqsim.distributions.laws import Scale
from cqsim.growth.models.compound import Average
from cqsim.growth.parameters import Kind, Parameter
from cqsim.noun import Noun
from cqsim.quantities import PERCENT, Quantity
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.scenario.nouns.target import TimesBaseline
from cqsim.scenario.scenario import Scenario

_WIDTHS = ("sd",)  # of distributions: how wide, not where
_MIDDLES = ("p50", "mode", "mean")
_POINTS = 10.0  # a rate moves by at least so many to either side
_TIMES = 3.0  # an amount moves from a third to three times
_NEAREST = 0.99  # of the gap between the two levels of `between`: so near one may come to the other
_CALM = 20.0  # how far a volatility of nothing moves, in per cent


@dataclass(frozen=True)
class MovableInput:
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
        is_still = value == self.value  # then as it is written, to the last digit
        if isinstance(self.written, Quantity):
            return self.written.written if is_still else _text(value, self.unit)
        if is_still:
            return self.written.model_dump(exclude_unset=True)
        whole = 100.0 if self.unit == PERCENT else 1.0
        shift = self.scale.forward(value / whole) - self.scale.forward(self.value / whole)
        block = self.written.model_dump(exclude_unset=True)
        for name, quantity in _places(self.written):
            place = np.array([self.scale.forward(quantity.number / whole) + shift])
            block[name] = _text(float(self.scale.back(place)[0]) * whole, self.unit)
        return block


def inputs(scenario: Scenario) -> list[MovableInput]:
    """Every input that can be moved: targets, baselines and growth of each indicator, then events and levers.

    Examples
    --------
    >>> from cqsim.scenario.files.loading import load
    >>> scenario = load("scenarios/nanchuan.yaml")
    >>> rate = next(movable for movable in inputs(scenario) if movable.path == "indicators.visitors.growth.rate")
    >>> scenario.replace({rate.path: rate.at(rate.high)}) != scenario
    True
    """
    movable: list[MovableInput] = []
    for id, indicator in scenario.indicators.items():
        for number in range(len(indicator.targets)):
            movable += target_inputs(scenario, id, number)
        movable += [*baseline_inputs(scenario, id), *growth_inputs(scenario, id)]
    return movable + change_inputs(scenario)


def baseline_inputs(scenario: Scenario, id: str) -> list[MovableInput]:
    """The starting value of an indicator, where it is written as a value."""
    indicator = scenario.indicators[id]
    baseline = indicator.baseline
    if baseline is None or baseline.value is None or "baseline" in indicator.filled_in:
        return []
    smallest = 1.0 if indicator.growth is not None and indicator.growth.levels == "whole" else 0.0
    positive = all(quantity.number > 0 for quantity in quantities(baseline.value))
    path, scale = (f"indicators.{id}.baseline", "value"), Scale.LOG if positive else Scale.LINEAR
    movable = _movable(path, baseline.value, scale, indicator.unit, smallest=smallest, note=baseline.note)
    return [movable] if movable else []


def change_inputs(scenario: Scenario) -> list[MovableInput]:
    """Probability, rate and size of events, and the probability of levers."""
    movable = []
    for id, event in scenario.events.items():
        figures = (("probability", event.probability, Kind.SHARE), ("rate", event.rate, Kind.NUMBER))
        for name, written, kind in (*figures, ("size", event.size, Kind.RATE)):
            if written is not None:
                movable.append(_of_change(f"events.{id}", name, Parameter(written, kind, at_least=0), event.note))
    for id, lever in scenario.levers.items():
        probability = Parameter(lever.probability, Kind.SHARE, at_least=0)
        movable.append(_of_change(f"levers.{id}", "probability", probability, lever.note))
    return [known for known in movable if known]


def _of_change(block: str, name: str, parameter: Parameter, note: str | None) -> MovableInput | None:
    scale = parameter.scale(lambda quantity: quantity.number)
    return _movable((block, name), parameter.written, scale, "", parameter, note=note)


def target_inputs(scenario: Scenario, id: str, number: int) -> list[MovableInput]:
    """The levels of one target of an indicator: one, or two for `between`."""
    indicator = scenario.indicators[id]
    target = indicator.targets[number]
    smallest = 1.0 if indicator.growth is not None and indicator.growth.levels == "whole" else 0.0
    inputs = []
    for place, level in enumerate(target.levels):
        key = target.sense if len(target.levels) == 1 else f"{target.sense}[{place}]"
        measure = indicator.unit
        if isinstance(level, TimesBaseline):
            key, measure = f"{key}.times_baseline", "×"
            level = Quantity(level.times_baseline, written=level.times_baseline)
        scale = Scale.LOG if level.number > 0 else Scale.LINEAR
        path = f"indicators.{id}.targets[{number}]", key
        limits = _limits(target.levels, place, indicator)
        inputs.append(_movable(path, level, scale, measure, smallest=smallest, limits=limits, note=target.note))
    return [movable for movable in inputs if movable]


def _limits(levels: Sequence[Quantity | TimesBaseline], place: int, indicator: Indicator) -> tuple[float, float]:
    """What one level of a target keeps between: 0 and 100 % for shares, and its neighbour for `between`."""
    numbers = [level.number if isinstance(level, Quantity) else level.times_baseline for level in levels]
    is_share = indicator.growth is not None and indicator.growth.is_share(indicator.unit)
    low, high = (0.1, 99.9) if is_share and isinstance(levels[0], Quantity) else (-math.inf, math.inf)
    if len(levels) == 1:
        return low, high
    gap = _NEAREST * (numbers[1] - numbers[0])
    return (low, numbers[0] + gap) if place == 0 else (numbers[1] - gap, high)


def growth_inputs(scenario: Scenario, id: str) -> list[MovableInput]:
    """What the growth model of an indicator draws once a path: typical growth, volatility, capacity, probabilities.

    Left out are plain numbers such as the persistence, and what a history decides.
    """
    growth = scenario.indicators[id].growth
    if growth is None:
        return []
    inputs = []
    for parameter in growth.parameters().values():
        place = next((figure for figure in _figures(growth, "") if figure[1] is parameter.written), None)
        if place is not None and parameter.kind is not Kind.NUMBER:
            key, written, beside = place
            scale = parameter.scale(lambda quantity: quantity.number)
            path, measure = (f"indicators.{id}.growth", key), scenario.indicators[id].unit
            inputs.append(_movable(path, written, scale, measure, parameter, note=growth.note, beside=beside))
    return [movable for movable in inputs if movable]


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
        for name, item in value.items():
            yield from _figures(item, f"{path}.{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _figures(item, f"{path}[{number}]")


def _movable(
    path: tuple[str, str],
    written: Quantity | Distribution,
    scale: Scale,
    measure: str,
    parameter: Parameter | None = None,
    smallest: float = 0.0,
    limits: tuple[float, float] = (-math.inf, math.inf),
    **about: Any,
) -> MovableInput | None:
    """A figure as an input; None where its figures are of several units, or nothing says how far it might move."""
    units = {quantity.unit for quantity in quantities(written)}
    if len(units) > 1 or not (isinstance(written, Quantity) or _places(written)):
        return None
    unit = units.pop()
    value = _middle(written, scale, 100.0 if unit == PERCENT else 1.0)
    low, high = _ends(value, written, scale, parameter)
    low, high = max(low, limits[0]), min(high, limits[1])
    if low == high:
        return None
    step = max(smallest, 10.0 ** math.floor(math.log10((high - low) / 100)))
    low = value - math.floor((value - low) / step + 1e-9) * step  # the sliders' steps meet the written value
    high = value + math.floor((high - value) / step + 1e-9) * step
    return MovableInput(*path, written, scale, unit, unit or measure, value, low, high, step, **about)


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
