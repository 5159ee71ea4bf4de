"""Numbers as people write them: what is read, what is refused, and with which hint."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqsim import Quantity
from cqsim.errors import Fault
from cqsim.quantities import factor, percentage, plain

steady = settings(max_examples=200, derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        (3103, 3103, ""),
        (31.5, 31.5, ""),
        (-2, -2, ""),
        ("3103", 3103, ""),
        ("+5", 5, ""),
        ("-0.5", -0.5, ""),
        (".5", 0.5, ""),
        ("5.", 5, ""),
        ("1e4", 1e4, ""),
        ("1.5E-3", 1.5e-3, ""),
        (" 7 ", 7, ""),
        ("8%", 8, "%"),
        ("8 %", 8, "%"),
        ("-3%", -3, "%"),
        ("1.5pp", 1.5, "pp"),
        ("1.5 pp", 1.5, "pp"),
        ("8个百分点", 8, "pp"),
        ("-0.5 百分点", -0.5, "pp"),
        ("8 percent", 8, "%"),
        ("3 tonnes", 3, "tonnes"),
        ("2‰", 2, "‰"),
        ("3 亿元", 3, "亿元"),
        ("3亿元", 3, "亿元"),
        ("5000 万人次", 5000, "万人次"),
        ("1e4 元/人次", 1e4, "元/人次"),
        ("12 ㎡", 12, "㎡"),
        ("3 kg", 3, "kg"),
        ("2 m²", 2, "m²"),
        ("5 people", 5, "people"),
        ("$5", None, None),
        ("3 €", 3, "€"),
    ],
)
def test_written_forms(written: object, number: float | None, unit: str | None) -> None:
    if number is None:
        with pytest.raises(Fault):
            Quantity.parse(written)
    else:
        assert Quantity.parse(written) == Quantity(number, unit)


@pytest.mark.parametrize(
    ("written", "key", "hint"),
    [
        ("", "not_quantity", None),
        ("many", "not_quantity", None),
        ("五千", "not_quantity", None),
        ("约 5000", "not_quantity", "number_alone"),
        ("提高8个百分点", "not_quantity", "number_alone"),
        ("不低于 5000 万人次", "not_quantity", "number_alone"),
        ("翻番", "not_quantity", "doubled"),
        ("翻两番", "not_quantity", "doubled"),
        ("7%±2%", "range_for_number", "write_range"),
        ("100 ± 5 亿元", "range_for_number", "write_range"),
        ("5-6", "range_for_number", "write_range"),
        ("5~6", "range_for_number", "write_range"),
        ("1 2", "not_quantity", None),
        ("--5", "not_quantity", None),
        (".", "not_quantity", None),
        (".inf", "not_quantity", None),
        ("nan", "not_quantity", None),
        (">=5000", "not_quantity", "comparison"),
        ("≥ 5000 万人次", "not_quantity", "comparison"),
        ("= 5", "not_quantity", "comparison"),
        ("<5%", "not_quantity", "comparison"),
        ("５０００", "not_quantity", "full_width"),
        ("5０ 亿元", "not_quantity", "full_width"),
        ("7％", "not_quantity", "full_width"),
        ("－5", "not_quantity", "full_width"),
        ("5,000", "not_quantity", "thousands"),
        ("5，000", "not_quantity", "thousands"),
        ("1_000_000", "not_quantity", "thousands"),
        ("12 500 万元", "not_quantity", "thousands"),
        ("1,234.5 亿元", "not_quantity", "thousands"),
        ("“5000”", "not_quantity", "chinese_quotes"),
        ("「5%」", "not_quantity", "chinese_quotes"),
        ("3 亿", "bare_multiplier", "name_unit"),
        ("5000万", "bare_multiplier", "name_unit"),
        ("2 千", "bare_multiplier", "name_unit"),
        ("1 万亿", "bare_multiplier", "name_unit"),
        ("1e999", "not_finite", None),
        ("-1e999%", "not_finite", None),
        (math.inf, "not_finite", None),
        (math.nan, "not_finite", None),
        (10**400, "not_finite", None),
        (True, "not_quantity", None),
        (None, "not_quantity", None),
        ([1], "not_quantity", None),
        ({"p10": 1}, "not_quantity", None),
        (b"5", "not_quantity", None),
    ],
)
def test_refused_forms_and_their_hints(written: object, key: str, hint: str | None) -> None:
    with pytest.raises(Fault) as caught:
        Quantity.parse(written)
    assert (caught.value.key, caught.value.hint) == (key, hint)
    assert caught.value.text("en")
    assert caught.value.text("zh")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("５０００", "5000"),
        ("7％", "7%"),
        ("5,000 万人次", "5000 万人次"),
        ("≥ 8%", "8%"),
        ("１２．５ 亿元", "12.5 亿元"),
    ],
)
def test_the_hint_names_what_can_be_read(written: str, meant: str) -> None:
    with pytest.raises(Fault) as caught:
        Quantity.parse(written)
    assert meant in caught.value.text("en")
    assert Quantity.parse(meant).number > 0


def test_a_very_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(Fault) as caught:
        Quantity.parse("x" * 100_000)
    assert len(str(caught.value)) < 250


def test_equality_is_of_number_and_unit_and_not_of_the_writing() -> None:
    assert Quantity.parse("3.0 亿元") == Quantity.parse("3亿元")
    assert Quantity.parse("3 亿元") != Quantity.parse("3 万元")
    assert hash(Quantity.parse("3.0%")) == hash(Quantity.parse("3%"))


def test_a_quantity_is_read_as_itself() -> None:
    quantity = Quantity.parse("3 亿元")
    assert Quantity.parse(quantity) is quantity


@pytest.mark.parametrize("written", [3103, 2.5, "1e4", "8%", "3 亿元", " 7 "])
def test_a_quantity_says_what_was_written(written: str | float) -> None:
    assert Quantity.parse(written).written == written
    assert str(Quantity.parse(written)) == str(written)


def test_a_percentage_is_a_fraction_and_wants_its_sign() -> None:
    assert percentage(Quantity.parse("12.5%")) == 0.125
    with pytest.raises(Fault, match="7 has no per cent sign"):
        percentage(Quantity.parse(7))


def test_a_plain_number_has_no_unit() -> None:
    assert plain(Quantity.parse("0.3")) == 0.3
    with pytest.raises(Fault, match="30% must be a plain number"):
        plain(Quantity.parse("30%"))


finite = st.floats(allow_nan=False, allow_infinity=False)


@steady
@given(
    number=finite,
    unit=st.sampled_from(["", "%", "pp", "亿元", "元/人次", "㎡", "kg"]),
    space=st.sampled_from(["", " ", "\t"]),
)
def test_any_number_with_any_unit_is_read_exactly(number: float, unit: str, space: str) -> None:
    quantity = Quantity.parse(f"{number!r}{space}{unit}")
    assert (quantity.number, quantity.unit) == (number, unit)
    assert Quantity.parse(quantity.written) == quantity


@steady
@given(number=finite | st.integers(-(10**300), 10**300))
def test_any_bare_number_is_read_exactly(number: float) -> None:
    quantity = Quantity.parse(number)
    assert quantity == Quantity(float(number), "")
    assert quantity.written == number


@steady
@given(text=st.text(max_size=30) | st.text("0123456789.,-+eE%万亿元 ≥＞“”５", max_size=12))
def test_any_text_is_a_quantity_that_can_be_read_again_or_a_fault(text: str) -> None:
    try:
        quantity = Quantity.parse(text)
    except Fault as fault:
        said = fault.text("en") + fault.text("zh")
    else:
        said = str(quantity) if Quantity.parse(quantity.written) == quantity and math.isfinite(quantity.number) else ""
    assert said == text or said


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("1.06^5", 1.06**5),
        ("1.06**5", 1.06**5),
        ("(1 + 6%)^5", 1.06**5),
        ("１．０６＾５", 1.06**5),
        ("5000/3103", 5000 / 3103),
        ("2 × 1.5 ÷ 3", 1.0),
        ("2", 2),
        (2.5, 2.5),
    ],
)
def test_a_factor_may_be_calculated(written, result):
    assert factor(written) == pytest.approx(result, rel=1e-15)


@pytest.mark.parametrize(
    "written",
    [
        "9**9**9",
        "(-8)^0.5",
        "1/0",
        "5%3",
        "2^5 元",
        "1" * 5000 + "+1",
        "(" * 99 + "1+1",
        "__import__('os')",
        "1e999+1",
        "7//2",
    ],
)
def test_what_is_no_calculation_is_refused(written):
    with pytest.raises(Fault):
        factor(written)


def test_a_percentage_is_no_factor_and_says_what_is():
    with pytest.raises(Fault, match=r"write 0\.865"):
        factor("86.5%")


RANGES = ["2%-11%", "2-11%", "2%~11%", "2%～11%", "2%—11%", "2%——11%", "2%至11%", "2%到11%", "２％－１１％"]
RANGES += ["2% to 11%", "2 to 11%"]


@pytest.mark.parametrize("written", RANGES)
def test_a_range_is_told_how_ranges_are_written(written):
    with pytest.raises(Fault, match=r"write \{p05: 2%, p95: 11%\}"):
        Quantity.parse(written)


@pytest.mark.parametrize("written", ["1e-5", "12e-5 元", "-5%", "100 元-2010年价", "3 亿元"])
def test_what_only_looks_like_a_range_is_a_number(written):
    assert Quantity.parse(written).written == written


def test_a_calculation_in_place_of_an_amount_is_told_its_result():
    with pytest.raises(Fault, match=r"\(write the result: 4654\.5\)"):
        Quantity.parse("3103*1.5")
