"""What `load` makes of a file: a scenario, or every problem with its place."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from cqsim import ScenarioError, load

NANCHUAN = Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml"
SOUND = """\
years: {baseline: 2021, end: 2026}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 3103, evidence: reported}
    growth: {model: compound, rate: 7%, volatility: 9%, evidence: assumed}
    targets:
      - {at_least: 5000, year: 2026}
  spend:
    unit: 元/人次
    baseline: {value: 548, evidence: derived}
    growth: {model: compound, rate: 4%, volatility: 5%, evidence: assumed}
"""

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a scenario file and give its path."""

    def write(text: str) -> Path:
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems_of(path: Path) -> list[tuple[str, str]]:
    """Message key and `line:column` of every problem."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return [(one.fault.key, f"{one.mark.line}:{one.mark.column}" if one.mark else "") for one in caught.value.problems]


def changed(*pairs: tuple[str, str]) -> str:
    """The sound text with some parts replaced."""
    text = SOUND
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_the_shipped_scenario_is_sound() -> None:
    scenario = load(NANCHUAN)
    assert scenario.id == "nanchuan"
    assert list(scenario.indicators)[:6] == ["visitors", "spend", "revenue", "tcm", "wellness", "agriculture"]
    assert list(scenario.indicators)[6:] == ["smart_upgrades", "heritage", "scenic_5a", "scenic_4a", "complexes"]
    assert sum(len(indicator.targets) for indicator in scenario.indicators.values()) == 10


def test_all_problems_are_told_at_once_in_the_order_of_the_file(write: Write) -> None:
    text = changed(("value: 548", "value: -548"), ("year: 2026}", "year: 2031}"), ("rate: 7%", "rate: 7"))
    assert problems_of(write(text)) == [
        ("not_percentage", "6:37"),
        ("target_late", "8:32"),
        ("not_positive", "11:23"),
    ]


def test_two_problems_of_one_block_are_both_told(write: Write) -> None:
    text = changed(("rate: 7%, volatility: 9%", "rate: 7, volatility: nine"))
    assert [key for key, _ in problems_of(write(text))] == ["not_percentage", "not_quantity"]


def test_an_unknown_key_hides_no_other_problem_of_its_block(write: Write) -> None:
    text = changed(("rate: 7%, volatility: 9%", "rate: 7, volatilty: 9%, volatility: 9%"))
    assert [key for key, _ in problems_of(write(text))] == ["not_percentage", "unknown_key"]


def test_a_duplicate_key_hides_no_other_problem(write: Write) -> None:
    text = changed(("    unit: 万人次\n", "    unit: 万人次\n    unit: 亿元\n"), ("rate: 7%", "rate: 7"))
    assert problems_of(write(text)) == [("duplicate_key", "5:5"), ("not_percentage", "7:37")]


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("rate: 7%, volatility: 9%", "rate: 7, volatility: 9%"),
        ("value: 3103, evidence: reported", "value: 3103"),
        ("unit: 万人次", "unit: [万人次]"),
    ],
)
def test_sound_blocks_are_still_checked_against_each_other_when_another_is_bad(
    write: Write, broken: str, mended: str
) -> None:
    link = "correlation:\n  - {between: [visitors, spned], value: 0.5, evidence: assumed}\n"
    found = problems_of(write(changed((broken, mended)) + link))
    assert ("unknown_indicator", "14:26") in found
    assert len(found) > 1


def test_a_bad_target_keeps_the_numbers_of_those_after_it(write: Write) -> None:
    more = (
        "      - {at_least: 1 千, year: 2026}\n      - {at_least: 1, year: 2026}\n      - {at_least: 1, year: 2031}\n"
    )
    path = write(changed(("      - {at_least: 5000, year: 2026}\n", more)))
    with pytest.raises(ScenarioError) as caught:
        load(path)
    paths = [problem.path[2:] for problem in caught.value.problems]
    assert paths == [("targets", 0, "at_least"), ("targets", 2, "year")]


def test_a_stand_in_for_a_bad_block_is_never_blamed(write: Write) -> None:
    text = changed(
        ("value: 3103", "value: many"), ("model: compound, rate: 7%", "model: logistic, capacity: 1, rate: 7%")
    )
    assert [key for key, _ in problems_of(write(text))] == ["not_quantity"]


def test_a_byte_order_mark_is_passed_over(write: Write) -> None:
    assert load(write("\ufeff" + SOUND)) == load(write(SOUND))


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_endings_of_other_systems_change_nothing(tmp_path: Path, write: Write, ending: str) -> None:
    path = tmp_path / "endings.yaml"
    path.write_bytes(SOUND.replace("\n", ending).replace("years", f"id: plan{ending}years").encode())
    assert load(path) == load(write(SOUND))


def test_a_problem_after_a_byte_order_mark_stands_in_its_column(write: Write) -> None:
    assert problems_of(write("\ufefftitel: x\n" + SOUND)) == [("unknown_key", "1:1")]


def test_columns_count_characters_and_not_bytes(write: Write) -> None:
    assert problems_of(write("title: {zh: 年接待游客量, en: x, fr: y}\n" + SOUND)) == [("unknown_key", "1:28")]


def test_the_id_is_the_name_of_the_file(write: Write) -> None:
    assert load(write(SOUND)).id == "plan"
    assert load(write("id: other\n" + SOUND)).id == "other"


def test_the_checksum_is_that_of_the_bytes_of_the_file(write: Write) -> None:
    path = write("# a remark\n" + SOUND)
    assert load(path).sha256 == sha256(path.read_bytes()).hexdigest()


def test_a_changed_scenario_has_a_checksum_of_its_own(write: Write) -> None:
    scenario = load(write(SOUND))
    other = scenario.replace({"years.end": 2027})
    assert other.sha256 == sha256(other.to_yaml().encode()).hexdigest() != scenario.sha256


def test_the_error_names_the_file_as_it_was_given(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("titel: x\n" + SOUND)
    monkeypatch.chdir(path.parent)
    with pytest.raises(ScenarioError) as caught:
        load("plan.yaml")
    assert caught.value.file == "plan.yaml"
    assert str(caught.value).startswith("plan.yaml:1:1  titel: unknown key 'titel'")


def test_the_error_speaks_the_language_of_the_file(write: Write) -> None:
    with pytest.raises(ScenarioError, match="不认识的键 'titel'"):
        load(write("language: zh\ntitel: x\n" + SOUND))


def test_a_number_keeps_how_it_was_written(write: Write) -> None:
    value = load(write(changed(("3103", "3.103e3")))).indicators["visitors"].baseline.value
    assert (value.number, value.written) == (3103.0, "3.103e3")
