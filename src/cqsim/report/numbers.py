"""Numbers in text, rounded for reading."""

from __future__ import annotations

from math import floor, isfinite, log10

from cqsim.messages import Language, say
from cqsim.rates import GrowthIn

DASH = "-"
_FAR = 10.0  # growth a year beyond which its size says nothing


def level(value: float | None, unit: str = "", digits: int = 4) -> str:
    """A level with its unit, to `digits` significant digits; from 0.1 on with at most two decimals.

    >>> level(3103.0, "万人次"), level(547.857, "元/人次"), level(12345678.0), level(0.00123)
    ('3,103 万人次', '547.9 元/人次', '12,345,678', '0.00123')
    """
    if value is None or not isfinite(value):
        return DASH
    size = floor(log10(abs(value))) if value else 0
    decimals = min(max(digits - 1 - size, 0), 2 if size >= -1 else 6)
    text = f"{round(value, decimals) + 0.0:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit}".rstrip()


def percent(value: float | None, decimals: int = 1) -> str:
    """A fraction as a percentage.

    >>> percent(0.10012), percent(-0.0001)
    ('10.0%', '0.0%')
    """
    return DASH if value is None or not isfinite(value) else f"{round(value * 100, decimals) + 0.0:.{decimals}f}%"


def probability(value: float) -> str:
    """A probability, with more decimals near 0 and 100 %; one that merely rounds to either is not shown as certain.

    >>> probability(0.348), probability(0.0007), probability(0.00002), probability(1.0)
    ('34.8%', '0.07%', '<0.01%', '100.0%')
    """
    if 0 < value < 0.00005:
        return "<0.01%"
    if 0.99995 < value < 1:
        return ">99.99%"
    return percent(value, 2 if 0 < value < 0.0095 or 0.9905 < value < 1 else 1)


def whole_percent(value: float) -> str:
    """A probability in whole per cent; one that merely rounds to 0 or 100 % is not shown as certain.

    >>> whole_percent(0.294), whole_percent(0.004), whole_percent(0.996), whole_percent(0.0)
    ('29%', '<1%', '>99%', '0%')
    """
    if 0 < value <= 0.005:
        return "<1%"
    return ">99%" if 0.995 <= value < 1 else percent(value, 0)


def plain(value: float) -> str:
    """A plain number of order one, with two decimals.

    >>> plain(-0.456)
    '-0.46'
    """
    return f"{round(value, 2) + 0.0:.2f}"


def growth(value: float | None, language: Language, growth_in: GrowthIn | None = "rate") -> str:
    """Growth a year; what no indicator grows by stands in words.

    >>> growth(0.1, "zh"), growth(0.0166, "zh", "points"), growth(172.3, "en")
    ('10.0%/年', '+1.7个百分点/年', 'over 1,000%/yr')
    """
    if value is None or growth_in is None or not isfinite(value):
        return DASH
    if growth_in == "points":
        return say("points_a_year", language, value=f"{round(value * 100, 1) + 0.0:+.1f}")
    if value > _FAR:
        return say("growth_far", language)
    return say("growth_a_year", language, value=percent(value))


def points(value: float, language: Language) -> str:
    """A difference of fractions in percentage points, with its sign.

    >>> points(-0.169, "en"), points(0.03, "zh")
    ('-16.9pp', '+3.0个百分点')
    """
    return say("points", language, value=f"{round(value * 100, 1) + 0.0:+.1f}")


def interval(low: float, high: float) -> str:
    """An interval of fractions, with enough decimals to tell its ends apart.

    >>> interval(0.347, 0.349), interval(0.0007, 0.0008)
    ('34.7% ~ 34.9%', '0.07% ~ 0.08%')
    """
    decimals = next((decimals for decimals in (1, 2) if percent(low, decimals) != percent(high, decimals)), 3)
    return f"{percent(low, decimals)} ~ {percent(high, decimals)}"
