import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cqsim

SCENARIO = str(Path(__file__).parents[1] / "scenarios" / "nanchuan.yaml")
HEAVY = {"numpy", "pydantic", "yaml", "click", "rich", "pandas", "matplotlib", "scipy", "tqdm"}
FOR_TABLES_AND_CHARTS = {"pandas", "matplotlib", "scipy.stats", "rich", "tqdm"}


def loaded(code):
    """The modules that a fresh interpreter holds after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('\\nmodules:', *sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    )
    return set(done.stdout.rpartition("modules:")[2].split())


@pytest.fixture(scope="module", params=["file", "folder"])
def scenarios(request, tmp_path_factory):
    """A scenario, or a folder of two: with a history, a sum, events, levers and cases."""
    if request.param == "file":
        return SCENARIO
    folder = tmp_path_factory.mktemp("scenarios")
    for name in ("fengjie.yaml", "tongliang.yaml"):
        shutil.copy(Path(SCENARIO).with_name(name), folder)
    return str(folder)


def after_command(*arguments):
    return loaded(
        "from cqsim.cli import main\n"
        f"try: main({list(arguments)!r}, prog_name='cqsim')\n"
        "except SystemExit as end: assert not end.code, end.code"
    )


def test_importing_cqsim_loads_nothing_heavy():
    assert not loaded("import cqsim") & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"], ["check", "--help"]])
def test_help_loads_only_click(arguments):
    assert after_command(*arguments) & HEAVY == {"click"}


def test_check_loads_neither_statistics_nor_tables_nor_charts():
    assert not after_command("check", SCENARIO) & FOR_TABLES_AND_CHARTS


def test_a_json_run_loads_neither_tables_nor_charts(scenarios):
    assert not after_command("run", scenarios, "--paths", "1000", "--json") & FOR_TABLES_AND_CHARTS


def test_a_run_that_prints_tables_and_writes_files_needs_no_pandas(scenarios, tmp_path):
    found = after_command("run", scenarios, "--paths", "1000", "--out", str(tmp_path))
    assert not found & {"pandas", "matplotlib", "scipy.stats", "tqdm"}


def test_the_public_names_are_the_table_of_contents_sorted():
    assert list(cqsim.__all__) == sorted(name for names in cqsim._CONTENTS.values() for name in names)


def test_every_public_name_resolves_and_lives_where_the_contents_say():
    for module, names in cqsim._CONTENTS.items():
        for name in names:
            found = getattr(cqsim, name)
            assert found.__name__ == name
            assert found.__module__ == module


def test_dir_lists_the_public_names():
    assert set(cqsim.__all__) <= set(dir(cqsim))


def test_a_name_that_is_not_public_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'rum'"):
        _ = cqsim.rum


def test_a_result_loads_matplotlib_only_when_a_chart_is_asked_for():
    run = f"import cqsim; result = cqsim.run({SCENARIO!r}, paths=500, progress=False)\nassert result.plot is not None\n"
    assert "matplotlib" not in loaded(f"{run}result.to_json()")
    found = loaded(f"{run}result.plot.fan('visitors')")
    assert "matplotlib" in found
    assert not found & {"matplotlib.pyplot", "zhplot", "pandas"}


def test_the_help_of_charts_loads_only_click():
    assert after_command("chart", "--help") & HEAVY == {"click"}
