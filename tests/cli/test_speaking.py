"""Commands speak the language of their reader: `--lang`, else the file's, else the system's, else English."""

import re
import shlex

import click
import pytest
from click.testing import CliRunner

from cqsim.cli import main
from cqsim.cli.speaking.language import language as spoken
from cqsim.cli.speaking.language import listen, of_system
from cqsim.messages import say

COMMANDS = sorted(main.commands)
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
TEXT = """\
{language}years: {{baseline: 2021, end: 2026}}
indicators:
  visitors:
    unit: 万人次
    baseline: {{value: 3103, evidence: reported}}
    growth: {{model: compound, rate: 7%, volatility: 9%, evidence: assumed}}
    targets: [{{at_least: 5000, year: 2026}}]
"""


@pytest.fixture
def invoke(monkeypatch):
    """Run a command on a system of some language."""

    def call(*arguments, system="", **variables):
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        for name, value in (variables or {"LANG": system}).items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(main, list(map(str, arguments)), prog_name="cqsim")

    return call


@pytest.fixture
def scenario(tmp_path):
    def write(language="", encoding="utf-8"):
        file = tmp_path / "area.yaml"
        file.write_bytes(TEXT.format(language=f"language: {language}\n" if language else "").encode(encoding))
        return file

    return write


def is_chinese(text):
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def words_of(text):
    """English words that are neither names of options, commands, models, columns and files, nor placeholders."""
    for shown in (
        r"`[^`]*`",
        r"\[[^\]]*\]",
        r"--?[\w-]+(?: [A-Z][A-Z_|.a-z]*(?: RANGE)?)?",
        r"\S*\.\w+",
        r"\b[A-Z][\w|]*\b",
    ):
        text = re.sub(shown, " ", text)
    names = "cqsim json series period value split direction increase decrease target target_year fan all "
    names += "sense at_least at_most pp zh en"
    known = {*names.split(), *COMMANDS}
    return [word for word in re.findall(r"[A-Za-z_]{2,}", text) if word not in known]


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_is_chinese_on_a_chinese_system_without_an_english_word(command, flag, invoke):
    shown = invoke(*filter(None, [command]), flag, system="zh_CN.UTF-8")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("用法：cqsim ")
    assert words_of(shown.stdout) == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_english_elsewhere(command, invoke):
    for system in ("", "C", "C.UTF-8", "POSIX", "en_GB.UTF-8", "de_DE"):
        shown = invoke(*filter(None, [command]), "--help", system=system)
        assert shown.stdout.startswith("Usage: ")
        assert not is_chinese(shown.stdout)


def test_every_option_has_its_help_in_both_languages():
    for command in main.commands.values():
        assert say(command.help, "zh") != say(command.help, "en")
        for option in command.params:
            if isinstance(option, click.Option):
                assert is_chinese(say(option.help, "zh"))


@pytest.mark.parametrize("name", ["run", "yardsticks"])
def test_lines_of_help_fit_a_narrow_screen(name, invoke):
    for line in invoke(name, "--help", system="zh_CN").stdout.splitlines():
        assert sum(2 if ord(sign) > 0x2E80 else 1 for sign in line) <= 80


ERRORS = {
    "run x.yaml --pahts 5": (
        "there is no option --pahts (did you mean '--paths'?)",
        "没有选项 --pahts（是不是 '--paths'？）",
    ),
    "--nothing": (
        "there is no option --nothing",
        "没有选项 --nothing",
    ),
    "run": (
        "FILE|FOLDER... is missing",
        "缺少 FILE|FOLDER...",
    ),
    "chart x.yaml --kind fan": (
        "-o / --out is missing",
        "缺少 -o / --out",
    ),
    "run x.yaml --paths": (
        "the option --paths needs a value",
        "选项 --paths 后面要写值",
    ),
    "run x.yaml --json=1": (
        "the option --json takes no value",
        "选项 --json 后面不能写值",
    ),
    "run x.yaml --paths many": (
        "--paths: 'many' is not a whole number within ≥ 1",
        "--paths 的 'many' 不是 ≥ 1 范围内的整数",
    ),
    "run x.yaml --paths 0": (
        "--paths: '0' is not a whole number within ≥ 1",
        "--paths 的 '0' 不是 ≥ 1 范围内的整数",
    ),
    "lookback x.yaml --as-of 99": (
        "--as-of: '99' is not a whole number within 1900-2200",
        "--as-of 的 '99' 不是 1900-2200 范围内的整数",
    ),
    "chart x.yaml --kind fan -o x.png --size 9": (
        "--size: '9' is not allowed; choose one of: 8, 16",
        "--size 不能写 '9'；可选：8、16",
    ),
    "schema x": (
        "there are more names than the command takes: x",
        "多写了 x；这个命令用不了这么多",
    ),
    "rnu": (
        "there is no command 'rnu'; commands: ",
        "没有命令 'rnu'；可用命令：",
    ),
    "run x.yaml --paths 5 --accuracy 1pp": (
        "--paths, --accuracy cannot be given together",
        "--paths、--accuracy 不能同时写",
    ),
    "run a.yaml b.yaml --case x": (
        "--case is for one scenario: name a single file",
        "--case 只用于一个情景；请只写一个文件",
    ),
    "run a.yaml b.yaml --set x=1": (
        "--set is for one scenario: name a single file",
        "--set 只用于一个情景；请只写一个文件",
    ),
    'run x.yaml --out ""': (
        "--out needs the name of a folder",
        "--out 后面要写文件夹名",
    ),
    'new ""': (
        "NAME must be the name of a file",
        "NAME 应是文件名",
    ),
    "report x.yaml -o x.pdf": (
        "x.pdf",
        "x.pdf",
    ),
}


