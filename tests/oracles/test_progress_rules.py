"""The progress rules against published programs and worked cases, to the printed digits."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from cqsim.yardsticks.assessment import aggregate
from cqsim.yardsticks.escap import current_status
from cqsim.yardsticks.growth_rates import open_sdg_2023, statcan_2025, unsd_chart
from cqsim.yardsticks.record import Record

ORACLES = json.loads((Path(__file__).parent / "progress_rules.json").read_text(encoding="utf-8"))
DIRECTIONS = {"positive": "increase", "negative": "decrease", "inc": "increase", "dec": "decrease", "parity": "between"}
STANDINGS = {
    "on_track": "on_track",
    "progress_needs_acceleration": "acceleration_needed",
    "limited_progress": "limited",
    "target_achieved": "target_achieved",
    None: "not_assessable",
}
CHART = {"Fair progress but acceleration needed": "fair", "Deterioration": "deterioration"}
EDGE = "threshold_exact_0.95_edge"


def printed(found, number):
    """Whether a number rounds to the one that is printed, to all its digits and to ten at least."""
    digits = max(len(Decimal(repr(number)).as_tuple().digits), 10)
    return f"{found:.{digits}g}" == f"{number:.{digits}g}"


def record(years, values, direction, target=None, target_year=2030, upper=None):
    due = None if target is None else target_year
    return Record(tuple(years), tuple(map(float, values)), direction, target, due, upper)


def of_ratio(ratio, direction="increase"):
    """A record whose observed growth is this multiple of the required, which is 3 % a year."""
    sign = 1 if direction == "increase" else -1
    return record((2015, 2016), (100, 100 * (1 + sign * 0.03 * ratio)), direction, 100 * (1 + sign * 0.03) ** 15)


def of_growth(rate, direction="increase"):
    return record((2015, 2016), (100, 100 * (1 + rate)), direction)


@pytest.mark.parametrize("case", ORACLES["open_sdg_2023"]["cases"], ids=lambda case: case["name"])
def test_the_program_of_2023(case):
    options = case["options"]
    one = record(
        case["years"],
        case["values"],
        DIRECTIONS[options["direction"]],
        options.get("target"),
        options.get("target_year", 2030),
    )
    found = open_sdg_2023(one)
    if case["name"] != EDGE:
        assert found.standing == STANDINGS[case["status"]]
    seen = {"cagr_observed": one.observed, "cagr_required": one.required, "ratio": found.value}
    assert all(printed(seen[key], case[key]) for key in seen if key in case)


def test_a_ratio_that_misses_a_border_by_rounding_alone_differs_from_the_program_of_2023():
    (case,) = [case for case in ORACLES["open_sdg_2023"]["cases"] if case["name"] == EDGE]
    options = case["options"]
    one = record(case["years"], case["values"], "increase", options["target"], options["target_year"])
    assert one.observed / one.required < 0.95
    assert STANDINGS[case["status"]] == "acceleration_needed"
    assert open_sdg_2023(one).standing == statcan_2025(one).standing == "on_track"


@pytest.mark.parametrize("case", ORACLES["statcan_2025"]["targeted"], ids=lambda case: str(case["R"]))
@pytest.mark.parametrize("direction", ["increase", "decrease"])
def test_scores_with_a_target(case, direction):
    assert printed(statcan_2025(of_ratio(case["R"], direction)).score, case["score"])


@pytest.mark.parametrize("case", ORACLES["statcan_2025"]["untargeted"], ids=lambda case: str(case["cagr"]))
def test_scores_without_a_target(case):
    assert printed(statcan_2025(of_growth(case["cagr"])).score, case["score"])
    assert printed(statcan_2025(of_growth(-case["cagr"], "decrease")).score, case["score"])


def test_the_aggregate_is_the_class_of_the_mean_score():
    case = ORACLES["statcan_2025"]["aggregate"]
    verdicts = [statcan_2025(of_ratio(ratio)) for ratio in case["R_values"]]
    assert all(printed(verdict.score, score) for verdict, score in zip(verdicts, case["scores"], strict=True))
    found = aggregate([*verdicts, statcan_2025(record((2020,), (5,), "increase", 8))])
    assert printed(found.score, case["mean"])
    assert (found.standing, found.counted, found.left_out) == ("limited", 3, 1)


@pytest.mark.parametrize("case", ORACLES["unsd_chart"]["cases"], ids=lambda case: case["class"])
def test_the_progress_chart(case):
    direction = "increase" if case["target"] > case["x0"] else "decrease"
    one = record((case["y0"], case["yt"]), (case["x0"], case["xt"]), direction, case["target"], case["target_year"])
    found = unsd_chart(one)
    assert found.standing == CHART[case["class"]]
    assert printed(found.value, case["CR"])
    assert printed(one.observed, case["cagr_a"])
    assert printed(one.required, case["cagr_r"])


@pytest.mark.parametrize("case", ORACLES["escap_current"]["cases"], ids=lambda case: str(case["CS"]))
def test_the_current_status_index(case):
    one = record((2015, 2022), (case["I0"], case["I"]), DIRECTIONS[case["direction"]], case["TV"])
    assert printed(current_status(one).value, case["CS"])
