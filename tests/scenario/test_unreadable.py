"""Files that are no scenario: each is told what it is, where, and what to write; none is waited for."""

import os
from pathlib import Path

import pytest

import cqsim
from cqsim import ScenarioError
from cqsim.scenario.data.yaml_text import parse

TEXT = """\
format: 1
years: {baseline: 2021, end: 2026}
indicators:
  visitors:
    label: 重庆市的游客
    unit: 万人次
    history: {file: past.csv, evidence: official}
    targets:
      - {at_least: 5000, year: 2026}
"""
PAST = "year,value\n2018,2500\n2019,2800\n2020,1900\n2021,3103\n"


@pytest.fixture
def file(tmp_path):
    (tmp_path / "past.csv").write_text(PAST, encoding="utf-8")
    return tmp_path / "area.yaml"


def told(file, content=TEXT, encoding="utf-8"):
    """The lines that are said of a file, without its name; none for a sound one."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    try:
        cqsim.load(file)
    except ScenarioError as error:
        return [line.removeprefix(str(file)) for line in str(error).splitlines()]
    return []


@pytest.mark.parametrize(
    "past", ["year,value\n2018,1,100\n", "year,value\n2018,-\n", "year\n", "year,value\n2018,1\n2018,2\n"]
)
@pytest.mark.parametrize("growth", ["", "    growth: {model: bootstrap, evidence: derived}\n"])
def test_a_history_that_cannot_be_read_is_the_only_thing_told(past, growth, file):
    file.with_name("past.csv").write_text(past, encoding="utf-8")
    (line,) = told(file, TEXT.replace("    targets:", f"{growth}    targets:"))
    assert line.startswith(":7:21  indicators.visitors.history.file: past.csv")


def test_what_a_bad_history_would_fill_in_is_not_told_again(file):
    (line,) = told(file, TEXT.replace("file: past.csv", "values: {2020: 7, 2021: abc}"))
    assert line.startswith(":7:39  indicators.visitors.history.values.2021: 'abc' is not a number")


def test_a_gap_elsewhere_is_told_beside_a_bad_history(file):
    file.with_name("past.csv").write_text("year,value\n2018,-\n", encoding="utf-8")
    text = TEXT.replace("year: 2026}\n", "year: 2030}\n      - {at_least: 7, yaer: 2026}\n")
    assert [line.split(":")[1] for line in told(file, text)] == ["7", "9", "10"]


@pytest.mark.parametrize("digits", ["9" * 5000, "0" * 5000, "²", "２０１８", "02018"])
def test_no_year_of_other_digits(digits, file):
    file.with_name("past.csv").write_text(f"year,value\n{digits},1\n", encoding="utf-8")
    (line,) = told(file)
    assert "is not a year between 1900 and 2200" in line
    (line,) = told(file, TEXT.replace("file: past.csv", f'values: {{"{digits[:900]}": 1}}'))
    assert "is not a year between 1900 and 2200" in line


@pytest.mark.parametrize("place", ["history.file", "file"])
@pytest.mark.parametrize("kind", ["pipe", "loop", "folder", "device"])
def test_what_is_no_regular_file_is_not_opened(place, kind, file, tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    odd = tmp_path / "odd.csv"
    make = {"pipe": os.mkfifo, "folder": os.mkdir, "loop": lambda path: path.symlink_to(path)}
    make.get(kind, lambda path: path.symlink_to("/dev/zero"))(odd)
    said = {
        "pipe": "a pipe or a device",
        "loop": "a link that leads back",
        "folder": "a folder",
        "device": "a pipe or a",
    }
    if place == "file":
        with pytest.raises(ScenarioError, match=f"cannot be read: it is {said[kind]}"):
            cqsim.load(odd)
        return
    file.write_text(TEXT.replace("past.csv", "odd.csv"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=f"cannot be read: it is {said[kind]}"):
        cqsim.load(file, outside=True)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "\ud800"])
def test_names_that_no_file_has_are_told(name, file, tmp_path):
    with pytest.raises(ScenarioError, match=r"cannot be read: .* name"):
        cqsim.load(tmp_path / name)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_scenarios_in_encodings_that_can_be_told_are_read(encoding, file):
    assert told(file, TEXT, encoding) == []
    assert cqsim.load(file).indicators["visitors"].label == "重庆市的游客"


def test_a_scenario_in_big5_is_read(file):
    text = TEXT.replace("重庆市的游客", "重慶市的遊客").replace("万人次", "萬人次")
    assert told(file, text, "big5") == []
    assert cqsim.load(file).indicators["visitors"].label == "重慶市的遊客"


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04..xl/workbook.xml", "an Excel workbook"),
        (b"PK\x03\x04..word/document.xml", "a Word document"),
        (b"PK\x03\x04..", "a compressed archive"),
        (b"%PDF-1.4", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"<html>", "a web page"),
    ],
)
def test_other_kinds_of_files_are_named(start, kind, file):
    (line,) = told(file, start)
    assert line.startswith(f"  this is {kind}; a scenario is plain text in YAML")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_lines_are_those_of_an_editor(separator, file):
    text = TEXT.replace("format: 1", f"format: 1 # see {separator}").replace("5000", "about 5")
    (line,) = told(file, text)
    assert line.startswith(":9:20  ")
    for end in ("\r\n", "\r"):
        (line,) = told(file, text.replace("\n", end))
        assert line.startswith(":9:20  ")


@pytest.mark.parametrize("code", ["\f", "\v", "\x1b", "\0"])
def test_control_characters_are_placed(code, file):
    (line,) = told(file, TEXT.replace("重庆市", f"重{code}庆市"))
    assert line == f":5:13  the text contains the control character U+{ord(code):04X}; remove it"


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\u2003", "\u00a0 "])
@pytest.mark.parametrize("key", ["unit", "history", "targets"])
def test_odd_blanks_before_a_key_are_named(blank, key, file):
    lines = [line.replace("    ", blank * 4, 1) if line.strip().startswith(key) else line for line in TEXT.splitlines()]
    (said,) = told(file, "\n".join(lines))
    number = next(number for number, line in enumerate(lines, start=1) if line.startswith(blank))
    assert said.startswith(f":{number}:1  the line is indented with U+{ord(blank[0]):04X}")


def test_paragraphs_may_begin_with_full_width_spaces(file):
    assert told(file, TEXT.replace("重庆市的游客", "|\n      　　重庆市的游客\n      　　二")) == []


@pytest.mark.parametrize(
    ("written", "slip", "said"),
    [
        ("unit: 万人次", "unit: %", 'write the unit in quotes: `unit: "%"`'),
        ("unit: 万人次", "unit: @", "a value cannot begin with '@'; put it in quotes"),
        ("    unit:", "\tunit:", "indent with spaces, not with tabs"),
        ("    unit:", "   unit:", "the indentation does not match the lines above"),
        ("    unit:", "      unit:", "the line is indented too far"),
        ("{file: past.csv, evidence: official}", "｛file: past.csv, evidence: official｝", "half-width brackets"),
        ("file: past.csv,", "file： past.csv,", "half-width colon"),
        ("unit: 万人次", "unit： 万人次", "half-width colon"),
        ("{baseline: 2021, end", "{baseline: 2021，end", "half-width comma"),
        ("重庆市的游客", '"重庆市的游客', "the quote that opens in line 5 is not closed"),
        ("重庆市的游客", "“重庆: 市”", "straight quotes"),
        ("evidence: official}", "evidence: official", "the brace that opens in line 7 is not closed"),
        ("重庆市的游客", '"\\d"', "begins an escape in double quotes"),
        ("targets:", "targets: - a", "a list entry `- ` cannot stand here"),
        ("重庆市的游客", "*x", "puts the formula in quotes".replace("puts", "put")),
        ("重庆市的游客", "a\u2028b: c", "invisible line separator"),
    ],
)
def test_slips_are_told_in_our_words(written, slip, said, file):
    assert TEXT.count(written) == 1
    (line,) = told(file, TEXT.replace(written, slip))
    assert said in line
    chinese = told(file, "language: zh\n" + TEXT.replace(written, slip))[0].partition("  ")[2]
    assert not any(word in chinese for word in ("expected", "found", "while", "cannot", "could", "not "))


@pytest.mark.parametrize("depth", [150, 400, 3000])
def test_deep_nesting_is_refused_and_nothing_breaks(depth, file):
    lines = told(file, TEXT.replace("重庆市的游客", "[" * depth + "]" * depth))
    assert any("nested too deeply" in line for line in lines)


def test_halves_of_characters_join():
    assert parse('{"\\ud83d\\ude00": "\\ud842\\udfb7野 \\ud83d\\ude00"}').data == {"😀": "𠮷野 😀"}


@pytest.mark.parametrize("text", ['"\\ud83d"', '"\\ude00\\ud83d"', '{"\\ud83d": 1}', '{a: ["x\\ud83d"]}'])
def test_half_a_character_is_refused_with_its_place(text):
    (problem,) = parse(text).problems
    assert problem.fault.key == "half_character"
    assert problem.mark is not None


def test_a_joined_title_goes_through_save_and_load(file, tmp_path):
    assert told(file, TEXT.replace("重庆市的游客", '"\\ud842\\udfb7野 \\ud83d\\ude00"')) == []
    scenario = cqsim.load(file)
    scenario.save(tmp_path / "again.yaml")
    assert cqsim.load(tmp_path / "again.yaml").indicators["visitors"].label == "𠮷野 😀"


BESIDE = "{at_least: 增长6%, year: 2025}", "{below: 9, year: 2025}", "{at_least: x, yaer: 2025}", "5", "{}"


@pytest.mark.parametrize("first", BESIDE)
@pytest.mark.parametrize("second", BESIDE)
@pytest.mark.parametrize("third", ["", *BESIDE])
def test_each_unreadable_target_is_told_at_its_own_line(first, second, third, file):
    entries = [entry for entry in (first, second, third) if entry]
    text = TEXT.partition("      - {at")[0] + "".join(f"      - {entry}\n" for entry in entries)
    lines = {int(line.split(":")[1]) for line in told(file, text)}
    assert lines == set(range(9, 9 + len(entries)))


def test_a_message_repeats_no_long_input(file):
    for text in (
        TEXT.replace("5000", "x" * 200_000),
        TEXT.replace("unit:", f"{'u' * 200_000}:"),
        TEXT.replace("official", "o" * 200_000),
        TEXT.replace("past.csv", "p" * 200_000),
        TEXT.replace("format: 1", f"format: {'9' * 200_000}"),
        TEXT.replace("2026}\n", f"{'9' * 200_000}}}\n"),
    ):
        assert sum(map(len, told(file, text))) < 2_000


def test_a_path_is_cut_as_well(file: Path):
    told(file)
    with pytest.raises(ScenarioError) as caught:
        cqsim.load(file).replace({"indicators." + "x" * 200_000: 1})
    assert len(str(caught.value)) < 1_000
