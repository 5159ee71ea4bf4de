"""Every block of code on the pages runs, and gives the output that is shown with it.

A page runs from top to bottom in one namespace and one folder, a copy of the repository's own. What each kind of
block means stands in CONTRIBUTING.md, "Code on pages".
"""

import doctest
import os
import shutil
import subprocess
import sysconfig
from importlib.metadata import distributions
from pathlib import Path
from unittest import SkipTest

import pytest
import yaml
from markdown_it import MarkdownIt
from sybil import Sybil
from sybil.example import SybilFailure
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

import cqsim

ROOT = Path(__file__).parents[2]
MADE = [
    ROOT / "docs" / name for name in ("_build", "en/api", "en/benchmarks", "en/notebooks", "zh/notebooks")
]  # by the site
PAGES = [
    page
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("notebooks/*.md")])
    if "```" in page.read_text(encoding="utf-8") and not any(page.is_relative_to(folder) for folder in MADE)
]
RUN, SHOWN = {"python", "console", "sh", "yaml"}, {"text", "csv", "json", "toml"}
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PATH = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])


def shell(command):
    """Run a line as a shell would, with this environment's `cqsim`."""
    environment = {**os.environ, "PATH": PATH, "PYTHONUTF8": "1"}
    return subprocess.run(command, check=False, shell=True, env=environment, encoding="utf-8", capture_output=True)


def console(example):
    """Commands behind `$ `, each with the output that it must give; one that fails must show why."""
    before, *blocks = f"\n{example.parsed}".split("\n$ ")
    assert not before, "a console block begins with a command"
    for block in blocks:
        command, _, expected = block.partition("\n")
        done = shell(command)
        given = done.stdout + done.stderr
        if not doctest.OutputChecker().check_output(expected, given, FLAGS) or (done.returncode and "..." in expected):
            return f"`{command}` (exit code {done.returncode}) should give:\n{expected}\nIt gives:\n{given}"
    return None


def sh(example):
    """Of shell lines, those that call cqsim itself; `.ci/run` does the README's set-up."""
    for line in example.parsed.replace("\\\n", " ").splitlines():
        done = shell(line) if line.startswith("cqsim ") else None
        if done and done.returncode:
            return f"`{line}` (exit code {done.returncode}) says:\n{done.stderr}"
    return None


def scenario(example):
    """A whole scenario is loaded and checked, a part of one is YAML."""
    if not example.parsed.startswith("format:"):
        yaml.safe_load(example.parsed)
        return
    file = Path(".block.yaml")
    file.write_text(example.parsed, encoding="utf-8")
    cqsim.load(file)
    file.unlink()


def installed(package):
    """Whether a package is installed; pages may ask for it in `skip: ... if(...)`."""
    return any(package == found.name for found in distributions())


SYBIL = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        CodeBlockParser("console", console),
        CodeBlockParser("sh", sh),
        CodeBlockParser("yaml", scenario),
        SkipParser(),
    ]
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of what a reader of the pages has, as the working directory; charts are drawn without a window."""
    left_out = shutil.ignore_patterns(".*", "__pycache__", "src", "tests", "_build", "out", "build", "dist")
    shutil.copytree(ROOT, tmp_path / "cqsim", ignore=left_out)
    monkeypatch.chdir(tmp_path / "cqsim")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    from matplotlib import pyplot

    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_code_of_a_page_runs_and_gives_what_is_shown(page):
    wrong, reasons = [], {}  # reasons in order, each once
    document = SYBIL.parse(page)
    document.namespace["installed"] = installed
    for example in document.examples():
        try:
            example.evaluate()
        except SybilFailure as failure:
            wrong.append(str(failure))
        except SkipTest as skipped:
            reasons[str(skipped)] = True
    assert not wrong, "\n\n".join(wrong)
    if reasons:
        pytest.skip(f"only in part: {'; '.join(reasons)}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_says_what_it_is(page):
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    infos = {token.info for token in tokens if token.type == "fence"}
    kinds = {info for info in infos if not info.startswith("{") or info.startswith("{code")}  # `{toctree}` is no code
    assert kinds - RUN - SHOWN == set(), "a block that names no known kind would be neither run nor checked"


def test_the_page_on_growth_models_shows_the_package_as_it_is():
    page = (ROOT / "docs/en/add_a_growth_model.md").read_text(encoding="utf-8")
    package = ROOT / "docs/examples/cqsim-damped"
    shown = ("pyproject.toml", "cqsim_damped.py", "town.yaml")
    assert [name for name in shown if (package / name).read_text(encoding="utf-8") not in page] == []


def test_no_docstring_leaves_its_example_out():
    files = (ROOT / "src").rglob("*.py")
    assert [file.name for file in files if "doctest: +" in file.read_text(encoding="utf-8")] == []
