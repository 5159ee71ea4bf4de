import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cqsim.cli import main

SCENARIO = Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml"


def invoke(*files):
    return CliRunner().invoke(main, ["check", *map(str, files)])


@pytest.fixture
def bad(tmp_path):
    """A scenario with one wrong key."""
    file = tmp_path / "bad.yaml"
    file.write_text(SCENARIO.read_text(encoding="utf-8").replace("persistence:", "persistense:"), encoding="utf-8")
    return file


def test_a_sound_file_is_exit_code_0():
    found = invoke(SCENARIO)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout == f"{SCENARIO}: 没有问题\n"


def test_a_bad_file_is_exit_code_2_with_file_line_column_and_the_nearest_name(bad):
    found = invoke(bad)
    line, text = next(
        (number, text)
        for number, text in enumerate(bad.read_text(encoding="utf-8").splitlines(), start=1)
        if "persistense" in text
    )
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(f"{bad}:{line}:{text.index('persistense') + 1}  indicators.visitors.growth")
    assert "'persistence'" in found.stderr


def test_one_bad_file_among_several_fails_and_the_others_are_still_read(bad, tmp_path):
    found = invoke(bad, SCENARIO, tmp_path / "missing.yaml", SCENARIO)
    assert found.exit_code == 2
    assert found.stdout == f"{SCENARIO}: 没有问题\n" * 2
    assert [line.split("  ")[0].split(".yaml")[0] for line in found.stderr.splitlines()] == [
        str(bad.with_suffix("")),
        str(tmp_path / "missing"),
    ]


def test_every_problem_of_a_file_is_listed(bad):
    text = bad.read_text(encoding="utf-8").replace(
        " year: 2026, evidence: reported, source: seed}", " year: 2030, evidence: reported, source: seed}"
    )
    bad.write_text(text, encoding="utf-8")
    lines = invoke(bad).stderr.splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{bad}:") for line in lines)


def test_problems_are_told_in_the_language_of_the_file(bad):
    assert "不认识的键" in invoke(bad).stderr
    bad.write_text(bad.read_text(encoding="utf-8").replace("language: zh", "language: en"), encoding="utf-8")
    assert "unknown key" in invoke(bad).stderr


def test_a_folder_or_no_file_at_all_is_exit_code_2(tmp_path):
    assert invoke(tmp_path).exit_code == 2
    assert invoke().exit_code == 2


def test_nothing_is_written_beside_the_files(bad, tmp_path):
    invoke(bad)
    assert list(tmp_path.iterdir()) == [bad]


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_problems_reach_a_console_of_another_encoding(bad, encoding):
    done = subprocess.run(
        [sys.executable, "-m", "cqsim", "check", str(bad)],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    text = done.stderr.decode(encoding, "replace" if encoding == "ascii" else "strict")
    assert done.returncode == 2
    assert "Traceback" not in text
    assert "persistense" in text
    assert encoding == "ascii" or "不认识的键" in text
