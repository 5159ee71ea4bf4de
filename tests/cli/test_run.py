import errno
import hashlib
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from tests.cli.district import TEXT

import cqsim
from cqsim.cli import main
from cqsim.disk import one_by_one, successor
from cqsim.report.numbers import growth, percent

SCENARIO = str(Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml")
FILES = ["manifest.json", "quantiles.csv", "result.json", "summary.csv", "tidy.csv"]
PATHS = ("--paths", "3000")


def invoke(*arguments):
    return CliRunner().invoke(main, ["run", SCENARIO, *arguments])


usual = cache(invoke)


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """A file that is drawn in a blink."""
    file = tmp_path_factory.mktemp("plans") / "district.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


@pytest.fixture(scope="module")
def run_district(district):
    return lambda *arguments: CliRunner().invoke(main, ["run", district, *arguments])


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A folder that a run wrote, and what that run printed."""
    folder = tmp_path_factory.mktemp("runs") / "new" / "out"
    found = invoke(*PATHS, "--seed", "5", "--threads", "2", "--json", "--out", str(folder))
    assert found.exit_code == 0
    return folder, found


def process(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "cqsim", "run", *arguments],
        check=False,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        timeout=120,
    )


def contents(folder):
    """What every file of a folder holds, by name."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def tables(text):
    """The blocks of lines between empty lines that hold a rule."""
    blocks = [block.strip("\n").split("\n") for block in text.split("\n\n")]
    return [block for block in blocks if any(re.fullmatch(r"[ |+─-]*[─-]{20}[ |+─-]*", line) for line in block)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_holds_every_target_with_its_required_growth_and_chance(language):
    result = cqsim.run(SCENARIO, paths=3000, language=language, progress=False)
    found = usual(*PATHS, "--lang", language)
    assert found.exit_code == 0
    first = tables(found.stdout)[0]
    for answer in result.answers:
        row = next(line for line in first if line.strip(" |").startswith(answer.label[:9]))
        assert growth(answer.required.cagr, language) in row
        assert percent(answer.probability) in row


def test_the_language_of_the_tables_is_that_of_the_scenario_unless_one_is_asked_for():
    assert "年接待游客量" in usual(*PATHS).stdout
    english = usual(*PATHS, "--lang", "en").stdout
    assert "Annual visitors" in english
    assert "年接待游客量" not in english


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_rows_of_a_table_are_equally_wide_on_screen(language):
    found = tables(usual(*PATHS, "--lang", language).stdout)
    assert len(found) == 3
    for table in found:
        assert len({cell_len(line) for line in table}) == 1


def test_json_is_one_document_on_stdout_and_nothing_on_stderr():
    done = process(SCENARIO, *PATHS, "--json")
    assert done.returncode == 0
    assert done.stderr == b""
    document = json.loads(done.stdout.decode("utf-8"))
    assert document["paths"] == 3000
    expected = "visitors revenue tcm wellness agriculture smart_upgrades heritage scenic_5a scenic_4a complexes"
    assert " ".join(target["indicator"] for target in document["targets"]) == expected


def test_the_run_block_of_the_scenario_holds_unless_the_command_says_otherwise():
    written = json.loads(usual(*PATHS, "--json").stdout)
    other = json.loads(invoke("--accuracy", "2pp", "--seed", "7", "--json").stdout)
    assert (written["seed"], written["paths"]) == (2022, 3000)
    assert (other["seed"], other["paths"]) == (7, 16384)


def test_the_same_seed_gives_the_same_document_and_another_seed_another(run_district):
    first, second, other = (run_district(*PATHS, "--json", "--seed", seed).stdout for seed in ("1", "1", "2"))
    assert first == second
    assert json.loads(first)["targets"] != json.loads(other)["targets"]


def test_threads_change_nothing():
    one, three = (invoke("--paths", "70001", "--json", "--threads", count).stdout for count in ("1", "3"))
    assert one == three


@pytest.mark.parametrize(("floor", "code"), [("0%", 0), ("5%", 0), ("0.05", 0), ("30%", 1), ("99%", 1)])
def test_a_chance_below_the_floor_is_exit_code_1_after_the_usual_output(floor, code, run_district):
    found = run_district(*PATHS, "--fail-below", floor)
    assert found.exit_code == code
    assert "年接待游客量" in found.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--accuracy", "3"],
        ["--accuracy", "0.1%"],
        ["--accuracy", "soon"],
        ["--accuracy", "60pp"],
        ["--paths", "1000", "--accuracy", "1pp"],
        ["--paths", "0"],
        ["--paths", "many"],
        ["--seed", "-1"],
        ["--threads", "0"],
        ["--lang", "fr"],
        ["--fail-below", "30"],
        ["--fail-below", "130%"],
        ["--fail-below", "likely"],
        ["--bogus"],
    ],
)
def test_arguments_that_make_no_sense_are_exit_code_2(arguments):
    found = invoke(*arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "错误：" in found.stderr


def test_a_floor_that_is_no_probability_is_refused_before_anything_is_drawn(monkeypatch):
    monkeypatch.setattr("cqsim.answers.run.run", None)
    found = invoke("--fail-below", "30")
    assert found.exit_code == 2
    assert "不是" in found.stderr


def test_a_missing_file_is_exit_code_2_and_named():
    done = process("scenarios/nowhere.yaml")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("scenarios/nowhere.yaml  ")


def test_a_bad_scenario_is_exit_code_2_with_line_and_column_and_nothing_written(tmp_path):
    bad = tmp_path / "bad.yaml"
    text = Path(SCENARIO).read_text(encoding="utf-8").replace("at_least: 5000", "at_leest: 5000")
    bad.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["run", str(bad), "--out", str(tmp_path / "out")])
    line = next(number for number, line in enumerate(text.splitlines(), start=1) if "at_leest" in line)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{bad}:{line}:")
    assert isinstance(done.exception, SystemExit)
    assert not (tmp_path / "out").exists()


