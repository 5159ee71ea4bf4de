"""Every bad file is answered with exactly the text beside it; `rewrite.py` writes these texts down anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.bad_scenarios.rewrite import FOLDER, NAMES, answer

from cqsim import ScenarioError, load

SOUND = (FOLDER.parents[1] / "scenarios" / "nanchuan.yaml").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_file_is_answered_with_the_text_beside_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    assert answer(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_every_file_has_its_text_and_there_are_many() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)
    assert len(NAMES) >= 150


def test_no_recorded_answer_says_that_the_file_is_sound() -> None:
    assert not [name for name in NAMES if not (FOLDER / f"{name}.txt").read_text("utf-8").startswith(f"{name}.yaml")]


def test_a_dozen_files_are_answered_in_chinese() -> None:
    chinese = [name for name in NAMES if "language: zh" in (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")]
    assert len(chinese) >= 12


@pytest.mark.parametrize("name", ["eight_at_once", "eight_at_once_zh"])
def test_many_problems_are_told_in_the_order_of_the_file(name: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(FOLDER / f"{name}.yaml")
    places = [(problem.mark.line, problem.mark.column) for problem in caught.value.problems if problem.mark]
    assert len(places) >= 8
    assert places == sorted(places)
    assert len(places) == len(caught.value.problems)


def told(path: Path) -> str:
    """What the user sees for a file, without the folder."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    return str(caught.value).removeprefix(f"{path.parent}{os.sep}")


def written(folder: Path, content: bytes) -> Path:
    path = folder / "odd.yaml"
    path.write_bytes(content)
    return path


def test_a_file_of_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, b"# " + b"x" * 9_999_998)
    assert told(path) == "odd.yaml  the file has 10.0 MB; a scenario may have at most 1 MB"


def test_latin_1_bytes_are_placed_and_named(tmp_path: Path) -> None:
    path = written(tmp_path, SOUND + "# é\n".encode("latin-1"))
    line = SOUND.count(b"\n") + 1
    assert told(path).startswith(f"odd.yaml:{line}:3  byte E9 is not UTF-8")


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n", b"# only a remark\n"])
def test_an_empty_file_is_no_scenario(tmp_path: Path, content: bytes) -> None:
    assert told(written(tmp_path, content)).startswith("odd.yaml")


@pytest.mark.parametrize("content", [b"\0", b"title: \0\n", SOUND + b"\0"])
def test_nul_characters_are_refused(tmp_path: Path, content: bytes) -> None:
    assert "U+0000" in told(written(tmp_path, content))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="the file cannot be read"):
        load(tmp_path)


def test_a_missing_file_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "nanchuan.yaml").write_bytes(SOUND)
    assert told(tmp_path / "nanchaun.yaml") == "nanchaun.yaml  there is no such file (did you mean 'nanchuan.yaml'?)"


def test_a_file_in_a_missing_folder_is_a_missing_file(tmp_path: Path) -> None:
    assert told(tmp_path / "none" / "x.yaml") == "x.yaml  there is no such file"
