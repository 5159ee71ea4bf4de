"""Units of Chinese and English statistics: whether two are of the same kind, and how they convert.

A unit is a product of powers of named units, written as arithmetic: `元/人次`, `吨*公里`, `m²`. A name that is not
known is a kind of its own: it converts to itself and clashes with everything else.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod

from cqsim.errors import Fault
from cqsim.quantities import PERCENT, POINTS, Quantity

_PREFIXES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9}
_PREFIXES |= {"百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
# Names; the size of one in base units; the base unit, and its power.
_ROWS = (
    ("percent 百分点 个百分点 pp", 0.01, "", 0),
    ("permille", 0.001, "", 0),
    ("thousand", 1e3, "", 0),
    ("million", 1e6, "", 0),
    ("billion", 1e9, "", 0),
    ("trillion", 1e12, "", 0),
    ("元 人民币 yuan CNY RMB", 1.0, "元", 1),
    ("人 person persons people", 1.0, "人", 1),
    ("人次 visit visits", 1.0, "人次", 1),
    ("克 gram", 1.0, "克", 1),
    ("公斤 kg", 1e3, "克", 1),
    ("吨 tonne tonnes t", 1e6, "克", 1),
    ("米 metre m", 1.0, "米", 1),
    ("公里 km", 1e3, "米", 1),
    ("平方米 sqm", 1.0, "米", 2),
    ("平方公里 sqkm", 1e6, "米", 2),
    ("亩 mu", 2000 / 3, "米", 2),
    ("公顷 ha", 1e4, "米", 2),
    ("立方米", 1.0, "米", 3),
    ("升 litre", 1e-3, "米", 3),
    ("天 日 day days", 1.0, "天", 1),
    ("年 year years", 365.25, "天", 1),
    ("小时 hour hours", 1 / 24, "天", 1),
    ("瓦时 Wh", 1.0, "瓦时", 1),
    ("千瓦时 度 kWh", 1e3, "瓦时", 1),
)
_KNOWN = {name: (size, kind, power) for names, size, kind, power in _ROWS for name in names.split()}
_KNOWN |= {prefix: (size, "", 0) for prefix, size in _PREFIXES.items()}
_KINDS = {kind for _, kind, _ in _KNOWN.values()}
# Longest first: km² before m².
_SYMBOLS = {
    "km²": "平方公里",
    "km2": "平方公里",
    "㎢": "平方公里",
    "m²": "平方米",
    "㎡": "平方米",
    "²": "**2",
    "³": "**3",
}
_SYMBOLS |= {"％": "percent", "%": "percent", "‰": "permille", "·": "*", "×": "*", "／": "/", "每": "/", " per ": "/"}
_ATOM = re.compile(r"[^\W\d_]\w*")
_EXPRESSION = re.compile(r"(?:[\w\s/()]|\*(?!\*)|\*\*\s*[1-9](?!\w))+")
_SIDE_BY_SIDE = re.compile(r"(?<=[\w)])\s+(?=[\w(])")

Powers = tuple[tuple[str, float], ...]
"""Names and their exponents."""


@dataclass(frozen=True)
class Unit:
    """A product of powers of named units.

    Parameters
    ----------
    powers : tuple of (str, float)
        Names as written and their exponents, sorted, none zero.

    Examples
    --------
    >>> str(unit("万人次") * unit("元/人次"))
    '万人次 * 元/人次'
    """

    powers: Powers = ()

    @cached_property
    def kinds(self) -> Powers:
        """What it measures: base kinds and their exponents."""
        return _collected((kind, power * times) for name, times in self.powers for _, kind, power in [_meaning(name)])

    @property
    def size(self) -> float:
        """The factor that converts numbers in this unit to base units."""
        return float(prod(_meaning(name)[0] ** times for name, times in self.powers))

    def __mul__(self, other: Unit) -> Unit:
        return Unit(_collected([*self.powers, *other.powers]))

    def __truediv__(self, other: Unit) -> Unit:
        return self * other**-1

    def __pow__(self, exponent: float) -> Unit:
        return Unit(_collected((name, times * exponent) for name, times in self.powers))

    def __str__(self) -> str:
        above = [_power(name, times) for name, times in self.powers if times > 0]
        below = [_power(name, -times) for name, times in self.powers if times < 0]
        return "/".join([" * ".join(above) or "1", *below])


@cache
def unit(text: str) -> Unit:
    """The unit that a text names; a text that is not a product of names is a single name.

    Examples
    --------
    >>> (unit("万人次") * unit("元/人次")).kinds == unit("亿元").kinds
    True
    """
    if not text:
        return Unit()
    expression = text
    for symbol, name in _SYMBOLS.items():
        expression = expression.replace(symbol, name)
    expression = unicodedata.normalize("NFKC", expression)
    if not _EXPRESSION.fullmatch(expression) or not _ATOM.search(expression):
        return Unit(((text, 1),))
    try:
        return _product(ast.parse(_SIDE_BY_SIDE.sub("*", expression.strip()), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError):
        return Unit(((text, 1),))


def is_known(name: str) -> bool:
    """Whether one unit name, with or without a prefix such as 万, is defined.

    >>> is_known("万人次"), is_known("指数")
    (True, False)
    """
    return not name or _meaning(_SYMBOLS.get(name, name))[1] in _KINDS


def factor(origin: str, wanted: str) -> float:
    """The factor that converts numbers in `origin` to `wanted`.

    Raises
    ------
    Fault
        When the two measure different kinds.

    Examples
    --------
    >>> factor("亿元", "万元")
    10000.0
    """
    if origin == wanted:
        return 1.0
    if unit(origin).kinds != unit(wanted).kinds:
        raise Fault("unit_clash", unit=origin, wanted=wanted)
    return base_factor(origin) / base_factor(wanted)


def base_factor(text: str) -> float:
    """The factor that converts numbers in this unit to base units.

    >>> base_factor("万人次")
    10000.0
    """
    return unit(text).size


def amount(quantity: Quantity, wanted: str, whole: float | None = None) -> float:
    """A written amount in an indicator's unit.

    Parameters
    ----------
    quantity : Quantity
        Bare numbers are already in `wanted`; other units are converted.
    wanted : str
        The indicator's unit.
    whole : float, optional
        What a percentage is of, in `wanted`; without it a relative amount is refused.

    Raises
    ------
    Fault
        Units of different kinds, or a relative amount where there is nothing for it to be relative to.

    Examples
    --------
    >>> amount(Quantity.parse("3 亿元"), "万元")
    30000.0
    >>> amount(Quantity.parse("8%"), "万人次", whole=50.0)
    4.0
    """
    if not quantity.unit or quantity.unit == wanted:
        return quantity.number
    if quantity.unit in (PERCENT, POINTS):
        if wanted == PERCENT:
            return quantity.number
        if quantity.unit == PERCENT and whole is not None:
            return quantity.number / 100 * whole
        raise Fault("relative_refused", "times_baseline", value=str(quantity), unit=wanted)
    return quantity.number * factor(quantity.unit, wanted)


@cache
def _meaning(name: str) -> tuple[float, str, int]:
    """Size, base kind and power of a named unit; an unknown name, without its prefixes, is a kind of its own."""
    for written in (name, name.removesuffix("s")):
        if written in _KNOWN:
            return _KNOWN[written]
    prefix = max(filter(name.startswith, _PREFIXES), key=len, default="")
    if not prefix or not name.removeprefix(prefix).isidentifier():
        return 1.0, name, 1
    size, kind, power = _meaning(name.removeprefix(prefix))
    return _PREFIXES[prefix] * size, kind, power


def _product(node: ast.expr) -> Unit:
    """The unit that an arithmetic expression of names stands for; ValueError where it is not one."""
    match node:
        case ast.Name(name):
            return Unit(((name, 1),))
        case ast.Constant(1 as number) if number is not True:
            return Unit()
        case ast.BinOp(left, ast.Mult(), right) | ast.Call(left, [right], []):  # `吨(标准煤)` reads like a call
            return _product(left) * _product(right)
        case ast.BinOp(left, ast.Div(), right):
            return _product(left) / _product(right)
        case ast.BinOp(base, ast.Pow(), ast.Constant(int(exponent))):
            return _product(base) ** exponent
        case _:
            raise ValueError(node)


def _collected(powers: Iterable[tuple[str, float]]) -> Powers:
    """Exponents added up by name, sorted, without zeros."""
    total: dict[str, float] = {}
    for name, power in powers:
        total[name] = total.get(name, 0) + power
    return tuple(sorted((name, power) for name, power in total.items() if name and power))


def _power(name: str, times: float) -> str:
    return name if times == 1 else f"{name} ** {times:g}"
