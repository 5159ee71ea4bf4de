"""Cases side by side: differences from paired paths."""

import json
from math import log, sqrt
from pathlib import Path

import pytest
from scipy.special import ndtr

import cqsim
from cqsim import ScenarioError

NANCHUAN = Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml"
PATHS = 20_000
Z = 1.959963984540054


def growth(rate="5%", volatility="8%"):
    return {"model": "compound", "rate": rate, "volatility": volatility, "evidence": "assumed"}


def data(**cases):
    def indicator(level):
        baseline = {"value": 100, "evidence": "official"}
        return {"baseline": baseline, "growth": growth(), "targets": [{"at_least": level, "year": 2025}]}

    return {
        "years": {"baseline": 2020, "end": 2025},
        "indicators": {"x": indicator(130), "y": indicator(120)},
        "cases": {name: {"set": values} for name, values in cases.items()},
    }


CASES = {
    "good": {"indicators.x.growth.rate": "7%"},
    "bad": {"indicators.x.growth.rate": "1%", "indicators.y.growth.rate": "2%"},
    "same": {},
}


@pytest.fixture(scope="module")
def comparison():
    return cqsim.compare(cqsim.Scenario(**data(**CASES)), paths=PATHS, seed=3, progress=False)


def differences(comparison, case):
    return [one for one in comparison.differences if one.case == case]


def test_the_base_and_every_case_have_a_result_of_their_own(comparison):
    assert list(comparison.results) == ["base", "good", "bad", "same"]
    scenario = cqsim.Scenario(**data(**CASES))
    for name, result in comparison.results.items():
        case = None if name == "base" else name
        alone = cqsim.run(scenario, case=case, paths=PATHS, seed=3, progress=False)
        assert result.to_json() == alone.to_json()


def test_a_difference_is_that_of_the_two_probabilities(comparison):
    base = comparison.results["base"]
    for name in CASES:
        result, found = comparison.results[name], differences(comparison, name)
        assert [(one.indicator, one.probability) for one in found] == [
            *((answer.indicator, answer.probability) for answer in result.answers),
            (None, result.joint_answer.all),
        ]
        before = [*(answer.probability for answer in base.answers), base.joint_answer.all]
        for one, old in zip(found, before, strict=True):
            assert one.difference == pytest.approx(one.probability - old, abs=1e-12)
            assert one.low <= one.difference <= one.high


def test_paired_paths_know_the_difference_better_than_independent_ones(comparison):
    touched = [one for name in ("good", "bad") for one in differences(comparison, name) if one.difference]
    assert len(touched) == 5
    for one in touched:
        before = one.probability - one.difference
        apart = Z * sqrt((before * (1 - before) + one.probability * (1 - one.probability)) / PATHS)
        assert 0 < one.high - one.low < 2 * 0.9 * apart


def test_a_target_that_a_case_does_not_touch_differs_by_exactly_nothing(comparison):
    untouched = [differences(comparison, "good")[1], *differences(comparison, "same")]
    assert {(one.difference, one.low, one.high) for one in untouched} == {(0.0, 0.0, 0.0)}


def test_the_interval_of_a_difference_covers_the_exact_one_as_often_as_it_says():
    # A binomial count of 60 that is 19 in 20 each time: 44 or fewer by chance less than once in a million.
    scenario = cqsim.Scenario(**data(good=CASES["good"]))

    def chance(rate, level):
        return ndtr((5 * rate - level) / (0.08 * sqrt(5)))

    exact = chance(log(1.07), log(1.3)) - chance(log(1.05), log(1.3))
    covered = 0
    for seed in range(60):
        one = cqsim.compare(scenario, paths=3000, seed=seed, threads=1, progress=False).differences[0]
        covered += one.low <= exact <= one.high
    assert covered >= 45


def test_the_frame_has_one_row_a_case_and_target(comparison):
    frame = comparison.frame
    assert list(frame.columns) == ["case", "indicator", "label", "probability", "difference", "low", "high"]
    assert frame["case"].tolist() == [name for name in CASES for _ in range(3)]
    assert frame["indicator"].isna().sum() == 3


