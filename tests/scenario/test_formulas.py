"""Formulas: what is read, what it is worth, and that nothing else is let in."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqsim.errors import Fault
from cqsim.scenario.formula.dimensions import bind
from cqsim.scenario.formula.expressions import evaluate, names, previous_names
from cqsim.scenario.formula.parsing import parse

IDS = frozenset({"a", "b", "游客", "人均花费", "x_2"})
NOW = {"a": 3.0, "b": 0.5, "游客": 7.0, "人均花费": 11.0, "x_2": 1.25}
BEFORE = {"a": 2.0, "b": 0.25, "游客": 5.0, "人均花费": 10.0, "x_2": 1.0}
UNITS = {"a": "万人次", "b": "元/人次", "游客": "万人次", "人均花费": "元/人次", "x_2": ""}


def worth(text: str) -> float:
    """The value of a formula of plain numbers."""
    return float(evaluate(parse(text, IDS), NOW.__getitem__, BEFORE.__getitem__))


def in_units(text: str, own: str) -> float:
    """The value of a formula whose indicators have units, in the unit `own`."""
    return float(bind(parse(text, IDS), UNITS, own).value(NOW.__getitem__, BEFORE.__getitem__))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("2 * 3 ** 2", 18),
        ("2 ** 3 ** 2", 512),
        ("8 - 3 - 2", 3),
        ("8 / 4 / 2", 1),
        ("8 / 4 * 2", 4),
        ("-2 ** 2", -4),
        ("(-2) ** 2", 4),
        ("2 ** -1", 0.5),
        ("2 * -3", -6),
        ("--2", 2),
        ("+-+2", -2),
        ("3 - -2", 5),
        ("1e3 + .5 + 2.", 1002.5),
        ("1.5E-1", 0.15),
        ("a + prev(a)", 5),
        ("a - prev(b) * 2", 2.5),
        ("游客 * 人均花费", 77),
        ("游客*人均花费-prev(游客)*prev(人均花费)", 27),
        ("x_2", 1.25),
        ("min(a, b)", 0.5),
        ("max(a, b, 游客)", 7),
        ("min(a, max(b, 1), 2 * b)", 1),
        ("exp(log(a))", 3),
        ("log(exp(2))", 2),
        ("  a\n*\tb ", 1.5),
    ],
)
def test_a_formula_is_worth_what_arithmetic_says(text: str, value: float) -> None:
    assert worth(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "own", "value"),
    [
        ("a * b", "元", 15_000),
        ("a * b", "万元", 1.5),
        ("170 亿元 / a", "元/人次", 170e8 / 3e4),
        ("170 亿元/3 万人次", "元/人次", 170e8 / 3e4),
        ("人均花费 + 5 元/人次", "元/人次", 16),
        ("人均花费 + 5 元 / 人次", "元/人次", 16),
        ("2 元/人次 * a", "万元", 6),
        ("100 元/人次/年", "元/年/人次", 100),
        ("a / 游客", "%", 300 / 7),
        ("5% * a", "万人次", 0.15),
        ("a * (1 + 5%)", "万人次", 3.15),
        ("3 亩 + 1 公顷", "㎡", 12_000),
        ("2 ㎡", "㎡", 2),
        ("x_2 * 1000 人次 + a", "万人次", 3.125),
        ("prev(a) + 1 人次", "人次", 20_001),
        ("(2 米) ** 2", "㎡", 4),
        ("exp(log(a / prev(a)))", "", 1.5),
        ("max(a, 1 亿人次)", "亿人次", 1),
    ],
)
def test_units_are_converted(text: str, own: str, value: float) -> None:
    assert in_units(text, own) == pytest.approx(value, rel=1e-12)


def test_a_slash_after_a_unit_belongs_to_it_only_before_another_unit() -> None:
    assert str(parse("170 亿元 / a", IDS)) == "(170 亿元 / a)"
    assert str(parse("170 亿元 / 人次", IDS)) == "170 亿元/人次"
    assert str(parse("170 亿元 / 2", IDS)) == "(170 亿元 / 2)"


def test_an_indicator_hides_the_unit_of_the_same_name() -> None:
    assert names(parse("2 * 人次", frozenset({"人次"}))) == ["人次"]


def test_used_indicators_are_listed_once_and_in_order() -> None:
    expression = parse("b + a * b + prev(a) - prev(游客) / prev(a)", IDS)
    assert names(expression) == ["b", "a"]
    assert previous_names(expression) == ["a", "游客"]


REFUSED = ["a.b", "a[0]", "a[b]", "lambda: 1", "lambda a: a", "a.__class__", "a.__class__.__mro__[1]"]
REFUSED += ["__import__('os')", "'a'", '"a"', 'f"{a}"', "f'{a}'", "`a`", "a if a else b", "a == b", "a = 1", "a := 1"]
REFUSED += ["a; b", "a, b", "{a}", "a // b", "a % b", "a @ b", "a & b", "a | b", "~a", "!a", "a < b", "a and b"]
REFUSED += ["not a", "a b", "a(b)", "2(a)", "a 2", "import os", "open(a)", "eval(a)", "print(a)", "exec", "None"]
REFUSED += ["True", "nan", "inf", "1j", "1_000", "0x10", "1e999", "", " ", "(", ")", "()", "a +", "* a", "a ** "]
REFUSED += ["min()", "min(a)", "exp(a, b)", "log()", "prev()", "prev(a, b)", "prev(a + b)", "prev(2)", "prev(prev(a))"]
REFUSED += ["prev a", "min", "prev", "max(a b)", "max(a,, b)", "max(, a)", "a\0b", "a × b", "a ÷ b", "（a）", "a，b"]
REFUSED += ["a－b", "２ * a", "a ^ 2", "a²", "a\\b", "#", "a # b", "$a", "@a", "?", "a:b", "…"]


@pytest.mark.parametrize("text", REFUSED)
def test_nothing_but_arithmetic_is_let_in(text: str) -> None:
    with pytest.raises(Fault):
        parse(text, IDS)


@pytest.mark.parametrize(
    ("sign", "meant"), [("×", "*"), ("÷", "/"), ("^", "**"), ("（", "("), ("＋", "+"), ("，", ",")]
)
def test_a_wrong_sign_is_answered_with_the_one_that_was_meant(sign: str, meant: str) -> None:
    with pytest.raises(Fault) as caught:
        parse(f"a {sign} b", IDS)
    assert caught.value.key == "formula_sign"
    assert caught.value.values == {"sign": sign, "at": 3, "meant": meant}


@pytest.mark.parametrize(
    "text", ["(" * 60 + "a" + ")" * 60, "-" * 60 + "a", "a" + " ** a" * 60, "exp(" * 60 + "a" + ")" * 60]
)
def test_deep_nesting_is_refused(text: str) -> None:
    with pytest.raises(Fault) as caught:
        parse(text, IDS)
    assert caught.value.key == "formula_deep"


def test_a_long_formula_is_refused_and_a_rather_long_one_is_not() -> None:
    with pytest.raises(Fault) as caught:
        parse("a" + " + a" * 100_000, IDS)
    assert caught.value.key == "formula_long"
    assert worth("a" + " + a" * 150) == 3.0 * 151


tokens = st.sampled_from(
    [
        "a",
        "b",
        "游客",
        "prev",
        "min",
        "max",
        "exp",
        "log",
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "/",
        "**",
        "%",
        "亿元",
        "人次",
        "㎡",
        "x",
    ]
)
token_texts = st.lists(tokens | st.floats(0, 1e6).map(repr), max_size=20).map(" ".join)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(text=st.text(max_size=40) | token_texts | token_texts.map(lambda text: text.replace(" ", "")))
def test_any_text_is_a_formula_or_a_fault(text: str) -> None:
    try:
        said = str(parse(text, IDS))
    except Fault as fault:
        said = fault.text("en") + fault.text("zh")
    assert said


numbers = st.integers(0, 999_999).map(str) | st.sampled_from(["0.5", "1e3", ".25", "2.", "1.5e-3"])
leaves = numbers | st.sampled_from(["a", "b", "游客", "x_2", "prev(a)", "prev(人均花费)"])


def _longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["+", "-", "*", "/", "**"])
    joined = st.tuples(inner, signs, inner).map(" ".join)
    called = st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner)
    single = st.builds("{}({})".format, st.sampled_from(["", "-", "exp", "log"]), inner)
    return joined | called | single


@settings(max_examples=200, derandomize=True, deadline=None)
@given(text=st.recursive(leaves, _longer, max_leaves=12))
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_printed_formula_is_worth_the_same(text: str) -> None:
    expression = parse(text, IDS)
    again = parse(str(expression), IDS)
    value, other = (float(evaluate(one, NOW.__getitem__, BEFORE.__getitem__)) for one in (expression, again))
    assert value == other or (math.isnan(value) and math.isnan(other))
