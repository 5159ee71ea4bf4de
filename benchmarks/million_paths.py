"""Wall time and peak memory of cqsim beside a plain NumPy program that answers the same questions.

Both run as fresh processes, in turn, so that start-up counts and a noisy machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
SCENARIO = HERE / "nanchuan_levels.yaml"
PLAIN = str(HERE / "plain_numpy.py")
# Bytes in a unit of ru_maxrss.
UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass
class Program:
    """A command and what its runs took."""

    name: str
    command: list[str]
    seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    answers: dict = field(default_factory=dict)

    def run(self):
        """One fresh process."""
        with tempfile.TemporaryFile() as out:
            began = time.perf_counter()
            process = subprocess.Popen(self.command, stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - began)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                sys.exit(f"{self.name} ended with exit code {process.returncode}")
            self.mebibytes.append(usage.ru_maxrss * UNIT / 2**20)
            out.seek(0)
            self.answers = json.load(out)

    def forget(self):
        """Leave out what was measured so far."""
        self.seconds.clear()
        self.mebibytes.clear()


def programs(options, folder):
    """Cqsim, the plain program, and the plain program that does less."""
    paths = ["--paths", str(options.paths)]
    threads = ["--threads", str(options.threads)] if options.threads else []
    # --out, because the plain program works out the quantiles of every year as well
    cqsim = ["-m", "cqsim", "run", str(SCENARIO), *paths, *threads, "--json", "--out", folder]
    return [
        Program("cqsim", [sys.executable, *cqsim]),
        Program("plain", [sys.executable, PLAIN, *paths]),
        Program("plain, hits only", [sys.executable, PLAIN, *paths, "--hits-only"]),
    ]


def spread(values, digits=2):
    """Median, lowest and highest."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f} - {max(values):.{digits}f})"


def ratios(own, other):
    """Ratio in each round."""
    return [one / two for one, two in zip(own, other, strict=True)]


def compare(cqsim, plain, paths):
    """Print the chances of both and stop when they differ by more than Monte Carlo error."""
    found = {target["indicator"]: target["probability"] for target in cqsim["targets"]} | {"all": cqsim["joint"]["all"]}
    other = {name: target["probability"] for name, target in plain["targets"].items()} | {"all": plain["joint"]}
    print(f"{'chance of':<18}{'cqsim':>10}{'plain':>10}{'difference / its standard error':>34}")
    for name, one in found.items():
        two = other[name]
        middle = (one + two) / 2
        error = (2 * max(middle * (1 - middle), 1 / paths) / paths) ** 0.5
        print(f"{name:<18}{one:>10.5f}{two:>10.5f}{(one - two) / error:>34.2f}")
        if abs(one - two) > 5 * error:
            sys.exit(f"{name}: the two programs disagree")


def main():
    """Run, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paths", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, help="of cqsim; default: one for each processor")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        every = programs(options, folder)
        for number in range(options.rounds + 1):
            for program in every:
                program.run()
                if number == 0:  # the first round warms the file cache
                    program.forget()
    cqsim, *others = every
    compare(cqsim.answers, others[0].answers, options.paths)
    print(f"\n{'':<18}{'wall time, s':>22}{'peak memory, MiB':>26}")
    for program in every:
        print(f"{program.name:<18}{spread(program.seconds):>22}{spread(program.mebibytes, 0):>26}")
    print(f"\n{'cqsim over':<18}{'wall time':>22}{'peak memory':>26}")
    for program in others:
        wall, memory = ratios(cqsim.seconds, program.seconds), ratios(cqsim.mebibytes, program.mebibytes)
        print(f"{program.name:<18}{spread(wall):>22}{spread(memory, 3):>26}")


if __name__ == "__main__":
    main()