def test_the_document_is_that_of_the_base_with_those_of_the_cases_in_it(comparison):
    document = json.loads(comparison.to_json())
    base = comparison.results["base"].to_dict()
    assert {key: document[key] for key in base} == json.loads(comparison.results["base"].to_json())
    assert list(document["cases"]) == list(CASES)
    for name, case in document["cases"].items():
        assert case["case"] == name
        assert len(case["targets"]) == 2
        assert [one["indicator"] for one in case["differences"]] == ["x", "y", None]
        assert set(case["differences"][0]) == {
            "case", "indicator", "label", "probability", "difference", "low", "high"
        }  # fmt: skip
        assert case["scenario_sha256"] != document["scenario_sha256"]


def test_only_the_named_cases_are_run_in_that_order(comparison):
    found = cqsim.compare(cqsim.Scenario(**data(**CASES)), ["bad", "good"], paths=PATHS, seed=3, progress=False)
    assert list(found.results) == ["base", "bad", "good"]
    assert differences(found, "bad") == differences(comparison, "bad")
    assert differences(found, "good") == differences(comparison, "good")


def test_threads_and_other_cases_change_nothing(comparison):
    scenario = cqsim.Scenario(**data(**CASES))
    for threads in (1, 3):
        found = cqsim.compare(scenario, ["good"], paths=PATHS, seed=3, threads=threads, progress=False)
        assert differences(found, "good") == differences(comparison, "good")


def test_an_accuracy_holds_for_every_case():
    found = cqsim.compare(cqsim.Scenario(**data(**CASES)), accuracy="0.5pp", seed=3, progress=False)
    assert len({result.paths for result in found.results.values()}) == 1
    for result in found.results.values():
        for answer in result.answers:
            assert answer.interval[1] - answer.interval[0] <= 2 * 0.005 + 1e-12


def test_a_case_that_changes_events_and_levers_is_compared_on_common_numbers():
    values = data(wet={"events.flood.probability": "40%"}, closed={"levers.fair.probability": "0%"})
    values["events"] = {"flood": {"probability": "10%", "effects": {"x": {"level": "-20%"}}, "evidence": "assumed"}}
    values["levers"] = {"fair": {"effects": {"y": {"growth": "+1pp"}}, "evidence": "assumed"}}
    found = cqsim.compare(cqsim.Scenario(**values), paths=PATHS, seed=3, progress=False)
    (x, y, together), (x_closed, y_closed, _) = differences(found, "wet"), differences(found, "closed")
    assert x.high < 0
    assert (y.difference, x_closed.difference) == (0.0, 0.0)
    assert together.high < 0
    assert y_closed.high < 0


def test_a_case_without_the_same_targets_or_that_is_not_there_is_refused():
    extra = {"indicators.x.targets": [{"at_least": 130, "year": 2025}, {"at_least": 140, "year": 2025}]}
    with pytest.raises(ScenarioError, match="targets"):
        cqsim.compare(cqsim.Scenario(**data(more=extra)), paths=100, progress=False)
    with pytest.raises(ScenarioError, match="there is no case 'gud'"):
        cqsim.compare(cqsim.Scenario(**data(**CASES)), ["gud"], paths=100, progress=False)


def test_a_case_may_move_the_level_and_the_year_of_a_target():
    values = {"indicators.x.targets[0].at_least": 125, "indicators.y.targets[0].year": 2024}
    found = cqsim.compare(cqsim.Scenario(**data(easier=values)), paths=PATHS, seed=3, progress=False)
    x, y, _ = differences(found, "easier")
    assert x.low > 0
    assert y.high < 0


def test_a_scenario_without_cases_is_compared_with_nothing():
    found = cqsim.compare(NANCHUAN, [], paths=1000, progress=False)
    assert list(found.results) == ["base"]
    assert found.differences == ()
    assert found.frame.empty
    assert json.loads(found.to_json())["cases"] == {}
