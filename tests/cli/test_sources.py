import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

import cqsim
from cqsim.cli import main
from cqsim.scenario.provenance import figures

SCENARIO = Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml"
KEYS = ["path", "figures", "evidence", "source", "title", "note", "used_by"]


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def squeezed(text):
    """A table's text without the spaces and line ends that its columns put in."""
    return "".join(text.split())


def test_json_is_one_list_with_every_figure():
    found = invoke("sources", SCENARIO, "--json")
    assert (found.exit_code, found.stderr) == (0, "")
    document = json.loads(found.stdout)
    assert [list(one) for one in document] == [KEYS] * len(document)
    expected = [{**asdict(one), "used_by": list(one.used_by)} for one in figures(cqsim.load(SCENARIO))]
    assert document == expected
    assert "\\u" not in found.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_labels_follow_the_language_that_is_asked_for(language):
    document = json.loads(invoke("sources", SCENARIO, "--json", "--lang", language).stdout)
    label = {"zh": "年接待游客量", "en": "Annual visitors"}[language]
    assert document[0]["used_by"][0] == label


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_names_every_path_grade_and_source(language):
    found = invoke("sources", SCENARIO, "--lang", language)
    assert found.exit_code == 0
    for one in figures(cqsim.load(SCENARIO), language):
        assert one.path.partition("[")[0].rpartition(".")[2] in found.stdout
    assert {"zh": "假设", "en": "assumed"}[language] in found.stdout
    assert {"zh": "依据", "en": "evidence"}[language] in found.stdout


def test_a_bad_file_is_exit_code_2_with_its_problems(tmp_path):
    file = tmp_path / "bad.yaml"
    file.write_text(SCENARIO.read_text(encoding="utf-8").replace("persistence:", "persistense:"), encoding="utf-8")
    for arguments in ((), ("--json",)):
        found = invoke("sources", file, *arguments)
        assert (found.exit_code, found.stdout) == (2, "")
        assert "persistense" in found.stderr


def test_the_strict_check_passes_the_shipped_scenario():
    found = invoke("check", "--strict", SCENARIO)
    assert (found.exit_code, found.stderr) == (0, "")


@pytest.mark.parametrize(
    ("key", "said"), [("source: page", "需要写 `source:`"), ("note: 客源相同", "在 `note:` 里写理由")]
)
def test_the_strict_check_refuses_a_figure_without_source_or_reason_at_its_line(key, said, tmp_path):
    text = SCENARIO.read_text(encoding="utf-8")
    line = next(number for number, one in enumerate(text.splitlines(), start=1) if key in one)
    lines = text.splitlines()
    lines[line - 1] = lines[line - 1].replace(f", {key}", "").replace(key, "").rstrip()
    file = tmp_path / "bare.yaml"
    file.write_text("\n".join(one for one in lines if one.strip()) + "\n", encoding="utf-8")
    assert invoke("check", file).exit_code == 0
    found = invoke("check", "--strict", file)
    assert (found.exit_code, found.stdout) == (2, "")
    (problem,) = found.stderr.splitlines()
    assert problem.startswith(f"{file}:")
    assert said in problem


def test_the_strict_check_lists_every_lack_in_the_order_of_the_file(tmp_path):
    text = SCENARIO.read_text(encoding="utf-8")
    file = tmp_path / "bare.yaml"
    file.write_text("".join(line for line in text.splitlines(True) if "note: " not in line or "{" in line), "utf-8")
    found = invoke("check", "--strict", file)
    places = [int(line.removeprefix(f"{file}:").split(":")[0]) for line in found.stderr.splitlines()]
    assert found.exit_code == 2
    assert len(places) >= 4
    assert places == sorted(places)