@pytest.mark.parametrize("line", ERRORS)
def test_errors_of_usage_are_told_in_either_language(line, invoke):
    arguments, (english, chinese) = shlex.split(line), ERRORS[line]
    for system, said, head in (("en_US.UTF-8", english, "Error: "), ("zh_CN.UTF-8", chinese, "错误：")):
        shown = invoke(*arguments, system=system)
        assert (shown.exit_code, shown.stdout) == (2, "")
        assert f"{head}{said}" in shown.stderr
        if head == "错误：":
            last = shown.stderr.splitlines()[-1].removeprefix("错误：")
            assert words_of(re.sub(r"'[^']*'", "", last.replace(arguments[-1], ""))) == []


def test_a_long_wrong_value_is_not_repeated(invoke):
    for arguments in (["run", "x", "--paths", "9" * 5000], ["run", "x", "--seed", "x" * 100_000], ["x" * 100_000]):
        shown = invoke(*arguments)
        assert shown.exit_code == 2
        assert len(shown.stderr) < 1_000


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        ("title=", "--set title=: the value is missing", "--set title=：缺少值"),
        ("title= ", "--set title=: the value is missing", "--set title=：缺少值"),
        ("title", "--set title: write PATH=VALUE", "--set title：请写成 PATH=VALUE"),
        ("title={a: 1", "--set title={a: 1: this is not valid YAML", "--set title={a: 1：这不是 YAML"),
        ('title="\\ud83d"', "is half of a character", "只是半个字符"),
        ("indicators=5", "indicators: expected a block", "indicators: 这里应为若干"),
    ],
)
def test_what_cannot_be_set_is_told_in_either_language(change, english, chinese, invoke, scenario):
    file = scenario()
    assert english in invoke("run", file, "--set", change, system="en_US").stderr
    assert chinese in invoke("run", file, "--set", change, system="zh_CN").stderr


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b"", "the file is empty", "文件是空的"),
        ("title: caf\u00e9".encode("latin-1"), "is not UTF-8", "不是 UTF-8"),
        (b"PK\x03\x04 xl/workbook.xml", "this is an Excel workbook", "这是Excel 工作簿"),
        (None, "there is no such file", "没有这个文件"),
    ],
)
@pytest.mark.parametrize("command", ["check", "run", "sources", "lookback --as-of 2022", "report -o r.md"])
def test_files_that_say_nothing_are_told_in_the_system_s_language(content, english, chinese, command, invoke, tmp_path):
    file = tmp_path / "odd.yaml"
    if content is not None:
        file.write_bytes(content)
    assert english in invoke(*command.split(), file, system="en_US").stderr
    assert chinese in invoke(*command.split(), file, system="zh_CN").stderr
    assert english in invoke(*command.split(), file).stderr


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_the_file_s_language_comes_before_the_system_s(encoding, invoke, scenario):
    file = scenario("zh", encoding)
    assert "没有选项" in invoke("run", file, "--nothing", system="en_US").stderr
    file = scenario("en", encoding)
    assert "there is no option" in invoke("run", file, "--nothing", system="zh_CN").stderr


def test_lang_comes_before_all(invoke, scenario):
    file = scenario("zh")
    assert "there is no option" in invoke("run", file, "--nothing", "--lang", "en", system="zh_CN").stderr
    assert "there is no option" in invoke("run", file, "--nothing", "--lang=en", system="zh_CN").stderr
    file.write_text(file.read_text(encoding="utf-8").replace("7%", "7"), encoding="utf-8")
    assert "no per cent sign" in invoke("run", file, "--lang", "en", system="zh_CN").stderr
    assert "没有百分号" in invoke("run", file, system="en_US").stderr
    assert invoke("run", "--help", "--lang", "zh").stdout.startswith("用法：")


def test_several_files_are_each_told_in_their_own_language(invoke, tmp_path):
    for name, language in (("a", "zh"), ("b", "en"), ("c", "")):
        text = TEXT.format(language=f"language: {language}\n" if language else "").replace("7%", "7")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    lines = invoke("run", tmp_path, system="zh_CN").stderr.splitlines()
    assert [is_chinese(line.partition("  ")[2]) for line in lines] == [True, False, True]


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "en_US"}, "en"),
        ({"LANG": "zh_CN", "LC_MESSAGES": "zh_CN", "LC_ALL": "en_US"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "C.UTF-8"}, None),
    ],
)
def test_the_system_says_its_language_in_the_usual_order(variables, language, monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert of_system() == language
    listen([])
    assert spoken() == (language or "en")


@pytest.mark.parametrize("command", [["backtest"], ["yardsticks"]])
def test_data_files_are_told_in_the_system_s_language(command, invoke, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("series,period,value,direction\na,2000,1,100,increase\n", encoding="utf-8")
    if command == ["backtest"]:
        pytest.importorskip("scoringrules")
        data.write_text("series,period,value\na,2000,1,100\n", encoding="utf-8")
    assert "像是带千位分隔符" in invoke(*command, data, system="zh_CN").stderr
    assert "thousands separator" in invoke(*command, data, system="en_US").stderr
    assert "thousands separator" in invoke(*command, data, "--lang", "en", system="zh_CN").stderr


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["zh_CN.UTF-8", "en_GB.UTF-8"])
def test_help_names_no_types_of_a_programming_language(command, language, invoke):
    assert not re.search(r"INTEGER|TEXT|RANGE", invoke(command, "--help", system=language).output)
