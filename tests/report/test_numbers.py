import math

import pytest

from cqsim.report.numbers import DASH, growth, interval, level, percent


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (3103, "3,103"),
        (3103.4, "3,103"),
        (547.857, "547.9"),
        (54.7857, "54.79"),
        (5.47857, "5.48"),
        (0.547857, "0.55"),
        (999.96, "1,000"),
        (100.0, "100"),
        (12_345_678, "12,345,678"),
        (-2500.5, "-2,500"),
        (-1.5, "-1.5"),
    ],
)
def test_a_level_has_four_significant_digits_and_at_most_two_decimals(value, shown):
    assert level(value) == shown


def test_a_level_is_followed_by_its_unit():
    assert level(3103, "万人次") == "3,103 万人次"
    assert level(3103, "") == "3,103"


@pytest.mark.parametrize("value", [None, math.inf, -math.inf, math.nan])
def test_a_level_that_does_not_exist_is_a_dash_without_unit(value):
    assert level(value, "元") == DASH


@pytest.mark.parametrize("value", [-0.0, -1e-9, -1e-12])
def test_a_level_that_rounds_to_zero_has_no_minus_sign(value):
    assert level(value) == "0"


def test_zeros_before_the_point_stay():
    assert level(1000) == "1,000"
    assert level(20) == "20"


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (0.10012, 1, "10.0%"),
        (0, 1, "0.0%"),
        (1, 1, "100.0%"),
        (-0.0512, 1, "-5.1%"),
        (0.5, 0, "50%"),
        (2.5, 1, "250.0%"),
    ],
)
def test_a_fraction_becomes_a_percentage(value, decimals, shown):
    assert percent(value, decimals) == shown


@pytest.mark.parametrize("value", [-0.0, -0.0004])
def test_a_percentage_that_rounds_to_zero_has_no_minus_sign(value):
    assert percent(value) == "0.0%"


def test_a_fraction_that_is_missing_is_a_dash():
    assert percent(None) == DASH
    assert growth(None, "zh") == DASH


@pytest.mark.parametrize(("language", "shown"), [("zh", "10.0%/年"), ("en", "10.0%/yr")])
def test_a_growth_rate_names_the_year(language, shown):
    assert growth(0.1, language) == shown


def test_an_interval_shows_both_ends():
    assert interval(0.347, 0.349) == "34.7% ~ 34.9%"
    assert interval(0.34711, 0.34739) == "34.71% ~ 34.74%"
