"""Answers are data: complete when `run` returns, small, and the same after they were saved and loaded."""

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import cqsim
from cqsim.errors import Fault
from cqsim.simulation.block import Workspace

FILES = ["nanchuan", "chongqing_2025", "science_city", "yongchuan", "fengjie", "tongliang"]


@pytest.fixture(scope="module", params=FILES)
def result(request):
    return cqsim.run(f"scenarios/{request.param}.yaml", paths=2000, seed=4, progress=False)


@pytest.fixture
def no_drawing(monkeypatch):
    """From here on nothing may be drawn."""

    def refuse(*_):
        raise AssertionError("something was drawn")

    monkeypatch.setattr(Workspace, "draw", refuse)


def test_a_saved_result_is_the_result(result):
    again = cqsim.Result.from_json(result.to_json())
    assert again.to_json() == result.to_json()
    assert again.answers == result.answers
    assert again.scenario == result.scenario
    assert again.scenario.sha256 == result.scenario.sha256
    assert (again.joint_answer, again.calendar, again.fits) == (result.joint_answer, result.calendar, result.fits)


def test_a_loaded_result_makes_every_table_and_report_without_drawing(result, no_drawing, tmp_path):
    again = cqsim.Result.from_json(result.to_json())
    for ending in ("html", "md"):
        again.report(tmp_path / f"again.{ending}")
        result.report(tmp_path / f"first.{ending}")
    assert (tmp_path / "again.html").read_text() == (tmp_path / "first.html").read_text()
    assert again.targets.equals(result.targets)
    assert again.tidy.equals(result.tidy)
    assert again._repr_html_() == result._repr_html_()
    assert again.files({}) == result.files({})


def test_a_result_pickles_small(result):
    assert len(pickle.dumps(result)) < 100_000
    again = pickle.loads(pickle.dumps(result))
    assert again.to_json() == result.to_json()


def test_a_case_and_its_scenario_come_back(tmp_path):
    result = cqsim.run("scenarios/nanchuan.yaml", case="cautious", paths=500, progress=False)
    again = cqsim.Result.from_json(result.to_json())
    assert again.case == "cautious"
    assert again.scenario == result.scenario


def test_a_document_of_an_earlier_version_is_refused():
    document = json.loads(cqsim.run("scenarios/tongliang.yaml", paths=100, progress=False).to_json())
    document.pop("scenario_data")
    with pytest.raises(Fault, match="not a result that can be read back"):
        cqsim.Result.from_json(json.dumps(document))


def test_everything_is_drawn_by_the_executor_that_was_asked_for():
    tasks = []

    class Recording(ThreadPoolExecutor):
        def map(self, function, items):
            tasks.append(function)
            return super().map(function, items)

    with Recording(1) as executor:
        result = cqsim.run("scenarios/nanchuan.yaml", paths=2000, executor=executor, progress=False)
    assert len(tasks) >= 2  # paths, and the states of the range
    assert result == cqsim.run("scenarios/nanchuan.yaml", paths=2000, threads=1, progress=False)


def test_the_range_can_be_left_out():
    result = cqsim.run("scenarios/nanchuan.yaml", paths=500, range=False, progress=False)
    assert {answer.range for answer in result.answers} == {None}
    assert result.joint_answer.range is None
    assert "range" not in result.to_dict()["targets"][0]
    assert result.targets["range_low"].isna().all()
    assert cqsim.Result.from_json(result.to_json()).answers == result.answers


def test_an_option_that_does_not_exist_is_named():
    with pytest.raises(TypeError, match="pahts"):
        cqsim.run("scenarios/nanchuan.yaml", pahts=100)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"paths": 0}, "paths must be a whole number of at least 1"),
        ({"paths": True}, "paths must be a whole number"),
        ({"seed": -1}, "seed must be a whole number of at least 0"),
        ({"threads": 1.5}, "threads must be a whole number"),
        ({"language": "fr"}, "language must be"),
        ({"paths": 10, "accuracy": "1pp"}, "only one of"),
    ],
)
def test_an_option_out_of_bounds_is_refused_before_anything_is_drawn(options, said, no_drawing):
    with pytest.raises(Fault, match=said):
        cqsim.run("scenarios/tongliang.yaml", progress=False, **options)


@pytest.mark.parametrize("text", ["", "null", "{}", '{"format": 1}'])
def test_what_is_no_result_is_refused(text):
    with pytest.raises(Fault, match="not a result that can be read back"):
        cqsim.Result.from_json(text)


def test_a_sum_whose_first_target_has_no_parts_is_reported(tmp_path):
    x = {"baseline": {"value": 10, "evidence": "assumed"}, "growth": {"model": "fixed", "evidence": "assumed"}}
    targets = [{"between": [15, 25], "year": 2024}, {"at_least": 19, "year": 2025}]
    total = {"formula": "a + b", "targets": targets}
    scenario = cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators={"a": x, "b": x, "total": total})
    cqsim.run(scenario, paths=100, progress=False).report(tmp_path / "sum.html")
    assert "sum" in {file.stem for file in tmp_path.iterdir()}


def test_what_has_no_value_comes_back_without_one():
    x = {"baseline": {"value": 10, "evidence": "assumed"}, "growth": {"model": "fixed", "evidence": "assumed"}}
    nothing = {"formula": "a / (a - a)", "targets": [{"at_least": 1, "year": 2025}]}
    scenario = cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators={"a": x, "nothing": nothing})
    result = cqsim.run(scenario, paths=100, progress=False)
    again = cqsim.Result.from_json(result.to_json())
    assert again.answers[0].required == result.answers[0].required
    assert again.to_json() == result.to_json()
