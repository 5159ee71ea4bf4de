"""Numbers in text: rounded as people read them."""

from __future__ import annotations

from math import floor, isfinite, log10

from cqsim.messages import Language, say

DASH = "-"


def level(value: float | None, unit: str = "", digits: int = 4) -> str:
    """A level with its unit, to so many significant digits and never more than two decimals.

    >>> level(3103.0, "万人次"), level(547.857, "元/人次"), level(12345678.0)
    ('3,103 万人次', '547.9 元/人次', '12,345,678')
    """
    if value is None or not isfinite(value):
        return DASH
    size = floor(log10(abs(value))) if value else 0
    decimals = min(max(digits - 1 - size, 0), 2)
    text = f"{value:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit}".rstrip()


def percent(value: float | None, decimals: int = 1) -> str:
    """A fraction as a percentage.

    >>> percent(0.10012)
    '10.0%'
    """
    return DASH if value is None else f"{value * 100:.{decimals}f}%"


def growth(value: float | None, language: Language) -> str:
    """A growth rate a year.

    >>> growth(0.1, "zh")
    '10.0%/年'
    """
    return DASH if value is None else say("growth_a_year", language, value=percent(value))


def points(value: float, decimals: int = 1) -> str:
    """A difference of fractions in percentage points, with its sign.

    >>> points(-0.169)
    '-16.9pp'
    """
    return f"{value * 100:+.{decimals}f}pp"


def interval(low: float, high: float, decimals: int = 1) -> str:
    """An interval of fractions.

    >>> interval(0.347, 0.349)
    '34.7% ~ 34.9%'
    """
    return f"{percent(low, decimals)} ~ {percent(high, decimals)}"
