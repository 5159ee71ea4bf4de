"""Every command that writes, killed at random moments: old or new stands there, and the next run leaves no litter."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import unquote

MINE = {"out/thesis.txt": b"mine", "thesis.txt": b"mine too"}
_PLAN = Path(__file__).parents[2] / "docs" / "zh" / "tutorial" / "1_target.yaml"
_FEW = ("--paths", "200", "--threads", "1")
_LINK = re.compile(r"!\[.*?\]\((.*?)\)\n")

State = dict[str, bytes]


@dataclass(frozen=True)
class Writer:
    """A command that writes, and what of its folder is its own.

    Parameters
    ----------
    name : str
    arguments : tuple of str
        Two runs differ in their seed, where the command takes one.
    seeded : bool
    """

    name: str
    arguments: tuple[str, ...]
    seeded: bool = True

    def command(self, seed: int) -> list[str]:
        return [*self.arguments, *(("--seed", str(seed)) if self.seeded else ())]

    def state(self, folder: Path) -> State:
        """What a reader sees: of a Markdown report the text and the pictures it shows, else every file."""
        files = _files(folder)
        if "r.md" not in files:
            return {} if self.name == "markdown" else files
        shown = {unquote(link) for link in _LINK.findall(files["r.md"].decode())}
        return {name: files.get(name, b"missing") for name in ("r.md", *shown)}


WRITERS = (
    Writer("run", ("run", "plans/a.yaml", *_FEW, "--out", "out")),
    Writer("folder", ("run", "plans", *_FEW, "--out", "out")),
    Writer("markdown", ("report", "plans/a.yaml", *_FEW[:2], "-o", "r.md")),
    Writer("page", ("report", "plans/a.yaml", *_FEW[:2], "-o", "r.html")),
    Writer("word", ("report", "plans/a.yaml", *_FEW[:2], "-o", "r.docx")),
    Writer("chart", ("chart", "plans/a.yaml", *_FEW, "--kind", "growth", "-o", "c.svg")),
    Writer("new", ("new", "plan"), seeded=False),
)


def kill_all(count: int, seed: int = 0) -> Iterator[str]:
    """So many kills, the commands in turn; yields a line for each that left something it should not."""
    _preload()
    random = Random(seed)
    known = {writer.name: _known(writer) for writer in WRITERS}
    for number in range(count):
        writer = WRITERS[number % len(WRITERS)]
        for fault in _kill(writer, random, *known[writer.name], afresh=random.random() < 0.3):
            yield f"{writer.name}, kill {number}: {fault}"


def _preload() -> None:
    """Load once what every command needs: a child begins with all of it, and is killed where it writes."""
    import cqsim

    with tempfile.TemporaryDirectory() as folder:
        for ending in ("md", "html", "docx"):
            cqsim.run(_PLAN, paths=64, threads=1, progress=False).report(f"{folder}/x.{ending}")


def _known(writer: Writer) -> tuple[State, State, float]:
    """What the command leaves with each of two seeds, and how long it takes."""
    states = []
    for seed in (1, 2):
        with _folder() as folder:
            begun = time.monotonic()
            _finish(_started(writer.command(seed), folder))
            taken = time.monotonic() - begun
            states.append(writer.state(folder))
    return states[0], states[1], taken


def _kill(writer: Writer, random: Random, old: State, new: State, taken: float, *, afresh: bool) -> Iterator[str]:
    with _folder() as folder:
        if not afresh and writer.seeded:
            _finish(_started(writer.command(1), folder))
        old = writer.state(folder)
        mine = MINE if (folder / "out").exists() else {"thesis.txt": MINE["thesis.txt"]}
        for name, content in mine.items():
            (folder / name).write_bytes(content)
        child = _started(writer.command(2), folder)
        if random.random() < 0.5:
            time.sleep(random.uniform(0, 1.1 * taken))
        else:  # as soon as something is being written, or a little later
            _await_writing(folder, 2 * taken)
            time.sleep(random.choice((0, random.uniform(0, 0.003))))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        seen = {name: content for name, content in writer.state(folder).items() if name not in mine}
        halves = {} if writer.seeded else {name: content for name, content in new.items() if name.endswith(".json")}
        if seen not in (old, new, halves):
            yield f"neither old nor new: {sorted(seen)}"
        if any(_files(folder).get(name) != content for name, content in mine.items()):
            yield "a file of somebody else is lost"
        if not writer.seeded:
            (folder / "plan.yaml").unlink(missing_ok=True)
        _finish(_started(writer.command(2), folder))
        after = {name: content for name, content in _files(folder, hidden=True).items() if name not in mine}
        if after != new:
            yield f"after the next run: {sorted(after)}"


class _folder(tempfile.TemporaryDirectory[str]):  # noqa: N801  # used as a function is
    """A folder with two plans."""

    def __enter__(self) -> Path:  # type: ignore[override]
        folder = Path(super().__enter__())
        (folder / "plans").mkdir()
        for name in ("a", "b"):
            shutil.copy(_PLAN, folder / "plans" / f"{name}.yaml")
        return folder


def _files(folder: Path, *, hidden: bool = False) -> State:
    files: State = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("plans/") and (hidden or ".cqsim-writing-" not in name):
            files[name] = path.read_bytes()
    return files


def _started(command: list[str], folder: Path) -> int:
    """A child that runs a command in a folder."""
    child = os.fork()
    if child:
        return child
    try:
        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        from cqsim.cli import main

        main(command)
    except SystemExit as done:
        os._exit(done.code if isinstance(done.code, int) else 9)
    finally:
        sys.stderr.flush()
        os._exit(9)


def _finish(child: int) -> None:
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == 0, f"a run that nobody disturbed ended with {code}"


def _await_writing(folder: Path, patience: float) -> None:
    given_up = time.monotonic() + patience
    while time.monotonic() < given_up:
        if any(folder.glob(".cqsim-writing-*")) or any(folder.glob("*/.cqsim-writing-*")):
            return
