"""The written figures of an indicator as laws, in plain numbers and the indicator's unit."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from cqsim.distributions.base import law, quantities
from cqsim.distributions.laws import Certain, Law, Scale, SplitNormal
from cqsim.errors import Fault
from cqsim.growth.parameters import Kind, Parameter
from cqsim.growth.past import Past
from cqsim.quantities import PERCENT, POINTS, Quantity
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.units import amount


@dataclass(frozen=True)
class ParameterLaw:
    """The law of one parameter of a growth model.

    Parameters
    ----------
    law : Law
    relative : bool
        Whether its values are shares of the path's own baseline.
    stream : str or None
        The stream of its draws; None when the model draws it itself.
    """

    law: Law
    relative: bool = False
    stream: str | None = None


def start_law(indicator: Indicator) -> Law | None:
    """The law of an indicator's baseline in its unit; None when a formula gives it.

    Raises
    ------
    Fault
        When the figures make no distribution in this unit.
    """
    growth, baseline = indicator.growth, indicator.baseline
    if baseline is None:
        default = growth.default_baseline if growth else None
        return None if default is None else Certain(default)
    if baseline.value is None:
        return None
    figures = [amount(quantity, indicator.unit) for quantity in quantities(baseline.value)]
    is_share = growth is not None and growth.is_share(indicator.unit)
    scale = Scale.PERCENT if is_share else Scale.LOG if min(figures) > 0 else Scale.LINEAR
    if baseline.sd is None or not isinstance(baseline.value, Quantity):
        return law(baseline.value, lambda quantity: amount(quantity, indicator.unit), scale)
    return _measured(figures[0], baseline.sd, indicator.unit, scale)


def _measured(median: float, sd: Quantity, unit: str, scale: Scale) -> Law:
    """A median with a measurement error: normal on the scale."""
    if sd.number == 0:
        return Certain(median)
    if sd.unit == POINTS and unit != PERCENT:
        raise Fault("bare_sd", "write_sd", value=f"{sd.number:g}", at="sd")
    try:
        spread = amount(sd, unit, whole=abs(median))
    except Fault as fault:
        raise Fault(fault.key, fault.hint, **{**fault.values, "at": "sd"}) from None
    if spread == 0:
        raise Fault("sd_of_zero", value=str(sd), at="sd")
    if not scale.lowest < median < scale.highest:
        return Certain(median)  # refused by the growth model, with its own words
    if scale is Scale.LOG:
        spread = math.log1p(spread / median)
    elif scale is Scale.PERCENT:
        spread *= 100 / (median * (100 - median))
    return SplitNormal(scale, scale.forward(median), spread, spread)


def parameter_law(name: str, parameter: Parameter, unit: str) -> ParameterLaw:
    """The law of a parameter; amounts are in the unit, or relative to the baseline where written as percentages.

    Raises
    ------
    Fault
        When the figures make no distribution, mix relative with absolute, or pass what the model can use.
    """
    relative = _is_relative(parameter, unit)
    number = parameter.number(lambda quantity: amount(quantity, unit, whole=1.0 if relative else None))
    drawn = law(parameter.written, number, parameter.scale(number))
    _within_bounds(drawn, parameter)
    return ParameterLaw(drawn, relative, None if parameter.repeated else parameter.stream or name)


def _within_bounds(candidate: Law, parameter: Parameter) -> None:
    """Refuse a law that reaches values that the model cannot use."""
    hint = None if isinstance(candidate, Certain) else "cut_off"
    floor = 0.0 if parameter.kind in (Kind.SPREAD, Kind.SHARE) else parameter.at_least
    if candidate.lowest < floor:
        raise Fault("parameter_low", hint, lowest=f"{floor:g}")
    above = -1.0 if parameter.kind is Kind.RATE else parameter.above
    if _inside(candidate, above, parameter.below):
        return
    shown = "-100%" if parameter.kind is Kind.RATE else f"{above:g}"
    if math.isinf(parameter.below):
        raise Fault("parameter_above", hint, above=shown)
    raise Fault("parameter_range", hint, above=shown, below=f"{parameter.below:g}")


def _inside(candidate: Law, above: float, below: float) -> bool:
    """Whether a law stays within open bounds; an uncertain one may end on them, as it never takes its end values."""
    if isinstance(candidate, Certain):
        return above < candidate.value < below
    return above <= candidate.lowest and candidate.highest <= below


def _is_relative(parameter: Parameter, unit: str) -> bool:
    if parameter.kind is not Kind.AMOUNT or unit == PERCENT:
        return False
    written = {quantity.unit == PERCENT for quantity in quantities(parameter.written) if quantity.number}
    if len(written) > 1:
        raise Fault("mixed_relative")
    return written == {True}


def parameter_laws(indicator: Indicator) -> dict[str, ParameterLaw]:
    """The laws of all parameters of an indicator's growth model, by name."""
    if indicator.growth is None:
        return {}
    parameters = indicator.growth.parameters()
    return {name: parameter_law(name, parameter, indicator.unit) for name, parameter in parameters.items()}


def learned_laws(indicator: Indicator, past: Past | None) -> dict[str, ParameterLaw]:
    """The laws of all parameters given the indicator's history, where its growth model learns from it."""
    written = parameter_laws(indicator)
    if indicator.growth is None:
        return written
    learned = indicator.growth.learned({name: parameter.law for name, parameter in written.items()}, past)
    return {
        name: replace(written.get(name, ParameterLaw(posterior, stream=name)), law=posterior)
        for name, posterior in learned.items()
    }
