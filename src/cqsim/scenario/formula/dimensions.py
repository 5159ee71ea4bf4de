"""Units of formulas: checked once at load, then folded into factors so that simulation needs no units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cqsim.errors import Fault
from cqsim.scenario.formula.expressions import (
    Call,
    Expression,
    Name,
    Number,
    Operation,
    Previous,
    Value,
    evaluate,
    names,
    previous_names,
)
from cqsim.units import Unit, base_factor, unit

UnitOf = Mapping[str, str]


@dataclass(frozen=True)
class BoundFormula:
    """A formula in base units, with the factors into and out of them.

    Parameters
    ----------
    expression : Expression
        Its numbers are in base units.
    factors : mapping of str to float
        What an indicator's values are multiplied by.
    divisor : float
        What the result is divided by to be in the indicator's own unit.
    """

    expression: Expression
    factors: Mapping[str, float]
    divisor: float

    def value(self, now: Callable[[str], Value], before: Callable[[str], Value]) -> Value:
        """The formula's value in its indicator's unit; `now` and `before` give the others in theirs."""
        scaled = evaluate(
            self.expression, lambda name: now(name) * self.factors[name], lambda name: before(name) * self.factors[name]
        )
        return scaled / self.divisor


def bind(expression: Expression, units: UnitOf, own: str) -> BoundFormula:
    """Check the units of a formula and fold them into factors.

    Parameters
    ----------
    expression : Expression
    units : mapping of str to str
        Unit of every indicator.
    own : str
        Unit of the result.

    Raises
    ------
    Fault
        Naming the two sides that clash.

    Examples
    --------
    >>> product = Operation("*", Name("visitors"), Name("spend"))
    >>> formula = bind(product, {"visitors": "万人次", "spend": "元/人次"}, "亿元")
    >>> formula.value({"visitors": 3103.0, "spend": 550.0}.__getitem__, {}.__getitem__)
    170.665
    """
    result = _dimension(expression, units)
    if result.kinds != unit(own).kinds:
        raise Fault("formula_unit", formula=str(expression), unit=result, wanted=own or "1")
    factors = {name: base_factor(units[name]) for name in (*names(expression), *previous_names(expression))}
    return BoundFormula(_in_base_units(expression), factors, base_factor(own))


def _dimension(expression: Expression, units: UnitOf) -> Unit:
    """The unit of an expression, up to a factor."""
    match expression:
        case Number(_, written):
            return unit(written)
        case Name(id) | Previous(id):
            return unit(units[id])
        case Operation("*" | "/" as sign, left, right):
            first, second = _dimension(left, units), _dimension(right, units)
            return first * second if sign == "*" else first / second
        case Operation("**", base, exponent):
            return _power(base, exponent, units)
        case Operation(_, left, right):
            return _alike(left, right, units)
        case Call("exp" | "log", arguments):
            return _plain(arguments[0], units, expression.function)
        case Call(_, arguments):
            for other in arguments[1:]:
                _alike(arguments[0], other, units)
            return _dimension(arguments[0], units)


def _alike(left: Expression, right: Expression, units: UnitOf) -> Unit:
    first, second = _dimension(left, units), _dimension(right, units)
    if first.kinds != second.kinds:
        raise Fault("unit_clash_in_formula", left=str(left), unit=first, right=str(right), other=second)
    return first


def _plain(expression: Expression, units: UnitOf, function: str) -> Unit:
    dimension = _dimension(expression, units)
    if dimension.kinds:
        raise Fault("not_dimensionless", part=str(expression), unit=dimension, function=function)
    return unit("")


def _power(base: Expression, exponent: Expression, units: UnitOf) -> Unit:
    _plain(exponent, units, "**")
    dimension = _dimension(base, units)
    if not dimension.kinds:
        return unit("")
    if not isinstance(exponent, Number) or exponent.unit or abs(exponent.value) > 9:
        raise Fault("power_of_unit", base=str(base), unit=dimension, exponent=str(exponent))
    return dimension**exponent.value


def _in_base_units(expression: Expression) -> Expression:
    match expression:
        case Number(value, written):
            return Number(value * base_factor(written))
        case Operation(_, left, right):
            return replace(expression, left=_in_base_units(left), right=_in_base_units(right))
        case Call(_, arguments):
            return replace(expression, arguments=tuple(_in_base_units(argument) for argument in arguments))
        case _:
            return expression
