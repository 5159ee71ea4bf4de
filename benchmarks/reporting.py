"""Time to write a report with all charts beside importing matplotlib and drawing one empty figure.

    python benchmarks/reporting.py [FILE]

All as fresh processes, in turn; the shortest of each counts, since anything longer is the machine's doing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
PATHS = "20000"
DEFAULT = Path(__file__).parent.parent / "scenarios" / "nanchuan.yaml"
EMPTY = """
import io
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
figure = Figure()
FigureCanvasAgg(figure)
figure.add_subplot()
figure.savefig(io.BytesIO())
"""


WRITING = """
import sys, time
import cqsim
result = cqsim.run(sys.argv[1], paths=int(sys.argv[2]), progress=False)
start = time.perf_counter()
result.report(sys.argv[3])
print(time.perf_counter() - start)
"""


def seconds(command: list[str]) -> float:
    """Wall time of one fresh process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def writing(file: str, page: Path) -> float:
    """Time of the report alone, with the import of matplotlib, once the futures are drawn."""
    command = [sys.executable, "-c", WRITING, file, PATHS, str(page)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Print the ratios and the size of the page."""
    file = sys.argv[1] if len(sys.argv) > 1 else str(DEFAULT)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        programs = {
            "matplotlib and an empty figure": ["-c", EMPTY],
            f"run, {PATHS} paths": ["-m", "cqsim", "run", file, "--paths", PATHS],
            f"report, {PATHS} paths": ["-m", "cqsim", "report", file, "--paths", PATHS, "-o", str(page)],
        }
        rounds = [[seconds(command) for command in programs.values()] for _ in range(ROUNDS)]
        alone = min(writing(file, page) for _ in range(ROUNDS))
        size = page.stat().st_size
    best = dict(zip(programs, map(min, zip(*rounds, strict=True)), strict=True))
    base = best["matplotlib and an empty figure"]
    for name, value in best.items():
        print(f"{name:32} {value:5.2f} s  {value / base:4.1f}")
    print(f"{'of it the report alone':32} {alone:5.2f} s  {alone / base:4.1f}")
    print(f"{'size of the page':32} {size / 1e6:5.2f} MB")


if __name__ == "__main__":
    main()
