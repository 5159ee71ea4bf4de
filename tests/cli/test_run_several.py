"""`cqsim run` on several files or a folder."""

import json

import pytest
from click.testing import CliRunner
from tests.cli.district import ID_LINE, TEXT

import cqsim
from cqsim.cli import main

PATHS = ("--paths", "2000")


def text_of_line(file, told):
    """The line of a file at which a problem stands."""
    _, line, _ = told.split("  ")[0].split(":")
    return file.read_text(encoding="utf-8").splitlines()[int(line) - 1]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "one.yaml").write_text(TEXT, encoding="utf-8")
    changed = TEXT.replace("id: district", "id: two").replace("某区", "第二个区")
    (tmp_path / "plans" / "two.yml").write_text(changed.replace("at_least: 5000", "at_least: 4000"), encoding="utf-8")
    return tmp_path / "plans"


def invoke(*arguments):
    return CliRunner().invoke(main, ["run", *map(str, arguments)])


def test_a_folder_and_its_files_one_by_one_give_the_same_table(folder):
    whole, single = invoke("plans", *PATHS), invoke("plans/one.yaml", "plans/two.yml", *PATHS)
    assert whole.exit_code == 0
    assert whole.stdout == single.stdout
    assert whole.stdout.count("年接待游客量") == 2
    assert "第二个区" in whole.stdout


def test_a_single_file_is_shown_as_it_always_was(folder):
    alone = invoke("plans/one.yaml", *PATHS).stdout
    assert "某区  2021 -> 2026" in alone
    assert "目标一览" not in alone
    assert json.loads(invoke("plans/one.yaml", *PATHS, "--json").stdout)["scenario"] == "district"


def test_a_folder_of_one_file_is_shown_as_a_folder(folder):
    (folder / "two.yml").unlink()
    assert "目标一览" in invoke("plans", *PATHS).stdout
    assert len(json.loads(invoke("plans", *PATHS, "--json").stdout)["scenarios"]) == 1


def test_json_is_one_document_of_the_documents(folder):
    document = json.loads(invoke("plans", *PATHS, "--json").stdout)
    alone = [json.loads(invoke(f"plans/{name}", *PATHS, "--json").stdout) for name in ("one.yaml", "two.yml")]
    assert document == {"scenarios": alone}


def test_the_options_of_a_run_hold_for_all(folder):
    done = invoke("plans", "--accuracy", "2pp", "--seed", "7", "--threads", "2", "--lang", "en", "--json")
    for document in json.loads(done.stdout)["scenarios"]:
        assert (document["seed"], document["paths"]) == (7, 16384)
        assert document["targets"][0]["label"] == "Annual visitors"


@pytest.mark.parametrize(("floor", "code"), [("1%", 0), ("99%", 1)])
def test_a_floor_holds_for_all(floor, code, folder):
    assert invoke("plans", *PATHS, "--fail-below", floor).exit_code == code


def test_a_floor_that_only_the_last_file_misses_is_exit_code_1(folder):
    base = cqsim.run(folder / "one.yaml", paths=2000, progress=False).lowest
    text = (folder / "two.yml").read_text(encoding="utf-8").replace("at_least: 4000", "at_least: 90000")
    (folder / "two.yml").write_text(text, encoding="utf-8")
    assert invoke("plans/one.yaml", *PATHS, "--fail-below", base).exit_code == 0
    assert invoke("plans", *PATHS, "--fail-below", base).exit_code == 1


def test_out_writes_a_folder_for_each_scenario_and_the_table(folder, tmp_path):
    assert invoke("plans", *PATHS, "--out", "out").exit_code == 0
    found = sorted(str(one.relative_to(tmp_path / "out")) for one in (tmp_path / "out").rglob("*") if one.is_file())
    names = ["manifest.json", "quantiles.csv", "result.json", "summary.csv", "tidy.csv"]
    own = ["manifest.json", "overview.csv", "tidy.csv"]
    assert found == [*(f"district/{name}" for name in names), *own, *(f"two/{name}" for name in names)]
    assert json.loads((tmp_path / "out/two/manifest.json").read_text(encoding="utf-8"))["flags"] == {"paths": 2000}


def test_problems_of_any_file_are_all_told_and_nothing_is_run_or_written(folder, tmp_path):
    bad = TEXT.replace("at_least: 5000", "at_leest: 5000")
    (folder / "bad.yaml").write_text(bad, encoding="utf-8")
    (folder / "three.yaml").write_text(TEXT, encoding="utf-8")
    done = invoke("plans", "nowhere.yaml", *PATHS, "--out", "out")
    assert (done.exit_code, done.stdout) == (2, "")
    bad, same, missing = done.stderr.splitlines()
    assert "at_leest" in text_of_line(folder / "bad.yaml", bad)
    assert same == f"plans/three.yaml:{ID_LINE}:5  id: 标识 'district' 已被 plans/one.yaml 使用；请另写 `id:`"
    assert missing.startswith("nowhere.yaml  ")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_scenario_files_is_exit_code_2(tmp_path):
    done = invoke(tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path}  the folder holds no scenario file (.yaml, .yml)\n"


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        (("--set", "run.seed=3"), "--set 只用于一个情景；请只写一个文件"),
        (("--case", "good"), "--case 只用于一个情景；请只写一个文件"),
        (("--case", "all"), "--case 只用于一个情景；请只写一个文件"),
        (("--accuracy", "3"), "不是"),
        (("--fail-below", "30"), "不是"),
    ],
)
def test_what_suits_one_scenario_only_is_refused_in_one_sentence(flag, said, folder):
    for files in (["plans"], ["plans/one.yaml", "plans/two.yml"]):
        done = invoke(*files, *flag, "--lang", "zh")
        assert (done.exit_code, done.stdout) == (2, "")
        assert said in done.stderr.splitlines()[-1]


def test_files_that_lie_elsewhere_are_read_only_when_told_to(folder, tmp_path):
    (tmp_path / "came.csv").write_text("year,value\n2022,3000\n", encoding="utf-8")
    text = (folder / "two.yml").read_text(encoding="utf-8")
    observed = "    unit: 万人次\n    observations: {file: ../came.csv, evidence: assumed}\n"
    (folder / "two.yml").write_text(text.replace("    unit: 万人次\n", observed), encoding="utf-8")
    assert invoke("plans", *PATHS).exit_code == 2
    assert invoke("plans", *PATHS, "--allow-outside").exit_code == 0
