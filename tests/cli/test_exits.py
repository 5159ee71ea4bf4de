"""How commands end: one exit code a reason, and one line for what went wrong."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.cli.district import TEXT

from cqsim.cli import main
from cqsim.cli.exits import VARIABLE
from cqsim.disk import staging

PATHS = ("--paths", "200")


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    file = tmp_path_factory.mktemp("plans") / "district.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def invoke(*arguments):
    return CliRunner().invoke(main, list(map(str, arguments)))


def writing(file, folder):
    """Every command that writes, and what it would write."""
    return {
        "run": ["run", file, *PATHS, "--lang", "en", "--out", folder / "out"],
        "report": ["report", file, *PATHS, "--lang", "en", "-o", folder / "r.md"],
        "page": ["report", file, *PATHS, "--lang", "en", "-o", folder / "r.html"],
        "chart": ["chart", file, *PATHS, "--lang", "en", "--kind", "growth", "-o", folder / "c.svg"],
        "new": ["new", folder / "plan", "--lang", "en"],
    }


COMMANDS = list(writing("", Path()))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_cannot_be_written_to_is_exit_code_3_and_one_line(command, district, tmp_path):
    (tmp_path / "file").write_text("mine")
    done = invoke(*writing(district, tmp_path / "file")[command])
    assert (done.exit_code, done.stdout) == (3, "")
    assert len(done.stderr.splitlines()) == 1
    assert " cannot be written: a file stands where a folder is needed" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_is_exit_code_3_and_leaves_nothing(command, district, tmp_path, monkeypatch):
    def full(place):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")

    for module in ("one_by_one", "successor", "atomic"):
        monkeypatch.setattr(f"cqsim.disk.{module}.beside", full)
    done = invoke(*writing(district, tmp_path)[command])
    assert (done.exit_code, done.stdout) == (3, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(str(tmp_path))
    assert done.stderr.endswith(" cannot be written: the disk is full\n")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_the_place_of_a_report_stays(district, tmp_path):
    (tmp_path / "r.md").mkdir()
    done = invoke(*writing(district, tmp_path)["report"])
    assert done.exit_code == 3
    assert "a folder of that name stands there" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["r.md"]


@pytest.mark.parametrize("shown", [False, True])
def test_a_fault_of_ours_is_exit_code_3_and_says_so_in_one_line(shown, district, monkeypatch):
    def broken(*_, **__):
        raise KeyError("of\nours")

    monkeypatch.setattr("cqsim.answers.run.run", broken)
    if shown:
        monkeypatch.setenv(VARIABLE, "1")
    done = invoke("run", district, "--lang", "en")
    assert (done.exit_code, done.stdout) == (3, "")
    *before, line = done.stderr.splitlines()
    assert line.startswith("this is a fault of cqsim, not of your input: KeyError: 'of\\nours'")
    assert f"{VARIABLE}=1 shows where" in line
    assert ("Traceback (most recent call last):" in before) == shown


def test_a_full_memory_is_no_fault_of_ours(district, monkeypatch):
    def full(*_, **__):
        raise MemoryError

    monkeypatch.setattr("cqsim.answers.run.run", full)
    done = invoke("run", district, "--lang", "en")
    assert done.exit_code == 3
    assert done.stderr == "the memory is used up; use fewer --paths or --threads, or close other programs\n"


def test_an_interrupted_command_is_exit_code_130_and_quiet(district, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cqsim.answers.run.run", interrupted)
    done = invoke("run", district)
    assert (done.exit_code, done.output) == (130, "")


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no signals of pipes")
@pytest.mark.parametrize("arguments", [("run", "--json"), ("run",), ("sources",), ("schema",), ("check",), ("--help",)])
def test_a_reader_that_leaves_is_exit_code_141_and_quiet_and_loses_no_file(arguments, district, tmp_path):
    command, *options = arguments
    file = [] if command in ("schema", "--help") else [district]
    out = ["--out", str(tmp_path / "out"), *PATHS] if command == "run" else []
    words = [sys.executable, "-m", "cqsim", command, *file, *options, *out]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 141
    assert (tmp_path / "out" / "result.json").exists() == bool(out)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_without_room_is_exit_code_3_and_one_line(district):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cqsim", "sources", district, "--lang", "en"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.decode() == "the output cannot be written: the disk is full\n"


def test_what_was_written_earlier_and_is_not_now_goes_unless_it_was_changed(district, tmp_path):
    cases = tmp_path / "cases.yaml"
    levels = "cases:\n  good: {set: {indicators.visitors.growth.rate: 12%}}\n"
    cases.write_text(TEXT + levels, encoding="utf-8")
    everything = ("run", cases, *PATHS, "--case", "all", "--out", tmp_path / "out")
    for changed in (False, True):
        assert invoke(*everything).exit_code == 0
        if changed:
            (tmp_path / "out" / "cases.csv").write_text("mine")
        assert invoke("run", cases, *PATHS, "--out", tmp_path / "out").exit_code == 0
        assert (tmp_path / "out" / "cases.csv").exists() == changed


def test_a_report_of_an_id_that_names_no_file_is_written(tmp_path):
    file = tmp_path / "odd.yaml"
    file.write_text("id: 东部/CON\n" + TEXT.replace("id: district\n", ""), encoding="utf-8")
    done = invoke("report", file, *PATHS, "-o", tmp_path / "my report (1).md")
    assert done.exit_code == 0, done.output
    text = (tmp_path / "my report (1).md").read_text(encoding="utf-8")
    pictures = list((tmp_path / "my report (1)_files").rglob("*.svg"))
    assert len(pictures) > 3
    for path in pictures:
        link = path.relative_to(tmp_path).as_posix().replace(" ", "%20").replace("(", "%28").replace(")", "%29")
        assert f"]({link})" in text


def test_a_writer_does_not_wait_for_who_keeps_the_folder(district, tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "_PATIENCE", 0.05)
    with staging.alone_in(tmp_path):
        assert invoke(*writing(district, tmp_path)["chart"]).exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_control_c_ends_a_run_at_once_with_130(district):
    words = [sys.executable, "-m", "cqsim", "run", district, "--paths", "2000000000"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(2)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said == (b"", b"")
