"""The progress rules: properties, borders, and what cannot be classed; `oracles/` has the worked cases."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cqsim.messages import LANGUAGES, say
from cqsim.yardsticks import growth_rates
from cqsim.yardsticks.assessment import Aggregate, aggregate, assess
from cqsim.yardsticks.escap import anticipated_progress, current_status, line
from cqsim.yardsticks.growth_rates import eurostat, open_sdg_2023, statcan_2025, unsd_chart
from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Verdict

GROWTH_RULES = (statcan_2025, open_sdg_2023, eurostat, unsd_chart)
RANK = ("deterioration", "limited", "acceleration_needed", "on_track", "target_achieved")


def record(years, values, direction, target=None, target_year=2030, upper=None):
    due = None if target is None else target_year
    return Record(tuple(years), tuple(map(float, values)), direction, target, due, upper)


def of_ratio(ratio, direction="increase"):
    """A record whose observed growth is this multiple of the required, which is 3 % a year."""
    sign = 1 if direction == "increase" else -1
    return record((2015, 2016), (100, 100 * (1 + sign * 0.03 * ratio)), direction, 100 * (1 + sign * 0.03) ** 15)


def of_growth(rate, direction="increase"):
    return record((2015, 2016), (100, 100 * (1 + rate)), direction)


def test_an_aggregate_is_achieved_only_when_every_target_is():
    met, behind = Verdict("target_achieved", "ratio", 1.2, 5.0), Verdict("on_track", "ratio", 2.0, 5.0)
    assert aggregate([met, met]).standing == "target_achieved"
    assert aggregate([met, behind]).standing == "on_track"
    assert aggregate([]) == Aggregate("not_assessable", None, 0, 0)


CANADA = ("on_track", "acceleration_needed", "limited", "deterioration")
EUROPE = ("significant", "moderate", "insufficient", "away")
EUROPE_UNTARGETED = ("significant", "moderate", "moderate_away", "significant_away")
BORDERS = [
    (statcan_2025, "ratio", (0.95, 0.6, 0), CANADA),
    (open_sdg_2023, "ratio", (0.95, 0.6, 0), CANADA),
    (eurostat, "ratio", (0.95, 0.6, 0), EUROPE),
    (statcan_2025, "growth", (0.015, 0.005, 0), CANADA),
    (open_sdg_2023, "growth", (0.015, 0.005, 0), CANADA),
    (eurostat, "growth", (0.01, 0, -0.01), EUROPE_UNTARGETED),
]


@pytest.mark.parametrize(("rule", "measure", "borders", "classes"), BORDERS)
@pytest.mark.parametrize("direction", ["increase", "decrease"])
def test_a_border_belongs_to_the_class_above_it_and_a_little_less_does_not(rule, measure, borders, classes, direction):
    make = of_ratio if measure == "ratio" else lambda one, way: of_growth(one if way == "increase" else -one, way)
    for border, (standing, below) in zip(borders, pairwise(classes), strict=True):
        assert rule(make(border, direction)).standing == standing
        assert rule(make(border - 1e-10, direction)).standing == standing
        assert rule(make(border - 1e-7, direction)).standing == below


@pytest.mark.parametrize("direction", ["increase", "decrease"])
def test_the_upper_borders_of_the_progress_chart_belong_to_the_class_below(direction):
    sign = 1 if direction == "increase" else -1
    for ratio, standing in [(0.9501, "on_track"), (0.95, "fair"), (0.5, "fair"), (0.49, "limited"), (-0.1, "limited")]:
        assert unsd_chart(of_ratio(ratio, direction)).standing == standing
    assert unsd_chart(of_ratio(-0.11, direction)).standing == "deterioration"
    growths = [(0.0101, "on_track"), (0.01, "fair"), (0.0051, "fair"), (0.005, "limited"), (-0.01, "limited")]
    for growth, standing in growths:
        assert unsd_chart(of_growth(sign * growth, direction)).standing == standing
    assert unsd_chart(of_growth(-sign * 0.011, direction)).standing == "deterioration"


positive = st.floats(0.01, 1e6)
records = st.builds(
    record,
    st.just((2015, 2018, 2022)),
    st.tuples(positive, positive, positive),
    st.sampled_from(["increase", "decrease"]),
    st.none() | positive,
)


def on_no_border(one):
    """Scaling may move a value that lies on a border by a bit."""
    values = [verdict.value for verdict in assess(one).verdicts.values() if verdict.value is not None]
    borders = (0.95, 0.6, 0.5, 0, -0.1, 0.015, 0.01, 0.005, -0.01, 9)
    return all(abs(value - border) > 1e-6 or value == border == 0 for value in values for border in borders)


@given(records, st.sampled_from([0.125, 4.0, 1024.0]))
def test_no_rule_depends_on_the_unit(one, factor):
    assume(on_no_border(one))
    scaled = replace(
        one,
        values=tuple(value * factor for value in one.values),
        target=None if one.target is None else one.target * factor,
    )
    for name, verdict in assess(one).verdicts.items():
        other = assess(scaled).verdicts[name]
        assert (other.standing, other.reason) == (verdict.standing, verdict.reason)
        if verdict.value is None:
            assert other.value is None
        else:
            assert other.value == pytest.approx(verdict.value, rel=1e-9, abs=1e-12)


@given(records, positive)
def test_a_better_last_value_never_gives_a_worse_class(one, last):
    other = replace(one, values=(*one.values[:-1], last))
    worse, better = sorted((one, other), key=lambda each: each.last * each.wanted_sign)
    found = [statcan_2025(worse), statcan_2025(better)]
    assume(all(verdict.standing in RANK for verdict in found))
    assert RANK.index(found[0].standing) <= RANK.index(found[1].standing)
    assert found[0].score <= found[1].score + 1e-12


@given(records)
def test_negative_values_with_the_other_direction_are_the_mirror_image(one):
    mirror = replace(
        one,
        values=tuple(-value for value in one.values),
        target=None if one.target is None else -one.target,
        direction="decrease" if one.direction == "increase" else "increase",
    )
    assert statcan_2025(mirror) == statcan_2025(one)
    assert current_status(mirror) == current_status(one)


@given(records)
def test_the_rules_of_2023_and_2025_agree_where_the_target_lies_ahead_of_the_base(one):
    assume(one.target is None or (one.target - one.first) * one.wanted_sign > 0)
    assert open_sdg_2023(one).standing == statcan_2025(one).standing


def test_moving_back_to_a_target_that_the_base_had_passed_is_progress_only_in_2023():
    one = record((2015, 2022), (120, 90), "increase", 100)
    assert open_sdg_2023(one).value > 0.95
    assert open_sdg_2023(one).standing == "on_track"
    assert (statcan_2025(one).standing, eurostat(one).standing) == ("deterioration", "away")


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (record((2020,), (5,), "increase", 8), "one_point"),
        (record((2020,), (5,), "increase"), "one_point"),
        (record((2015, 2020), (5, -5), "increase", 8), "no_rate"),
        (record((2015, 2020), (5, 0), "increase", 8), "no_rate"),
        (record((2015, 2020), (-5, 5), "increase"), "no_rate"),
        (record((2015, 2020), (8, 7), "increase", 8), "base_is_target"),
        (record((2015, 2020), (5, 6), "increase", 8, 2020), "past_due"),
        (record((2015, 2020), (5, 6), "increase", 8, 2018), "past_due"),
        (record((2015, 2020), (5, 6), "increase", 8, 2014), "past_due"),
        (record((2015, 2020), (5, 15), "between", 8, 2030, 10), "crossed"),
        (record((2015, 2020), (15, 5), "between", 8, 2030, 10), "crossed"),
    ],
)
def test_what_cannot_be_classed_says_why(one, reason):
    for rule in GROWTH_RULES:
        found = rule(one)
        assert (found.standing, found.value, found.score, found.reason) == ("not_assessable", None, None, reason)


@pytest.mark.parametrize("values", [(8, 8), (8, 9), (5, 8), (5, 80), (0, 8), (-5, 8)])
@pytest.mark.parametrize("target_year", [2014, 2020, 2030])
def test_a_met_target_is_achieved_whatever_else_holds(values, target_year):
    found = statcan_2025(record((2015, 2020), values, "increase", 8, target_year))
    assert (found.standing, found.score, found.reason) == ("target_achieved", 5.0, None)


def test_a_single_point_that_meets_its_target_counts_in_2025_and_not_in_2023():
    one = record((2020,), (9,), "increase", 8)
    assert statcan_2025(one).standing == "target_achieved"
    assert open_sdg_2023(one).reason == "one_point"
    assert anticipated_progress(one, line(one)) == Verdict("will_meet", "index")


def test_a_zero_target_and_a_zero_base_count_as_a_thousandth():
    one, near = (record((2015, 2020), (8, 4), "decrease", target) for target in (0, 0.001))
    assert statcan_2025(one) == statcan_2025(near)
    assert open_sdg_2023(one) == open_sdg_2023(near)
    rising, near = (record((2015, 2020), (base, 4), "increase", 8) for base in (0, 0.001))
    assert statcan_2025(rising) == statcan_2025(near)
    assert {open_sdg_2023(rising).reason, eurostat(rising).reason, unsd_chart(rising).reason} == {"no_rate"}


def test_a_range_is_approached_from_the_side_on_which_the_value_lies():
    below = record((2015, 2020), (50, 60), "between", 90, 2030, 110)
    assert statcan_2025(below) == statcan_2025(record((2015, 2020), (50, 60), "increase", 90))
    above = record((2015, 2020), (150, 140), "between", 90, 2030, 110)
    assert statcan_2025(above) == statcan_2025(record((2015, 2020), (150, 140), "decrease", 110))
    for base, last in [(50, 100), (150, 100), (100, 100), (50, 90), (150, 110)]:
        assert statcan_2025(record((2015, 2020), (base, last), "between", 90, 2030, 110)).standing == "target_achieved"
    for last in (80, 120):
        left = record((2015, 2020), (100, last), "between", 90, 2030, 110)
        assert statcan_2025(left).standing == "deterioration"
        assert current_status(left).reason == "base_is_target"


def test_the_anticipated_index_extends_the_straight_line_of_least_squares():
    one = record((2015, 2016, 2018), (10, 14, 16), "increase", 60, 2025)
    slope = ((2015 - 2016 - 1 / 3) * 10 + (2016 - 2016 - 1 / 3) * 14 + (2018 - 2016 - 1 / 3) * 16) / (14 / 3)
    predicted = 40 / 3 + slope * (2025 - 2016 - 1 / 3)
    assert line(one) == pytest.approx(predicted, rel=1e-12)
    found = assess(one).verdicts["escap_anticipated"]
    assert found.value == pytest.approx(10 * (predicted - 10) / 50, rel=1e-12)


ANTICIPATED = [(60, "will_meet"), (55.1, "will_meet"), (55, "accelerate"), (10.1, "accelerate")]
ANTICIPATED += [(10, "no_progress"), (9, "no_progress")]


@pytest.mark.parametrize(("predicted", "standing"), ANTICIPATED)
def test_classes_of_the_anticipated_index(predicted, standing):
    assert anticipated_progress(record((2015, 2018), (10, 16), "increase", 60), predicted).standing == standing


def test_without_a_target_there_is_no_index():
    found = assess(record((2015, 2018), (10, 16), "increase")).verdicts
    assert {found[name].reason for name in ("escap_current", "escap_anticipated")} == {"no_target"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_class_reason_and_rule_has_its_words(language):
    source = "".join(path.read_text("utf-8") for path in Path(growth_rates.__file__).parent.glob("*.py"))
    standings = {*re.findall(r'Step\([-\d.]+, "(\w+)"', source), *CANADA, *EUROPE, *EUROPE_UNTARGETED}
    standings |= {"target_achieved", "will_meet", "no_progress", "not_assessable"}
    reasons = set(re.search(r"no class: (.*)\.\n", source).group(1).replace("`", "").replace(" or ", ", ").split(", "))
    assert {"fair", "accelerate"} <= standings
    assert {"one_point", "crossed"} <= reasons
    rules = assess(record((2020,), (5,), "increase")).verdicts
    for family, names in (("standing", standings), ("reason", reasons), ("rule", rules)):
        assert all(say(f"{family}.{name}", language) for name in names)


@given(
    st.lists(st.floats(-1e308, 1e308), min_size=1, max_size=4),
    st.sampled_from(["increase", "decrease", "between"]),
    st.none() | st.floats(-1e308, 1e308),
    st.integers(1900, 2200),
)
def test_no_finite_values_stop_a_rule(values, direction, target, year):
    one = record(range(2015, 2015 + len(values)), values, direction, target, year)
    if target is None and direction == "between":
        one = replace(one, direction="increase")
    assert json.loads(json.dumps(assess(one).to_dict()))["rules"]
