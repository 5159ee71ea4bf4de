"""Inputs tried in worker processes, each with a limit of CPU time and memory."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from tests.fuzz.inputs import make

SECONDS = 5  # of CPU an input
MEMORY = 1 << 30  # bytes an input, beyond what the program itself takes
_HARD = 60  # seconds of wall time after which a worker that does not even answer its timer is ended


@dataclass(frozen=True)
class Failure:
    """An input for which something did not hold."""

    seed: int
    number: int
    text: str

    def keep(self, folder: Path) -> Path:
        """Write the input and what went wrong; returns where."""
        kept = folder / f"{self.seed}-{self.number}"
        make(self.seed, self.number).write(kept)
        (kept / "failure.txt").write_text(f"{self}\n", encoding="utf-8")
        return kept

    def __str__(self) -> str:
        return f"python -m tests.fuzz --seed {self.seed} --only {self.number}\n{self.text}"


@dataclass
class _Worker:
    """A process with the numbers that it has still to try, and when it was heard of last."""

    process: SpawnProcess
    numbers: list[int]
    heard: float = field(default_factory=time.monotonic)


def hunt(seed: int, numbers: Sequence[int], workers: int = 1) -> Iterator[Failure]:
    """The inputs of these numbers for which something does not hold, as they are found."""
    root = str(Path(__file__).parents[2])
    if root not in sys.path:  # pytest imports this module without it; the workers import it by name
        sys.path.append(root)
    running = dict(_started(seed, list(numbers[first::workers])) for first in range(min(workers, len(numbers))))
    while running:
        for pipe in wait(list(running), timeout=1):
            worker = running[pipe]
            try:
                number, text = pipe.recv()
            except EOFError:  # done, or dead
                del running[pipe]
                worker.process.join()
                if worker.numbers:
                    yield Failure(seed, worker.numbers.pop(0), f"the process died: {worker.process.exitcode}")
                if worker.numbers:
                    running |= dict([_started(seed, worker.numbers)])
                continue
            worker.numbers.remove(number)
            worker.heard = time.monotonic()
            if text:
                yield Failure(seed, number, text)
        for worker in running.values():
            if time.monotonic() - worker.heard > _HARD:
                worker.process.kill()  # its pipe closes, and another takes its place


def _started(seed: int, numbers: list[int]) -> tuple[Connection, _Worker]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(seed, numbers, theirs), daemon=True)
    process.start()
    theirs.close()
    return ours, _Worker(process, numbers)


def _work(seed: int, numbers: list[int], pipe: Connection) -> None:
    _prepare()
    for number in list(numbers):
        pipe.send((number, trial(seed, number)))
    pipe.close()


def _prepare() -> None:
    """Everything that is loaded once, so that no input pays for it; then the limits."""
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    import matplotlib.pyplot  # noqa: F401

    import cqsim

    example = Path(__file__).parents[2] / "docs" / "zh" / "tutorial" / "1_target.yaml"
    with tempfile.TemporaryDirectory() as folder:
        cqsim.run(example, paths=64, progress=False).report(f"{folder}/x.html")
    signal.signal(signal.SIGPROF, _too_slow)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.RLIM_INFINITY))


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} seconds of CPU")


def trial(seed: int, number: int) -> str:
    """What went wrong with an input, or nothing."""
    from tests.fuzz.properties import check

    given, back = make(seed, number), Path.cwd()
    folder = tempfile.mkdtemp(prefix="fuzz-")
    given.write(Path(folder))
    os.chdir(folder)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        check(given, number)
    except BaseException:
        return traceback.format_exc(limit=-12)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        os.chdir(back)
        shutil.rmtree(folder, ignore_errors=True)
    return ""
