"""The command `cqsim chart`: pictures, and one sentence for what cannot be drawn."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import cqsim
from cqsim.cli import main
from cqsim.report.figures.drawing.files import rendered

SCENARIO = str(Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml")
STARTS = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}


def invoke(*arguments):
    return CliRunner().invoke(main, ["chart", SCENARIO, "--paths", "500", "--seed", "1", *map(str, arguments)])


@pytest.mark.parametrize("ending", STARTS)
def test_the_ending_says_the_format(tmp_path, ending):
    file = tmp_path / f"图{ending}"
    found = invoke("--kind", "fan", "--indicator", "visitors", "-o", file, "--size", "8")
    assert found.exit_code == 0, found.output
    assert found.output == ""
    assert file.read_bytes().startswith(STARTS[ending])
    assert list(tmp_path.iterdir()) == [file]


def test_the_picture_is_that_of_the_same_run_in_python(tmp_path):
    file = tmp_path / "fan.svg"
    invoke("--kind", "fan", "--indicator", "visitors", "-o", file, "--lang", "en", "--case", "optimistic")
    result = cqsim.run(SCENARIO, case="optimistic", paths=500, seed=1, language="en", progress=False)
    assert file.read_bytes() == rendered(result.plot.fan("visitors"), "svg")


def test_cases_are_set_side_by_side(tmp_path):
    file = tmp_path / "cases.svg"
    assert invoke("--kind", "cases", "-o", file).exit_code == 0
    comparison = cqsim.compare(SCENARIO, paths=500, seed=1, progress=False)
    assert file.read_bytes() == rendered(comparison.plot.cases(), "svg")


def test_a_plan_is_looked_back_at(tmp_path):
    file, plan = tmp_path / "lookback.svg", SCENARIO.replace("nanchuan", "chongqing_2025")
    options = ["--kind", "lookback", "--as-of", "2021", "--paths", "500", "--seed", "1", "-o", str(file)]
    assert CliRunner().invoke(main, ["chart", plan, *options]).exit_code == 0
    looked = cqsim.lookback(plan, 2021, paths=500, seed=1, progress=False)
    assert file.read_bytes() == rendered(looked.plot.lookback(), "svg")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kind", "fann"], "there is no chart 'fann'; charts: fan, probabilities"),
        (["--kind", "fann"], "did you mean 'fan'?"),
        (["--kind", "fan", "--indicator", "vistors"], "did you mean 'visitors'?"),
        (["--kind", "fan"], "name it with --indicator, one of: visitors, spend"),
        (
            ["--kind", "first_hit", "--indicator", "spend"],
            "'spend' has no target; indicators with one: visitors, revenue",
        ),
        (["--kind", "contributions", "--indicator", "visitors"], "'visitors' has no parts"),
        (["--kind", "growth", "--indicator", "visitors"], "leave out --indicator"),
        (["--kind", "cases", "--case", "optimistic"], "leave out --case"),
        (["--kind", "lookback"], "--as-of YEAR"),
        (["--kind", "growth", "--as-of", "2021"], "leave out --as-of"),
        (["--kind", "growth", "--accuracy", "1pp"], "cannot be given together"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence_and_nothing_is_written(tmp_path, arguments, message):
    found = invoke(*arguments, "-o", tmp_path / "x.svg", "--lang", "en")
    assert found.exit_code == 2
    assert message in found.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["fan.jpg", "fan"])
def test_an_unknown_ending_is_answered_with_those_that_exist(tmp_path, name):
    found = invoke("--kind", "growth", "-o", tmp_path / name, "--lang", "en")
    assert found.exit_code == 2
    assert f"'{name}' does not give a picture format: its name must end in one of .svg, .png, .pdf" in found.output
    assert list(tmp_path.iterdir()) == []


def test_a_case_that_does_not_exist_is_answered_with_the_nearest(tmp_path):
    found = invoke("--kind", "growth", "-o", tmp_path / "x.svg", "--case", "optimitic")
    assert found.exit_code == 2
    assert "optimistic" in found.output


def test_a_file_that_cannot_be_written_keeps_what_was_there(tmp_path):
    (tmp_path / "x.svg").mkdir()
    found = invoke("--kind", "growth", "-o", tmp_path / "x.svg")
    assert found.exit_code == 3
    assert "x.svg 无法写入" in found.output
    assert [file.name for file in tmp_path.iterdir()] == ["x.svg"]


def test_characters_that_no_font_has_are_named_and_the_picture_is_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("cqsim.report.figures.drawing.fonts.carried", lambda: None)
    monkeypatch.setattr("cqsim.report.figures.drawing.fonts._INSTALLED", ())
    found = invoke("--kind", "fan", "--indicator", "visitors", "-o", tmp_path / "x.svg", "--lang", "zh")
    assert found.exit_code == 0
    assert "现有字体缺少这些字符" in found.output
    assert "CQSIM_FONT" in found.output
    assert (tmp_path / "x.svg").exists()
