"""The parts of a formula, and their evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from cqsim.arrays import Array

Value = Array | float


@dataclass(frozen=True)
class Number:
    """A number with its unit; without one it is dimensionless."""

    value: float
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value:.15g} {self.unit}".strip()


@dataclass(frozen=True)
class Name:
    """An indicator in the same year."""

    id: str

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True)
class Previous:
    """An indicator in the year before."""

    id: str

    def __str__(self) -> str:
        return f"prev({self.id})"


@dataclass(frozen=True)
class Operation:
    """Two parts joined by + - * / or **."""

    sign: str
    left: Expression
    right: Expression

    def __str__(self) -> str:
        return f"({self.left} {self.sign} {self.right})"


@dataclass(frozen=True)
class Call:
    """sum, min, max, exp or log of its arguments."""

    function: str
    arguments: tuple[Expression, ...]

    def __str__(self) -> str:
        return f"{self.function}({', '.join(map(str, self.arguments))})"


Expression = Number | Name | Previous | Operation | Call

_OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
}


def evaluate(expression: Expression, now: Callable[[str], Value], before: Callable[[str], Value]) -> Value:
    """The value of an expression in base units (see `dimensions.bind`).

    Parameters
    ----------
    expression : Expression
    now, before : callable
        Indicator id to its values this year and the year before, in base units, shape (paths,).

    Examples
    --------
    >>> evaluate(Operation("*", Name("a"), Number(2.0)), {"a": 3.0}.__getitem__, {}.__getitem__)
    6.0
    """
    match expression:
        case Number(value):
            return value
        case Name(id):
            return now(id)
        case Previous(id):
            return before(id)
        case Operation(sign, left, right):
            return float_or_array(_OPERATIONS[sign](evaluate(left, now, before), evaluate(right, now, before)))
        case Call(function, arguments):
            values = [evaluate(argument, now, before) for argument in arguments]
            return float_or_array(_FUNCTIONS[function](values))


def float_or_array(value: Value) -> Value:
    """NumPy's zero-dimensional results as plain floats."""
    return value if isinstance(value, np.ndarray) and value.ndim else float(value)


_FUNCTIONS: Mapping[str, Callable[[list[Value]], Value]] = {
    "sum": lambda values: reduce(np.add, values),
    "min": lambda values: reduce(np.minimum, values),
    "max": lambda values: reduce(np.maximum, values),
    "exp": lambda values: np.exp(values[0]),
    "log": lambda values: np.log(values[0]),
}
FUNCTIONS = (*_FUNCTIONS, "prev")
"""Names that a formula may call, and no indicator may have."""


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and all its parts."""
    yield expression
    match expression:
        case Operation(_, left, right):
            yield from parts(left)
            yield from parts(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from parts(argument)


def names(expression: Expression) -> list[str]:
    """Ids of the indicators used in the same year, each once, in order."""
    return list(dict.fromkeys(part.id for part in parts(expression) if isinstance(part, Name)))


def summands(expression: Expression) -> list[str]:
    """Ids of a sum of indicators, `a + b` or `sum(a, b)`; empty for anything else.

    >>> summands(Operation("+", Name("a"), Name("b")))
    ['a', 'b']
    """
    match expression:
        case Operation("+", left, right):
            sides = [left, right]
        case Call("sum", arguments):
            sides = list(arguments)
        case _:
            return []
    addends = [[side.id] if isinstance(side, Name) else summands(side) for side in sides]
    return [id for part in addends for id in part] if all(addends) else []


def previous_names(expression: Expression) -> list[str]:
    """Ids of the indicators used in the year before, each once, in order."""
    return list(dict.fromkeys(part.id for part in parts(expression) if isinstance(part, Previous)))
