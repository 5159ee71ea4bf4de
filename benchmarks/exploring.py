"""Time of one move of a slider in `cqsim.explore` beside drawing one fan chart.

    python benchmarks/exploring.py [FILE...]

A move changes the scenario, checks it, draws 5,000 paths, works out the answers and draws the chart. Moves and charts
alternate in one process without a kernel; what a notebook needs to send the picture and show it is not in it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cqsim
from cqsim.report.document import Picture
from cqsim.report.formats.pictures import small_png

ROUNDS = 40
DEFAULT = Path(__file__).parent.parent / "scenarios"


Time = tuple[float, float]
"""Wall clock and processor, in ms."""


def milliseconds(work: Callable[[], object]) -> Time:
    wall, own = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - own) * 1000


def measured(file: Path) -> tuple[list[Time], list[Time]]:
    """Times of moves and of charts."""
    panel = cqsim.explore(file)
    result, slider = panel.result, panel.target_sliders.children[0]
    chart = Picture("fan", lambda: result.plot.fan(result.answers[0].indicator), "", "")

    def move() -> None:
        slider.value = slider.value + slider.step if slider.value + slider.step <= slider.max else slider.min

    times = [(milliseconds(move), milliseconds(lambda: small_png(chart))) for _ in range(ROUNDS + 3)]
    moves, charts = zip(*times[3:], strict=True)  # the first ones import and fill caches
    return list(moves), list(charts)


def main() -> None:
    """Print medians and ratios."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(DEFAULT.glob("*.yaml"))
    print(f"{'scenario':16} {'a move, ms':>12} {'its processor':>14} {'a chart, ms':>12} {'ratio':>6}")
    for file in files:
        moves, charts = measured(file)
        wall, own = (statistics.median(kind) for kind in zip(*moves, strict=True))
        chart = statistics.median(wall for wall, _ in charts)
        print(f"{file.stem:16} {wall:12.0f} {own:14.0f} {chart:12.0f} {wall / chart:6.1f}")


if __name__ == "__main__":
    main()
