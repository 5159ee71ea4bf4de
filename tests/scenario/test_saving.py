"""A saved scenario is read back equal; `replace` changes a copy."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.strategies import scenarios

from cqsim import Quantity, Scenario, ScenarioError, load

NANCHUAN = Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml"


@pytest.fixture(scope="module")
def nanchuan() -> Scenario:
    return load(NANCHUAN)


def saved_and_loaded(scenario: Scenario, folder: Path) -> Scenario:
    path = folder / "saved.yaml"
    scenario.save(path)
    return load(path)


def test_the_shipped_scenario_survives_saving(nanchuan: Scenario, tmp_path: Path) -> None:
    assert saved_and_loaded(nanchuan, tmp_path) == nanchuan


def test_saving_twice_writes_the_same_text(nanchuan: Scenario, tmp_path: Path) -> None:
    assert saved_and_loaded(nanchuan, tmp_path).to_yaml() == nanchuan.to_yaml()


@settings(max_examples=60, derandomize=True, deadline=None)
@given(scenario=scenarios())
def test_any_scenario_survives_saving(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert saved_and_loaded(scenario, tmp_path_factory.getbasetemp()) == scenario


@settings(max_examples=30, derandomize=True, deadline=None)
@given(scenario=scenarios())
def test_any_scenario_survives_pickling_copying_and_an_empty_replacement(scenario: Scenario) -> None:
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert copy.deepcopy(scenario) == scenario
    assert scenario.replace({}) == scenario
    assert hash(scenario.replace({})) == hash(scenario)


TEXTS = ["1e4", "1E4", "yes", "no", "on", "0o17", "0x1F", "2022-01-01", "null", "~", "", "true", "12:30", "1_000"]
TEXTS += [".5", "-", "- a", "a: b", "# no remark", "*a", "&a", "!a", "%", "@", "`", "{a}", "[a]", "|", ">", "? a"]
TEXTS += ["<<", "=", ".inf", "'", '"', "it's", 'a "b"', "“引号”", " a", "a ", "a\nb", "a\n", "\n", "\t", "a\tb", "\\"]
TEXTS += ["\\n", "：", "年，月", "+1", "1.", "长" * 300, "a " * 200, "\u2028", "\ufeff", "😀"]
TEXTS += ["---", "...", "--- a", "%YAML 1.1"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_a_text(nanchuan: Scenario, tmp_path: Path, text: str) -> None:
    changes = {"title": text, "indicators.visitors.label": {"zh": text, "en": text}, "indicators.visitors.note": text}
    scenario = nanchuan.replace(changes)
    assert scenario.title == text
    assert saved_and_loaded(scenario, tmp_path) == scenario


@pytest.mark.parametrize("key", ["1e4", "yes", "null", "2022-01-01", "0o17", "~", "a: b", "页", "true", "1"])
def test_a_key_stays_a_text(nanchuan: Scenario, tmp_path: Path, key: str) -> None:
    scenario = nanchuan.replace({"sources": {**dict(nanchuan.sources), key: {"title": "x"}}})
    assert saved_and_loaded(scenario, tmp_path).sources[key].title == "x"


@pytest.mark.parametrize(
    "written", [3103, 3103.5, 1e22, "3e3", "3103 万人次", "0.3 亿人次", " 3103 ", "+3103", ".5", "5."]
)
def test_a_figure_is_written_back_as_it_was_given(nanchuan: Scenario, tmp_path: Path, written: str | float) -> None:
    scenario = nanchuan.replace({"indicators.visitors.baseline.value": written})
    again = saved_and_loaded(scenario, tmp_path)
    value = again.indicators["visitors"].baseline.value
    assert value == scenario.indicators["visitors"].baseline.value
    assert Quantity.parse(value.written) == Quantity.parse(written)
    assert again == scenario


def test_an_unwritable_place_leaves_the_old_file(
    nanchuan: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("old", encoding="utf-8")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="Permission denied"):
        nanchuan.save(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_folder_in_the_place_of_the_file_stays(nanchuan: Scenario, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").mkdir()
    with pytest.raises(OSError, match=r"plan\.yaml"):
        nanchuan.save(tmp_path / "plan.yaml")
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_missing_folder_is_not_made(nanchuan: Scenario, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        nanchuan.save(tmp_path / "none" / "plan.yaml")
    assert not list(tmp_path.iterdir())


def test_saving_replaces_the_old_file(nanchuan: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("old " * 100_000, encoding="utf-8")
    nanchuan.save(path)
    assert load(path) == nanchuan


def test_a_value_can_be_replaced(nanchuan: Scenario) -> None:
    before = nanchuan.to_yaml()
    changed = nanchuan.replace({"indicators.visitors.growth.rate": "12%", "run.seed": 1})
    assert changed.indicators["visitors"].growth.rate == Quantity(12.0, "%")
    assert changed.run.seed == 1
    assert nanchuan.to_yaml() == before


def test_a_block_is_replaced_as_a_whole(nanchuan: Scenario) -> None:
    growth = {"model": "fixed", "evidence": "official"}
    plain = nanchuan.replace({"levers": {}, "correlation": [], "cases": {}})  # what rests on noise or a rate of spend
    changed = plain.replace({"indicators.spend.growth": growth})
    assert changed.indicators["spend"].growth.model_dump(exclude_unset=True) == growth
    assert changed.indicators["visitors"] == nanchuan.indicators["visitors"]


def test_a_block_may_be_given_as_a_noun(nanchuan: Scenario) -> None:
    growth = nanchuan.indicators["tcm"].growth
    assert nanchuan.replace({"indicators.spend.growth": growth}).indicators["spend"].growth == growth


@pytest.mark.parametrize("path", ["indicators.visitors.targets[0].year", "indicators.visitors.targets.0.year"])
def test_an_item_of_a_list_can_be_replaced(nanchuan: Scenario, path: str) -> None:
    changed = nanchuan.replace({path: 2025})
    assert changed.indicators["visitors"].targets[0].year == 2025
    assert nanchuan.indicators["visitors"].targets[0].year == 2026


def test_a_key_that_was_not_written_can_be_set(nanchuan: Scenario) -> None:
    changed = nanchuan.replace({"indicators.tcm.growth.persistence": 0.2})
    assert changed.indicators["tcm"].growth.persistence.number == 0.2


@pytest.mark.parametrize(
    ("path", "key", "near"),
    [
        ("indicators.vistors.growth.rate", "unknown_step", "visitors"),
        ("indicators.visitors.grwth.rate", "unknown_step", "growth"),
        ("indicators.visitors.targets[3].year", "no_item", None),
        ("indicators.visitors.targets[3]", "no_item", None),
        ("years.end.month", "path_ends", None),
        ("", "bad_path", None),
        ("indicators[", "bad_path", None),
    ],
)
def test_a_path_that_does_not_exist_is_refused(nanchuan: Scenario, path: str, key: str, near: str | None) -> None:
    before = nanchuan.to_yaml()
    with pytest.raises(ScenarioError) as caught:
        nanchuan.replace({path: 1})
    (problem,) = caught.value.problems
    assert problem.fault.key == key
    assert problem.fault.values.get("near") == near
    assert nanchuan.to_yaml() == before


def test_a_wrong_last_step_is_answered_with_the_nearest_key(nanchuan: Scenario) -> None:
    with pytest.raises(ScenarioError, match=r"不认识的键 'volatilty'.*volatility"):
        nanchuan.replace({"indicators.visitors.growth.volatilty": "9%"})


def test_all_wrong_paths_are_told_at_once(nanchuan: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        nanchuan.replace({"indicators.a.unit": "x", "indicators.b.unit": "x"})
    assert len(caught.value.problems) == 2


def test_a_replacement_that_does_not_fit_is_refused(nanchuan: Scenario) -> None:
    with pytest.raises(ScenarioError) as caught:
        nanchuan.replace({"years.end": 2025})
    assert {problem.fault.key for problem in caught.value.problems} == {"target_late"}
    due = [target.due for indicator in nanchuan.indicators.values() for target in indicator.targets]
    assert len(caught.value.problems) == due.count(2026) == 9


def alone(values):
    """A scenario whose only indicator has a history and nothing else to start or grow from."""
    past = {"values": values, "evidence": "official"}
    visitors = {"history": past, "targets": [{"at_least": 130, "year": 2023}]}
    return Scenario(years={"baseline": 2021, "end": 2023}, indicators={"visitors": visitors})


PAST = {"2018": 100, "2019": 104, "2020": 103, "2021": 110}


def test_what_stands_for_the_history_is_not_written_and_is_read_back_equal(tmp_path):
    scenario = alone(PAST)
    text = scenario.to_yaml()
    assert "baseline:\n" not in text
    assert "growth" not in text
    scenario.save(tmp_path / "copy.yaml")
    loaded = load(tmp_path / "copy.yaml")
    assert loaded.indicators == scenario.indicators
    assert loaded.indicators["visitors"].filled_in == {"baseline", "growth"}


def test_a_history_that_is_replaced_takes_what_stands_for_it_along():
    changed = alone(PAST).replace({"indicators.visitors.history.values": {**PAST, "2021": 120}})
    assert changed.indicators["visitors"].baseline.value.number == 120
    assert changed == alone({**PAST, "2021": 120})


def test_a_value_set_in_what_stands_for_the_history_is_written_from_then_on():
    changed = alone(PAST).replace({"indicators.visitors.baseline.value": 90})
    assert changed.indicators["visitors"].baseline.value.number == 90
    assert changed.indicators["visitors"].filled_in == {"growth"}
    again = changed.replace({"indicators.visitors.history.values": {**PAST, "2021": 120}})
    assert again.indicators["visitors"].baseline.value.number == 90


def test_written_or_filled_in_what_says_the_same_is_equal():
    filled = alone(PAST).indicators["visitors"]
    written = type(filled).model_validate(filled.model_dump(exclude_unset=True))
    assert written == filled
    assert hash(written) == hash(filled)
    assert (written.filled_in, filled.filled_in) == (frozenset(), {"baseline", "growth"})
