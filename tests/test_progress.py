import io
import os
import re
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest

import cqsim
from cqsim.progress import progress_bar

FILE = str(Path(__file__).parents[1] / "scenarios" / "nanchuan.yaml")
SCENARIO = cqsim.load(FILE)
BAR = re.compile(r"路径: +\d")


# A run whose bar is due at once, as that of a long run after a second.
AT_ONCE = (
    "import tqdm.auto as auto; bar = auto.tqdm; auto.tqdm = lambda **named: bar(**{**named, 'delay': 0})\n"
    f"from cqsim.cli import main; main(['run', {FILE!r}, '--paths', '40000'])"
)


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves only when told."""
    now = [1000.0]
    monkeypatch.setattr("tqdm.std.time", lambda: now[0])
    return now


def reports(scenario=SCENARIO, **length):
    seen = []
    result = cqsim.run(scenario, progress=lambda done, expected: seen.append((done, expected)), **length)
    return result, seen


@pytest.mark.parametrize("threads", [1, 2])
def test_a_function_hears_of_a_fixed_number_of_paths_until_all_are_done(threads):
    result, seen = reports(paths=100_000, threads=threads)
    assert all(first[0] <= second[0] for first, second in pairwise(seen))
    assert {expected for _, expected in seen} == {100_000}
    assert seen[-1] == (result.paths, 100_000)


def test_a_function_never_hears_of_more_done_than_expected():
    result, seen = reports(accuracy="0.5pp")
    assert all(first[0] <= second[0] for first, second in pairwise(seen))
    assert all(done <= expected for done, expected in seen)
    assert seen[-1] == (result.paths, result.paths)


def test_all_is_done_at_the_end_even_when_more_was_expected():
    others = {f"indicators.{id}.targets": [] for id in SCENARIO.indicators if id != "visitors"}
    for seed in range(6):  # so close to an accuracy that takes twice the paths that some seeds expect too many
        result, seen = reports(SCENARIO.replace(others), accuracy="0.516pp", seed=seed)
        assert seen[-1] == (result.paths, result.paths)


def test_the_reports_change_no_result():
    silent = cqsim.run(SCENARIO, paths=50_000, progress=False)
    assert reports(paths=50_000)[0].to_dict() == silent.to_dict()


def test_an_error_in_the_function_ends_the_run():
    def stop(done, expected):
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        cqsim.run(SCENARIO, paths=100_000, progress=stop)


def test_false_is_silent_even_on_a_terminal(monkeypatch, clock):
    monkeypatch.setattr("sys.stderr", Terminal())
    with progress_bar(False, "en") as report:
        clock[0] += 10
        report(5, 10)
    assert sys.stderr.getvalue() == ""


def test_a_bar_is_silent_when_stderr_is_piped(capsys):
    cqsim.run(SCENARIO, paths=20_000, progress=True)
    with progress_bar(True, "en") as report:
        report(10, 10)
    found = capsys.readouterr()
    assert (found.out, found.err) == ("", "")


def test_a_long_run_says_nothing_on_stderr_when_piped():
    command = [sys.executable, "-c", AT_ONCE]
    done = subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.stderr == b""


@pytest.mark.parametrize(("language", "word"), [("en", "paths"), ("zh", "路径")])
def test_a_bar_appears_on_a_terminal_after_a_second_and_clears_itself(monkeypatch, clock, language, word):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress_bar(True, language) as report:
        clock[0] += 0.5
        report(1000, 4000)
        assert terminal.getvalue() == ""
        clock[0] += 1.0
        report(3000, 4000)
        assert f"{word}:  75%" in terminal.getvalue()
        assert "3.00k/4.00k" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
    assert "\n" not in terminal.getvalue()


def on_a_terminal(*command):
    """What a process shows on a pseudo-terminal."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (40, 120))
    shown = b""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    with subprocess.Popen([sys.executable, *command], stdin=slave, stdout=slave, stderr=slave, env=environment):
        os.close(slave)
        with suppress(OSError):  # how Linux says that the other end is closed
            while some := os.read(master, 65536):
                shown += some
    os.close(master)
    return shown.decode("utf-8")


def test_a_long_run_shows_a_bar_on_a_terminal():
    shown = on_a_terminal("-c", AT_ONCE)
    assert BAR.search(shown)
    assert "年接待游客量" in shown


def test_a_short_run_shows_no_bar_on_a_terminal():
    shown = on_a_terminal("-m", "cqsim", "run", FILE, "--paths", "3000")
    assert not BAR.search(shown)
    assert "年接待游客量" in shown
