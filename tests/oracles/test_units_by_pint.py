"""Conversions of physical units beside those of pint, which has its own definitions."""

from __future__ import annotations

from itertools import product

import pint
import pytest

from cqsim.errors import Fault
from cqsim.units import factor

NAMES = {
    "克": "gram",
    "公斤": "kilogram",
    "吨": "tonne",
    "万吨": "1e4 tonne",
    "米": "meter",
    "公里": "kilometer",
    "㎡": "meter ** 2",
    "km²": "kilometer ** 2",
    "公顷": "hectare",
    "立方米": "meter ** 3",
    "升": "liter",
    "天": "day",
    "年": "julian_year",
    "小时": "hour",
    "千瓦时/天": "kilowatt_hour / day",
    "亿度/年": "1e8 kilowatt_hour / julian_year",
    "吨/公顷/年": "tonne / hectare / julian_year",
    "吨·公里": "tonne * kilometer",
    "升/(公里*小时)": "liter / (kilometer * hour)",
    "1/米": "1 / meter",
    "%": "percent",
}
UNITS = pint.UnitRegistry()


@pytest.mark.parametrize(("origin", "wanted"), list(product(NAMES, NAMES)))
def test_conversions_are_those_of_pint(origin: str, wanted: str) -> None:
    there = UNITS.Quantity(NAMES[origin])
    if there.is_compatible_with(UNITS.Quantity(NAMES[wanted])):
        expected = (there / UNITS.Quantity(NAMES[wanted])).to("").magnitude
        assert factor(origin, wanted) == pytest.approx(expected, rel=1e-12)
    else:
        with pytest.raises(Fault):
            factor(origin, wanted)
