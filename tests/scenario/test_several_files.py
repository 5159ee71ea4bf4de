"""Several scenario files at once: which files a folder stands for, and every problem of every file."""

import pickle

import pytest
from click.testing import CliRunner

from cqsim import ScenarioError
from cqsim.cli import main
from cqsim.scenario.files.loading import files_at, load, load_all

TEXT = """\
years: {baseline: 2021, end: 2023}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 100, evidence: assumed}
    growth: {model: compound, rate: 5%, volatility: 5%, evidence: assumed}
    targets: [{at_least: 110, year: 2023}]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plans").mkdir()
    for name in ("b.yaml", "a.yml", "c.yaml"):
        write(tmp_path / "plans" / name)
    return tmp_path / "plans"


def write(file, text=TEXT):
    file.write_text(text, encoding="utf-8")


def refused(*paths):
    with pytest.raises(ScenarioError) as caught:
        load_all(paths)
    return str(caught.value).splitlines()


def test_a_folder_stands_for_its_scenario_files_by_name_and_a_file_for_itself(folder):
    for name in ("notes.txt", "data.csv", "scenario.schema.json", ".hidden.yaml"):
        (folder / name).write_text("x")
    (folder / "below.yaml").mkdir()
    write(folder / "below.yaml" / "d.yaml")
    assert files_at("plans") == ["plans/a.yml", "plans/b.yaml", "plans/c.yaml"]
    assert files_at("plans/b.yaml") == ["plans/b.yaml"]
    assert files_at("nowhere.yaml") == ["nowhere.yaml"]


def test_each_file_is_read_once_in_the_order_of_the_paths(folder):
    found = load_all(["plans/c.yaml", "plans", "plans/b.yaml"])
    assert [scenario.id for scenario in found] == ["c", "a", "b"]
    assert found[0] == load("plans/c.yaml")
    assert found[0].sha256 == load("plans/c.yaml").sha256


def test_a_folder_without_scenario_files_is_one_clear_error(folder):
    (folder.parent / "empty").mkdir()
    assert refused("empty") == ["empty  the folder holds no scenario file (.yaml, .yml)"]
    with pytest.raises(ScenarioError, match="holds no scenario file"):
        files_at("empty")


def test_every_problem_of_every_file_is_told_each_in_its_own_language(folder):
    (folder.parent / "empty").mkdir()
    write(folder / "b.yaml", TEXT.replace("at_least: 110", "at_leest: 110").replace("rate: 5%", "rate: 5"))
    write(folder / "c.yaml", "language: zh\n" + TEXT.replace("2023}\n", "2019}\n"))
    lines = refused("plans", "nowhere.yaml", "empty")
    assert [line.split()[0].split(":")[0] for line in lines] == [
        "empty", "plans/b.yaml", "plans/b.yaml", "plans/c.yaml", "nowhere.yaml"
    ]  # fmt: skip
    assert lines[1].startswith("plans/b.yaml:6:37  indicators.visitors.growth.rate: ")
    assert "结束年" in lines[3]


def test_the_error_of_several_files_can_be_pickled_and_holds_all_problems(folder):
    write(folder / "b.yaml", "years: 3\n")
    with pytest.raises(ScenarioError) as caught:
        load_all(["plans", "nowhere.yaml"])
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert len(caught.value.problems) == len(str(caught.value).splitlines())


@pytest.mark.parametrize("id", ["a", "A"])
def test_two_files_of_one_id_are_refused_at_the_second(id, folder):
    write(folder / "b.yaml", f"title: x\nid: {id}\n{TEXT}")
    (line,) = refused("plans")
    assert line == f"plans/b.yaml:2:5  id: the id '{id}' is already used by plans/a.yml; set another `id:`"


@pytest.mark.parametrize(
    "id",
    [
        "../x",
        "a/b",
        "a\\\\b",
        ".",
        "..",
        ".x",
        "x.",
        " x",
        "x ",
        "a:b",
        "a\\nb",
        'a\\"b',
        "a*",
        "con",
        "NUL",
        "Com1.plan",
        "lpt9",
        "COM²",
        "overview.csv",
        "x.JSON",
        "重" * 100,
    ],
)
def test_an_id_that_cannot_name_a_folder_is_refused(id, folder):
    write(folder / "b.yaml", f'id: "{id}"\n{TEXT}')
    (line,) = refused("plans")
    assert line.startswith("plans/b.yaml:1:5  id: ")
    assert "cannot name a folder" in line


@pytest.mark.parametrize("id", ["x", "南川", "南川 2026", "plan.2026", "a-b_c", "(x)", "console", "com", "x.csv2"])
def test_other_ids_can(id, folder):
    write(folder / "b.yaml", f"id: {id}\n{TEXT}")
    assert load_all(["plans"])[1].id == id


def test_check_takes_folders_as_well(folder):
    done = CliRunner().invoke(main, ["check", "plans", "plans/b.yaml"])
    assert (done.exit_code, done.stdout.splitlines()) == (
        0, ["plans/a.yml: ok", "plans/b.yaml: ok", "plans/c.yaml: ok", "plans/b.yaml: ok"]
    )  # fmt: skip
    write(folder / "a.yml", "years: 3\n")
    done = CliRunner().invoke(main, ["check", "plans"])
    assert (done.exit_code, done.stdout.splitlines()) == (2, ["plans/b.yaml: ok", "plans/c.yaml: ok"])
    (folder.parent / "empty").mkdir()
    assert CliRunner().invoke(main, ["check", "empty"]).exit_code == 2