def test_out_writes_the_files_that_agree_with_the_result(saved):
    folder, found = saved
    assert sorted(contents(folder)) == FILES
    document = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert document == json.loads(found.stdout)
    summary = pd.read_csv(folder / "summary.csv", encoding="utf-8-sig")
    assert summary["label"].tolist() == [target["label"] for target in document["targets"]]
    targets = pd.json_normalize(document["targets"])
    for column, key in (("probability", "probability"), ("required_cagr", "required.cagr")):
        np.testing.assert_allclose(summary[column], targets[key], rtol=1e-14)  # pandas 2 reads the last digit otherwise
    assert summary["required_cagr"].isna().sum() == 5  # what starts from nothing needs no growth rate


def test_the_csv_files_start_with_a_mark_by_which_excel_knows_their_encoding(saved):
    for name in ("summary.csv", "quantiles.csv"):
        content = (saved[0] / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert b"\r\r\n" not in content


def test_quantiles_hold_every_indicator_in_every_year_in_rising_order(saved):
    frame = pd.read_csv(saved[0] / "quantiles.csv", encoding="utf-8-sig")
    ids = list(cqsim.load(SCENARIO).indicators)
    expected = [(id, year) for id in ids for year in range(2021, 2027)]
    assert list(frame[["indicator", "year"]].itertuples(index=False, name=None)) == expected
    shares = frame[["p5", "p10", "p25", "p50", "p75", "p90", "p95"]]
    assert shares.notna().all(axis=None)
    assert (shares.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    # A milestone that hardly any path has reached yet has a mean above its 95 % quantile, and before it can be
    # reached no spread.
    levels = frame["indicator"].isin(["visitors", "spend", "revenue", "tcm", "wellness", "agriculture"])
    assert ((shares["p5"] <= frame["mean"]) & (frame["mean"] <= shares["p95"]))[levels].all()
    assert (frame.loc[levels & (frame["year"] > 2021), "sd"] > 0).all()


def test_the_manifest_says_what_is_needed_to_get_the_result_again(saved):
    manifest = json.loads((saved[0] / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"] == "nanchuan"
    assert manifest["scenario_sha256"] == hashlib.sha256(Path(SCENARIO).read_bytes()).hexdigest()
    assert (manifest["seed"], manifest["paths"]) == (5, 3000)
    assert manifest["flags"] == {"paths": 3000, "seed": 5}
    assert manifest["versions"]["cqsim"] == cqsim.__version__
    assert {"python", "numpy", "scipy", "pydantic"} <= manifest["versions"].keys()


def test_an_earlier_result_is_replaced_whole_and_other_files_stay(tmp_path, run_district):
    (tmp_path / "notes.txt").write_text("keep")
    for seed in ("1", "2"):
        run_district(*PATHS, "--seed", seed, "--out", str(tmp_path))
    assert contents(tmp_path).keys() == {*FILES, "notes.txt"}
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["seed"] == 2
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["seed"] == 2


def test_a_folder_that_is_a_file_is_exit_code_3_and_stays_as_it_was(tmp_path, run_district):
    occupied = tmp_path / "out"
    occupied.write_text("mine")
    for folder in (occupied, occupied / "below"):
        found = run_district(*PATHS, "--out", str(folder))
        assert (found.exit_code, found.stdout) == (3, "")
        assert str(folder) in found.stderr
        assert "Traceback" not in found.stderr
    assert occupied.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [occupied]


def test_a_full_disk_leaves_the_earlier_result_as_it_was(tmp_path, monkeypatch, run_district):
    run_district(*PATHS, "--seed", "1", "--out", str(tmp_path))
    before = contents(tmp_path)
    calls = 0

    def full(path, content, written):
        nonlocal calls
        calls += 1
        if calls > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return written(path, content)

    staged, write = one_by_one._staged, Path.write_bytes
    monkeypatch.setattr(one_by_one, "_staged", lambda path, content: full(path, content, staged))
    monkeypatch.setattr(Path, "write_bytes", lambda path, content: full(path, content, write))
    found = run_district(*PATHS, "--seed", "2", "--out", str(tmp_path))
    assert (found.exit_code, found.stdout) == (3, "")
    assert "磁盘已满" in found.stderr
    assert contents(tmp_path) == before


def test_a_file_that_another_program_holds_open_leaves_the_earlier_result_as_it_was(
    tmp_path, monkeypatch, run_district
):
    run_district(*PATHS, "--seed", "1", "--out", str(tmp_path))
    before = contents(tmp_path)

    def locked(call):
        def moved(source, target, **named):
            if tmp_path / "summary.csv" in (Path(source), Path(target)):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return call(source, target, **named)

        return moved

    def refused(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "replace", locked(os.replace))
    monkeypatch.setattr(os, "rename", locked(os.rename))
    monkeypatch.setattr(successor, "exchange", refused)
    found = run_district(*PATHS, "--seed", "2", "--out", str(tmp_path))
    assert found.exit_code == 3
    assert contents(tmp_path) == before


def test_an_indicator_without_a_value_on_any_path_is_null_in_the_document(tmp_path):
    file = tmp_path / "undefined.yaml"
    file.write_text(
        "years: {baseline: 2020, end: 2022}\n"
        "indicators:\n"
        "  a:\n"
        "    baseline: {value: 100, evidence: official}\n"
        "    growth: {model: compound, rate: 5%, volatility: 5%, evidence: official}\n"
        "  b:\n"
        "    formula: log(a - 1000)\n"
        "    targets: [{at_least: 1, year: 2022}]\n",
        encoding="utf-8",
    )
    found = CliRunner().invoke(main, ["run", str(file), "--paths", "500", "--json"])
    assert found.exit_code == 0
    target = json.loads(found.stdout)["targets"][0]
    assert (target["probability"], target["median"]) == (0.0, None)


def test_a_gbk_console_loses_nothing():
    done = process(SCENARIO, *PATHS, PYTHONIOENCODING="gbk")
    text = done.stdout.decode("gbk")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "?" not in text
    assert "特色农业综合产值" in text
    found = tables(text.replace("\r\n", "\n"))
    assert len(found) == 3
    for table in found:
        assert len({cell_len(line) for line in table}) == 1


def test_an_ascii_console_does_not_fail(district):
    done = process(district, *PATHS, "--lang", "en", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Annual visitors" in done.stdout.decode("ascii")


@pytest.mark.parametrize("extra", [(), ("--json",)])
def test_a_reader_that_goes_away_causes_no_traceback(extra, district):
    command = [sys.executable, "-m", "cqsim", "run", district, *PATHS, *extra]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
