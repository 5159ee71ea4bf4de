"""Units of Chinese and English statistics, and units that nobody has heard of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqsim import Quantity
from cqsim.errors import Fault
from cqsim.units import Unit, amount, base_factor, factor, is_known, unit

KNOWN = [
    "元",
    "万元",
    "亿元",
    "十亿元",
    "万亿元",
    "人次",
    "万人次",
    "人",
    "千人",
    "吨",
    "万吨",
    "公斤",
    "亩",
    "万亩",
    "公顷",
    "㎡",
    "平方公里",
    "元/人次",
]
KNOWN += [
    "万元/亩",
    "吨/公顷",
    "%",
    "千瓦时",
    "亿千瓦时",
    "人次/天",
    "公里",
    "yuan",
    "million yuan",
    "t",
    "km",
    "元/人/年",
    "‰",
]


@pytest.mark.parametrize(
    ("origin", "wanted", "value"),
    [
        ("亿元", "万元", 1e4),
        ("万元", "元", 1e4),
        ("亿元", "元", 1e8),
        ("万亿元", "亿元", 1e4),
        ("十亿元", "亿元", 10),
        ("百万元", "万元", 100),
        ("千万人次", "万人次", 1e3),
        ("万人次", "visits", 1e4),
        ("公顷", "亩", 15),
        ("万亩", "公顷", 1e4 / 15),
        ("平方公里", "公顷", 100),
        ("㎢", "㎡", 1e6),
        ("m²", "㎡", 1),
        ("吨", "公斤", 1000),
        ("万吨", "吨", 1e4),
        ("元/公斤", "万元/吨", 0.1),
        ("元/亩", "元/公顷", 15),
        ("亿千瓦时", "万千瓦时", 1e4),
        ("kWh", "度", 1),
        ("%", "", 0.01),
        ("‰", "%", 0.1),
        ("pp", "%", 1),
        ("百分点", "pp", 1),
        ("元/人次", "元/人次", 1),
        ("万元/万人次", "元/人次", 1),
        ("每人次", "1/人次", None),
        ("元每人次", "元/人次", 1),
        ("吨·公里", "吨*公里", 1),
        ("人次 / 天", "人次/日", 1),
    ],
)
def test_conversions(origin: str, wanted: str, value: float | None) -> None:
    if value is None:
        with pytest.raises(Fault):
            factor(origin, wanted)
    else:
        assert factor(origin, wanted) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        ("亿元", "万人次"),
        ("人", "人次"),
        ("元", "元/人次"),
        ("亩", "吨"),
        ("", "元"),
        ("元", ""),
        ("天", "元"),
        ("㎡", "公里"),
    ],
)
def test_units_of_different_kinds_clash(origin: str, wanted: str) -> None:
    with pytest.raises(Fault) as caught:
        factor(origin, wanted)
    assert caught.value.key == "unit_clash"
    assert caught.value.values == {"unit": origin, "wanted": wanted}


@pytest.mark.parametrize(
    "name",
    [
        "床",
        "标准煤",
        "指数",
        "GPU",
        "项（省级以上）",
        "张/间",
        "人·次",
        "%GDP",
        "a b c",
        "1990=100",
        "...",
        "**",
        "/",
        "元/",
        "((",
    ],
)
def test_an_unknown_unit_is_a_kind_of_its_own(name: str) -> None:
    assert factor(name, name) == 1
    for other in ("元", "万人次", "没见过的", ""):
        with pytest.raises(Fault):
            factor(name, other)


def test_prefixes_stand_before_unknown_units_too() -> None:
    assert factor("万张床", "张床") == 1e4
    assert factor("亿支", "千支") == 1e5
    assert factor("万个", "亿个") == pytest.approx(1e-4)


def test_unknown_units_multiply_and_divide() -> None:
    assert factor("万元/只", "元/只") == pytest.approx(1e4)
    assert unit("元/只") * unit("只") == unit("元")


@pytest.mark.parametrize(
    ("product", "shown"),
    [
        (unit("万人次") * unit("元/人次"), "万人次 * 元/人次"),
        (unit("") / unit("亩") / unit("年"), "1/亩/年"),
        (unit("m²") ** 2, "平方米 ** 2"),
        (unit("元") / unit("元"), "1"),
        (unit("1990=100"), "1990=100"),
    ],
)
def test_units_are_shown_as_they_are_written(product: Unit, shown: str) -> None:
    assert str(product) == shown


@pytest.mark.parametrize(
    "text", ["True", "if", "1", "元/" * 4000 + "元", "(" * 300 + "元" + ")" * 300, "元**2**2", "元\n/人"]
)
def test_text_that_means_something_to_python_is_only_a_unit(text: str) -> None:
    assert factor(text, text) == 1
    assert base_factor(text) == 1


@pytest.mark.parametrize(
    ("name", "known"), [("万人次", True), ("%", True), ("㎡", True), ("nan", False), ("", True), ("不知道", False)]
)
def test_known_names(name: str, known: bool) -> None:
    assert is_known(name) is known


def test_a_kind_that_a_scenario_brought_is_not_known_to_the_next() -> None:
    assert factor("万趟班车", "趟班车") == 1e4
    assert not is_known("趟班车")
    assert not is_known("万趟班车")


@pytest.mark.parametrize(
    ("written", "wanted", "whole", "value"),
    [
        ("3 亿元", "万元", None, 3e4),
        ("5000", "万人次", None, 5000),
        ("5000 万人次", "万人次", None, 5000),
        ("8%", "万人次", 50, 4),
        ("8%", "%", None, 8),
        ("8%", "%", 50, 8),
        ("1.5pp", "%", None, 1.5),
        ("15 亩", "公顷", None, 1),
        ("0 亿元", "万元", None, 0),
        ("-3 亿元", "万元", None, -3e4),
    ],
)
def test_amounts_in_the_unit_of_their_indicator(written: str, wanted: str, whole: float | None, value: float) -> None:
    assert amount(Quantity.parse(written), wanted, whole) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("written", "wanted", "whole", "key"),
    [
        ("8%", "万人次", None, "relative_refused"),
        ("8pp", "万人次", None, "relative_refused"),
        ("8pp", "万人次", 50.0, "relative_refused"),
        ("3 亿元", "万人次", None, "unit_clash"),
        ("3 亿元", "%", None, "unit_clash"),
        ("3 亿元", "", None, "unit_clash"),
    ],
)
def test_amounts_of_another_kind_are_refused(written: str, wanted: str, whole: float | None, key: str) -> None:
    with pytest.raises(Fault) as caught:
        amount(Quantity.parse(written), wanted, whole)
    assert caught.value.key == key


pairs = st.tuples(st.sampled_from(KNOWN), st.sampled_from(KNOWN)).filter(
    lambda pair: unit(pair[0]).kinds == unit(pair[1]).kinds
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(pair=pairs, number=st.floats(1e-6, 1e12))
def test_there_and_back_is_where_it_was(pair: tuple[str, str], number: float) -> None:
    origin, wanted = pair
    there = amount(Quantity(number, origin), wanted, whole=100.0 if origin == "%" else None)
    assert there * factor(wanted, origin) == pytest.approx(number, rel=1e-9)
    assert factor(origin, wanted) == pytest.approx(base_factor(origin) / base_factor(wanted))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(text=st.text("元万亿人次/*() ·㎡%每年x", max_size=8))
def test_any_text_can_be_a_unit(text: str) -> None:
    assert factor(text, text) == 1
    assert base_factor(text) > 0
    assert unit(text) * unit(text) / unit(text) == unit(text)
