"""Units of Chinese and English statistics, checked and converted by pint.

The registry holds only our own definitions. A unit that it does not know becomes a kind of its own: it converts to
itself and clashes with everything else. pint is imported when a formula or a conversion first needs it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from cqsim.errors import Fault
from cqsim.quantities import PERCENT, POINTS, Quantity

if TYPE_CHECKING:
    from pint import Unit, UnitRegistry

_PREFIXES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9}
_PREFIXES |= {"百亿": 1e10, "千亿": 1e11, "万亿": 1e12}
_DEFINITIONS = (
    "percent = 0.01 = _ = 百分点 = 个百分点 = pp",
    "permille = 0.001",
    "thousand = 1e3",
    "million = 1e6",
    "billion = 1e9",
    "trillion = 1e12",
    "元 = [currency_cny] = _ = 人民币 = yuan = CNY = RMB",
    "人 = [person] = _ = person = persons = people",
    "人次 = [visit] = _ = visit = visits",
    "克 = [mass] = _ = gram",
    "公斤 = 1000 * 克 = _ = kg",
    "吨 = 1e6 * 克 = _ = tonne = tonnes = t",
    "米 = [length] = _ = metre = m",
    "公里 = 1000 * 米 = _ = km",
    "平方米 = 米 ** 2 = _ = sqm",
    "平方公里 = 公里 ** 2 = _ = sqkm",
    "亩 = 2000 / 3 * 米 ** 2 = _ = mu",
    "公顷 = 10000 * 米 ** 2 = _ = ha",
    "立方米 = 米 ** 3",
    "升 = 0.001 * 米 ** 3 = _ = litre",
    "天 = [time] = _ = 日 = day = days",
    "年 = 365.25 * 天 = _ = year = years",
    "小时 = 天 / 24 = _ = hour = hours",
    "瓦时 = [energy] = _ = Wh",
    "千瓦时 = 1000 * 瓦时 = _ = 度 = kWh",
)
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
_SYMBOLS |= {"％": "percent", "%": "percent", "‰": "permille", "·": "*", "×": "*", "／": "/", "每": "/"}
_ATOM = re.compile(r"[^\W\d_]\w*")
_EXPRESSION = re.compile(r"(?:[\w\s/()]|\*(?!\*)|\*\*\s*[1-9](?!\w))+")


_kinds: set[str] = set()
"""Names of the kinds that scenarios have brought."""


@cache
def registry() -> UnitRegistry[Any]:
    """The one registry of the process; kinds that scenarios bring are added to it."""
    from pint import UnitRegistry

    units: UnitRegistry[Any] = UnitRegistry(None)
    prefixes = [f"{prefix}{dash} = {value}" for prefix, value in _PREFIXES.items() for dash in ("-", "")]
    units.load_definitions([*prefixes, *_DEFINITIONS])  # at once: pint is slow to start parsing
    return units


@cache
def unit(text: str) -> Unit:
    """The pint unit for a unit as written; unknown names are defined as kinds of their own.

    Examples
    --------
    >>> (unit("万人次") * unit("元/人次")).is_compatible_with(unit("亿元"))
    True
    """
    expression = text
    for symbol, name in _SYMBOLS.items():
        expression = expression.replace(symbol, name)
    if not text:
        return registry().parse_units("")
    expression = unicodedata.normalize("NFKC", expression)
    atoms = _ATOM.findall(expression)
    if not _EXPRESSION.fullmatch(expression) or not atoms:
        return _own_kind(text)
    for kind in (_without_prefix(atom) for atom in atoms if not is_known(atom)):
        if not kind.isidentifier():
            return _own_kind(text)
        _define(kind)
    return _parsed(text, expression)


@cache
def is_known(name: str) -> bool:
    """Whether one unit name, with or without a prefix such as 万, ships with cqsim.

    Kinds that scenarios have brought do not count, so that no scenario depends on those read before it.

    >>> is_known("万人次"), is_known("指数")
    (True, False)
    """
    found = registry().parse_unit_name(_SYMBOLS.get(name, name))
    return not name or any(plain not in _kinds for _, plain, _ in found)


def factor(origin: str, wanted: str) -> float:
    """What a number in `origin` is multiplied by to be in `wanted`.

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
    if not unit(origin).is_compatible_with(unit(wanted)):
        raise Fault("unit_clash", unit=origin, wanted=wanted)
    return base_factor(origin) / base_factor(wanted)


@cache
def base_factor(text: str) -> float:
    """What a number in this unit is multiplied by to be in base units.

    >>> base_factor("万人次")
    10000.0
    """
    if not text:
        return 1.0
    size: Any = registry().get_base_units(unit(text))[0]
    return float(size)


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


def _without_prefix(name: str) -> str:
    """An unknown name less its longest prefix, so that 万间 and 间 are one kind."""
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        if name.startswith(prefix) and len(name) > len(prefix):
            return name.removeprefix(prefix)
    return name


def _parsed(text: str, expression: str) -> Unit:
    try:
        return registry().parse_units(expression)
    except Exception:  # pint raises many kinds for text that is no product of names; such a text is one name
        return _own_kind(text)


@cache
def _own_kind(text: str) -> Unit:
    name = "kind_" + text.encode().hex()
    _define(name)
    return registry().parse_units(name)


def _define(kind: str) -> None:
    if kind not in _kinds:
        _kinds.add(kind)
        registry().define(f"{kind} = [{kind}]")
