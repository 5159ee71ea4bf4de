"""Numbers as people write them: `3103`, `8%`, `1.5pp`, `3 亿元`, `1e4`."""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cqsim.errors import Fault

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core.core_schema import CoreSchema

NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
PERCENT = "%"
POINTS = "pp"
_IN_WORDS = {"百分点": POINTS, "个百分点": POINTS, "percentage points": POINTS, "percent": PERCENT}
_WRITTEN = re.compile(rf"\s*(?P<number>{NUMBER})\s*(?P<unit>(?:[^\W\d_]|[%‰㎡㎢$￥€]).*?)?\s*")
_MULTIPLIERS = frozenset({"十", "百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿"})
_OTHER_BASE = re.compile(r"\s*[+-]?0[xXoObB]\w")
_COMPARISON = re.compile(r"\s*(?:[<>≥≤＞＜]=?|=)\s*(?P<rest>.*)")
_RANGE = re.compile(
    rf"\s*(?P<low>{NUMBER})(?P<unit>[^\d~–—−至到-]*?)(?:[-~–−至到]|—+|\s*to\s)\s*(?P<high>[0-9]+\.?[0-9]*)(?P<other>\D*)"
)
# Words of plans around a number, which say how it is meant.
_BEFORE = "约|大约|近|超过|不低于|不少于|不超过|达到?|提高到?|提升到?|增加到?|增长到?|下降到?|降低到?|控制在|力争"
_WORDED = re.compile(rf"\s*(?:{_BEFORE})?\s*(?P<rest>.+?)\s*")
_AROUND = re.compile(
    rf"\s*(?P<middle>{NUMBER})\s*(?P<unit>\D*?)\s*(?:±|\+/?-)\s*(?P<half>[0-9]+(?:\.[0-9]+)?)\s*(?P<other>\D*)"
)
_DOUBLED = re.compile(r"\s*翻(?:一|两|二|三)?番\s*")
_CALCULATION = re.compile(r"[-+*/().\d\s%^eE]+")
_JOINED = re.compile(r"[\d.)%]\s*[-+*/^]")
_SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-"})
_PERCENTAGE = re.compile(r"((?:\d+\.?\d*|\.\d+))\s*%(?!\s*[\d.(])")
_OPERATIONS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_LONGEST = 100


@dataclass(frozen=True)
class Quantity:
    """A number with the unit written beside it; equal when number and unit are equal.

    Parameters
    ----------
    number : float
    unit : str
        As written; empty for a bare number, `pp` for percentage points in words.
    written : str, int or float
        What stood in the file, kept so that it can be written back.

    Examples
    --------
    >>> Quantity.parse("3 亿元")
    Quantity(number=3.0, unit='亿元', written='3 亿元')
    """

    number: float
    unit: str = ""
    written: str | int | float = field(default="", compare=False)

    @classmethod
    def parse(cls, value: object) -> Quantity:
        """Read a number or a text.

        Raises
        ------
        Fault
            When it is no number, not finite, or written in a way that could be misread.
        """
        if isinstance(value, Quantity):
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise Fault("not_quantity", value=shown(value))
        if isinstance(value, str):
            return cls._from_text(value)
        return cls(_finite(value), "", getattr(value, "written", value))

    @classmethod
    def _from_text(cls, text: str) -> Quantity:
        _refuse_range(text)
        match = _WRITTEN.fullmatch(text)
        if match is None or _OTHER_BASE.match(text):
            raise _misread(text)
        unit = match["unit"] or ""
        if unit in _MULTIPLIERS:
            raise Fault("bare_multiplier", "name_unit", value=text.strip(), multiplier=unit)
        return cls(_finite(float(match["number"])), _IN_WORDS.get(unit, unit), text)

    def __str__(self) -> str:
        return str(self.written)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda quantity: quantity.written),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"x-cqsim": "Quantity"}  # `scenario.schema` defines it once


def percentage(quantity: Quantity) -> float:
    """The fraction that a percentage stands for.

    Raises
    ------
    Fault
        When the quantity is not written with `%`.

    Examples
    --------
    >>> percentage(Quantity.parse("7%"))
    0.07
    """
    if quantity.unit != PERCENT:
        number = quantity.number
        small = 0 < abs(number) < 1
        hint = ("percent_or_share" if small else "write_percent") if quantity.unit in ("", POINTS) else None
        values = {"percent": f"{number:g}%", "share": f"{number * 100:g}%"}
        raise Fault("not_percentage" if hint else "not_percent_unit", hint, value=str(quantity), **values)
    return quantity.number / 100


def plain(quantity: Quantity) -> float:
    """A number without a unit.

    Raises
    ------
    Fault
        When a unit is written.
    """
    if quantity.unit:
        raise Fault("not_plain", value=str(quantity))
    return quantity.number


