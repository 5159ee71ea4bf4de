"""`python -m tests.fuzz --inputs N --seed S`: bent inputs, any number of them; `--kills N`: killed commands.

Failures are written to a folder each, with the command that repeats them.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

from tests.fuzz.hunting import SECONDS, _too_slow, hunt, trial
from tests.fuzz.kills import kill_all


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--only", type=int, help="try the input of this number, in this process")
    parser.add_argument("--kills", type=int, help="instead: so many commands that write, killed at random moments")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for inputs that failed")
    asked = parser.parse_args()
    if asked.kills is not None:
        count = 0
        for fault in kill_all(asked.kills, asked.seed):
            count += 1
            print(fault, flush=True)
        print(f"{asked.kills} kills, {count} failures")
        return bool(count)
    if asked.only is not None:
        signal.signal(signal.SIGPROF, _too_slow)
        text = trial(asked.seed, asked.only)
        print(text or f"nothing wrong within {SECONDS} s of CPU")
        return bool(text)
    started, count = time.monotonic(), 0
    for failure in hunt(asked.seed, range(asked.inputs), asked.workers):
        count += 1
        print(f"{failure}\n  kept in {failure.keep(asked.keep)}\n", flush=True)
    print(f"{asked.inputs} inputs, {count} failures, {time.monotonic() - started:.0f} s")
    return bool(count)


if __name__ == "__main__":
    sys.exit(main())
