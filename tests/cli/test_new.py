import json
import os
import subprocess
import sys

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

import cqsim
from cqsim.cli import main
from cqsim.scenario.files.packaged import SCHEMA_NAME, schema_text, starter_text

LANGUAGES = ["zh", "en"]


@pytest.fixture
def invoke(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_scenario_runs_as_it_is_and_passes_the_strict_check(language, invoke, tmp_path):
    found = invoke("new", "district", "--lang", language)
    assert (found.exit_code, found.stderr) == (0, "")
    assert "district.yaml" in found.stdout
    assert sorted(file.name for file in tmp_path.iterdir()) == ["district.yaml", SCHEMA_NAME]
    checked = invoke("check", "--strict", "district.yaml")
    assert (checked.exit_code, checked.stderr) == (0, "")
    done = invoke("run", "district.yaml", "--paths", "2000", "--json", "--case", "all")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert document["scenario"] == "district"
    assert len(document["cases"]) == 2
    assert all(0 < target["probability"] < 1 for target in document["targets"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_commented_in_its_language_and_points_editors_to_the_schema(language, invoke, tmp_path):
    invoke("new", "district", "--lang", language)
    text = (tmp_path / "district.yaml").read_text(encoding="utf-8")
    assert text == starter_text(language)
    assert text.splitlines()[0] == f"# yaml-language-server: $schema=./{SCHEMA_NAME}"
    assert text.count("#") > 8
    assert cqsim.load(tmp_path / "district.yaml").language == language
    schema = json.loads((tmp_path / SCHEMA_NAME).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(yaml.safe_load(text))


def test_chinese_is_the_language_when_none_is_asked_for(invoke, tmp_path):
    assert "已写入" in invoke("new", "district").stdout
    assert (tmp_path / "district.yaml").read_text(encoding="utf-8") == starter_text("zh")


@pytest.mark.parametrize(("name", "file"), [("南川", "南川.yaml"), ("a.yaml", "a.yaml"), ("my plan", "my plan.yaml")])
def test_any_name_will_do_and_is_the_scenario_s(name, file, invoke, tmp_path):
    assert invoke("new", name).exit_code == 0
    assert cqsim.load(tmp_path / file).id == file.removesuffix(".yaml")


@pytest.mark.parametrize("name", ["plan.2026", "v1.2"])
def test_a_dot_in_a_name_is_part_of_it(name, invoke, tmp_path):
    assert invoke("new", name).exit_code == 0
    assert (tmp_path / f"{name}.yaml").exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_never_overwrites_a_scenario(language, invoke, tmp_path):
    (tmp_path / "district.yaml").write_text("mine", encoding="utf-8")
    found = invoke("new", "district", "--lang", language)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "district.yaml" in found.stderr
    assert (tmp_path / "district.yaml").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / SCHEMA_NAME).exists()


def test_the_schema_beside_several_scenarios_is_kept_up_to_date(invoke, tmp_path):
    (tmp_path / SCHEMA_NAME).write_text("{}", encoding="utf-8")
    assert invoke("new", "one").exit_code == invoke("new", "two").exit_code == 0
    assert (tmp_path / SCHEMA_NAME).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("name", ["missing/district", "file/district"])
def test_a_folder_that_is_not_there_is_exit_code_3_without_a_traceback(name, invoke, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    found = invoke("new", name)
    assert (found.exit_code, found.stdout) == (3, "")
    assert "无法写入" in found.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_name_that_is_none_is_exit_code_2_without_a_traceback(name, invoke):
    found = invoke("new", name)
    assert found.exit_code == 2
    assert found.exception is None or isinstance(found.exception, SystemExit)


def test_the_schema_is_printed_as_it_is_shipped(invoke):
    found = invoke("schema")
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout_bytes.decode("utf-8") == schema_text()
    assert json.loads(found.stdout)["$schema"].startswith("http://json-schema.org/draft-07")


def test_the_schema_reaches_a_console_of_another_encoding_unchanged():
    done = subprocess.run(
        [sys.executable, "-m", "cqsim", "schema"],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )
    assert done.stdout.decode("utf-8").replace("\r\n", "\n") == schema_text()