def factor(value: object) -> object:
    """A number without a unit as it is read, or the result of a calculation such as `1.06^5`.

    Raises
    ------
    Fault
        When a text is neither, such as a percentage.

    Examples
    --------
    >>> factor("(1 + 6%)^5"), factor(2)
    (1.3382255776000003, 2)
    """
    if not isinstance(value, str):
        return value
    result = calculated(value)
    if result is not None:
        return result
    quantity = Quantity.parse(value)
    if quantity.unit == PERCENT:
        raise Fault("percent_for_factor", "write_number", value=shown(value), number=f"{quantity.number / 100:g}")
    return plain(quantity)


def calculated(text: str) -> float | None:
    """The result of numbers joined by `+ - * / ^ ( )`, in which `6%` is 0.06; None when the text is no calculation."""
    written = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    if len(written) > _LONGEST or not (_CALCULATION.fullmatch(written) and _JOINED.search(written)):
        return None
    try:
        parsed = ast.parse(_PERCENTAGE.sub(r"(\1/100)", written.strip()).replace("^", "**"), mode="eval")
        result = _result(parsed.body)
    except (SyntaxError, ValueError, TypeError, ArithmeticError, RecursionError, MemoryError):
        return None
    return result if math.isfinite(result) else None


def _result(node: ast.expr) -> float:
    match node:
        case ast.Constant(int() | float() as number):
            return float(number)
        case ast.UnaryOp(operation, operand):
            return float(_OPERATIONS[type(operation)](_result(operand)))
        case ast.BinOp(left, operation, right) if type(operation) in _OPERATIONS:
            return float(_OPERATIONS[type(operation)](_result(left), _result(right)))
        case _:
            raise ValueError(node)


def _finite(number: float) -> float:
    try:
        value = float(number)
    except OverflowError:
        value = math.inf
    if not math.isfinite(value):
        raise Fault("not_finite", value=shown(number))
    return value


def _refuse_range(text: str) -> None:
    """Refuse two ends, or a number give or take another, where one number is asked for."""
    if len(text) > _LONGEST:  # no range is: the patterns would try long blanks in too many ways
        return
    plain_text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    span = _RANGE.fullmatch(plain_text)
    if span and span["unit"].strip() in ("", span["other"].strip()):
        ends = {name: f"{span[name]}{span['other'].strip()}" for name in ("low", "high")}
        raise Fault("range_for_number", "write_range", value=shown(text), **ends)
    around = _AROUND.fullmatch(plain_text)
    if around and around["unit"].strip() in ("", around["other"].strip()):
        middle, half, unit = float(around["middle"]), float(around["half"]), around["other"].strip()
        ends = {"low": f"{middle - half:g}{unit}", "high": f"{middle + half:g}{unit}"}
        raise Fault("range_for_number", "write_range", value=shown(text), **ends)


def _misread(text: str) -> Fault:
    """Which common slip makes a text unreadable as a number."""
    named = shown(text)
    plain_text = unicodedata.normalize("NFKC", text)
    compared = _COMPARISON.fullmatch(text)
    if compared:
        return Fault("not_quantity", "comparison", value=named, rest=compared["rest"])
    if plain_text != text and _WRITTEN.fullmatch(plain_text):
        return Fault("not_quantity", "full_width", value=named, half=plain_text.strip())
    without = re.sub(r"(?<=\d)[,，_ ](?=\d{3})", "", text)
    if without != text and _WRITTEN.fullmatch(without):
        return Fault("not_quantity", "thousands", value=named, number=without.strip())
    if "，" in text:
        return Fault("not_quantity", "full_width_comma", value=named)
    if plain_text.strip().startswith("{"):
        return Fault("not_quantity", "yaml_full_width_bracket", value=named)
    result = calculated(text)
    if result is not None:
        return Fault("not_quantity", "calculation", value=named, result=f"{result:.10g}")
    return _worded(text, plain_text, named)


def _worded(text: str, plain_text: str, named: str) -> Fault:
    """A number among words, as plans write it."""
    doubled = _DOUBLED.fullmatch(text)
    if doubled:
        times = {"两": 4, "二": 4, "三": 8}.get(text.strip()[1], 2)
        return Fault("not_quantity", "doubled", value=named, times=times)
    worded = _WORDED.fullmatch(plain_text[: 2 * _LONGEST])
    if worded and worded["rest"] != plain_text.strip() and _WRITTEN.fullmatch(worded["rest"]):
        return Fault("not_quantity", "number_alone", value=named, number=worded["rest"])
    bare = text.strip("“”‘’「」\"' ")
    if bare != text and _WRITTEN.fullmatch(bare):
        return Fault("not_quantity", "chinese_quotes", value=named)
    return Fault("not_quantity", value=named)


def shown(value: object) -> str:
    """A value as in a file, shortened.

    >>> shown(None), shown(True)
    ('null', 'true')
    """
    value = getattr(value, "written", value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list | tuple):
        return "[…]"
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return f">1e{_LONGEST}"  # Python refuses to print very long ones
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
