"""`cqsim report` for offices: by the file's ending, with a template, and one sentence for what cannot be."""

import sys
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from tests.cli.district import TEXT

import cqsim
from cqsim.cli import main
from cqsim.messages import say

SCENARIO = str(Path(__file__).parents[2] / "scenarios" / "fengjie.yaml")


@pytest.fixture
def district(tmp_path_factory):
    file = tmp_path_factory.mktemp("plans") / "district.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def invoke(scenario, *arguments):
    return CliRunner().invoke(main, ["report", scenario, "--paths", "500", "--seed", "1", *map(str, arguments)])


@pytest.mark.parametrize("ending", [".docx", ".XLSX"])
def test_the_command_writes_what_python_does(tmp_path, ending, district):
    file, other = tmp_path / f"报告{ending}", tmp_path / f"other{ending}"
    found = invoke(district, "-o", file)
    assert (found.exit_code, found.output) == (0, f"已写入 {file}\n")
    cqsim.run(district, paths=500, seed=1, progress=False).report(other)
    assert file.read_bytes() == other.read_bytes()


def test_cases_and_places_are_reported_too(tmp_path):
    cqsim.run(SCENARIO, paths=500, progress=False).report(tmp_path / "one.xlsx")
    cqsim.compare(SCENARIO, paths=500, progress=False).report(tmp_path / "cases.xlsx")
    cqsim.overview([SCENARIO], paths=500, progress=False).report(tmp_path / "places.xlsx")
    names = {file.stem: openpyxl.load_workbook(file).sheetnames for file in tmp_path.iterdir()}
    assert set(names["cases"]) - set(names["one"]) == {say("title.cases", "zh")}
    assert set(names["places"]) - set(names["one"]) == {say("title.overview", "zh")}


def test_a_template_is_taken(tmp_path, district):
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "某区"
    template.save(tmp_path / "t.docx")
    assert invoke(district, "-o", tmp_path / "r.docx", "--template", tmp_path / "t.docx").exit_code == 0
    word = docx.Document(BytesIO((tmp_path / "r.docx").read_bytes()))
    assert word.sections[0].header.paragraphs[0].text == "某区"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "r.pdf"], "r.pdf: the name of a report must end in one of: .html, .md, .docx, .xlsx"),
        (["-o", "r.xlsx", "--template", "t.docx"], "r.xlsx: --template is only for reports whose name ends in .docx"),
        (["-o", "r.docx", "--template", "t.docx"], "the template t.docx cannot be read: there is no such file"),
        (["-o", "r.docx", "--template", SCENARIO], "fengjie.yaml is not a sound Word document (.docx)"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    found = invoke(SCENARIO, *arguments, "--lang", "en")
    assert found.exit_code == 2
    assert message in found.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("file", "module"), [("r.docx", "docx"), ("r.xlsx", "xlsxwriter")])
def test_without_the_extra_the_command_says_what_to_install(tmp_path, monkeypatch, file, module):
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.chdir(tmp_path)
    found = invoke(SCENARIO, "-o", file, "--lang", "zh")
    assert found.exit_code == 2
    assert f"{file} 还需要两个软件包：pip install cqsim[office]" in found.output


def test_characters_that_no_font_has_are_named_once_in_place_of_warnings(tmp_path, district, monkeypatch):
    monkeypatch.setattr("cqsim.report.figures.drawing.fonts.carried", lambda: None)
    monkeypatch.setattr("cqsim.report.figures.drawing.fonts._INSTALLED", ())
    found = invoke(district, "-o", tmp_path / "r.md")
    assert found.exit_code == 0
    assert found.output.count("现有字体缺少这些字符") == 1
    assert found.output.count("\n") == 2
