"""The official class beside a probability."""

import io
import json

import pandas as pd
import pytest

import cqsim
from cqsim.report.formats.console import print_result
from cqsim.yardsticks.assessment import assess
from cqsim.yardsticks.record import Record

GROWTH = {"model": "compound", "rate": "6%", "volatility": "9%", "evidence": "assumed"}
PAST = {"values": {"2016": 2000, "2018": 2500, "2019": 2600}, "evidence": "reported"}


def scenario(**visitors):
    written = {
        "unit": "万人次",
        "baseline": {"value": 2800, "evidence": "reported"},
        "growth": GROWTH,
        "targets": [{"at_least": "0.5 亿人次", "year": 2026}],
    }
    return cqsim.Scenario(
        id="past", years={"baseline": 2021, "end": 2026}, indicators={"visitors": {**written, **visitors}}
    )


def run(ready):
    return cqsim.run(ready, paths=1000, seed=1, language="en", progress=False)


def printed(result):
    text = io.StringIO()
    print_result(result, text)
    return text.getvalue()


def expected(years, values, direction="increase", target=5000.0, due=2026, upper=None):
    return assess(Record(tuple(years), tuple(values), direction, target, due, upper))


def test_history_and_baseline_are_the_record_and_the_target_is_in_the_indicators_unit():
    (answer,) = run(scenario(history=PAST)).answers
    assert answer.yardsticks == expected((2016, 2018, 2019, 2021), (2000, 2500, 2600, 2800))
    assert answer.yardsticks.official.standing == "acceleration_needed"


def test_a_history_that_reaches_the_baseline_year_stands_for_it_and_later_years_do_not_count():
    past = {"values": {"2016": 2000, "2021": 2790, "2022": 9000}, "evidence": "reported"}
    (answer,) = run(scenario(history=past)).answers
    assert answer.yardsticks == expected((2016, 2021), (2000, 2790))


@pytest.mark.parametrize("history", [None, {"values": {"2021": 2800}, "evidence": "reported"}])
def test_fewer_than_two_points_give_no_class_and_no_table(history):
    result = run(scenario(**({"history": history} if history else {})))
    assert result.answers[0].yardsticks is None
    assert "yardsticks" not in result.to_dict()["targets"][0]
    assert result.targets.official_class.isna().all()
    assert "official" not in printed(result).lower()


def test_a_formula_has_a_class_only_with_a_history_of_its_own():
    double = {"unit": "万人次", "formula": "2 * visitors", "targets": [{"at_least": 9000, "year": 2026}]}
    base = scenario(history=PAST)
    both = base.model_dump(exclude_unset=True) | {"id": "past"}
    both["indicators"] = {**both["indicators"], "double": double}
    assert [one.yardsticks is None for one in run(cqsim.Scenario(**both)).answers] == [False, True]
    both["indicators"]["double"] = {**double, "history": {"values": {"2016": 4000}, "evidence": "reported"}}
    assert run(cqsim.Scenario(**both)).answers[1].yardsticks == expected((2016, 2021), (4000, 5600), target=9000.0)


def test_other_senses_have_their_own_direction():
    targets = [
        {"at_most": 2000, "reached_by": 2026},
        {"between": [3000, 4000], "year": 2025},
        {"at_least": {"times_baseline": 2}, "year": 2026},
    ]
    found = [one.yardsticks for one in run(scenario(history=PAST, targets=targets)).answers]
    past = ((2016, 2018, 2019, 2021), (2000, 2500, 2600, 2800))
    assert found == [
        expected(*past, "decrease", 2000.0),
        expected(*past, "between", 3000.0, 2025, 4000.0),
        expected(*past, target=5600.0),
    ]


def test_the_class_stands_in_json_csv_and_frame(tmp_path):
    result = run(scenario(history=PAST))
    result.save(tmp_path)
    (written,) = json.loads((tmp_path / "result.json").read_text("utf-8"))["targets"]
    assert written["yardsticks"] == json.loads(json.dumps(result.answers[0].yardsticks.to_dict()))
    assert written["yardsticks"]["rules"]["statcan_2025"]["class"] == "acceleration_needed"
    summary = pd.read_csv(tmp_path / "summary.csv", encoding="utf-8-sig")
    assert list(summary.official_class) == list(result.targets.official_class) == ["acceleration_needed"]


def test_the_terminal_shows_growth_ratio_and_class():
    text = printed(run(scenario(history=PAST)))
    title = text.index("Official class by past growth (Statistics Canada / Open SDG 2025)")
    row = text[title : text.index("Year in which")]
    assert "7.0%/yr" in row
    assert "(2016-2021)" in row
    assert "9.6%/yr" in row
    assert "(2016-2026)" in row
    assert "73%" in row
    assert "acceleration needed" in row


def test_the_class_takes_no_part_in_the_probability():
    with_past, without = run(scenario(history=PAST)), run(scenario())
    assert with_past.answers[0].probability == without.answers[0].probability
