"""Seconds of `cqsim backtest` with its default model beside statsforecast's AutoETS, on 10,000 generated series.

    python benchmarks/fitting.py [--series N] [--rounds N]

Each as fresh processes, in turn, on two processors. cqsim fits, draws 2,000 futures a series and scores them; AutoETS
fits and gives means and 95 % intervals, which are written to a file and not scored.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np

POINTS, HORIZON = 20, 6
CQSIM = "-m cqsim backtest DATA --model trend --workers 2 --json"
AUTO_ETS = """
import sys
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import AutoETS
found = pd.read_csv(sys.argv[1])
past = found[found.split == "train"].rename(columns={"series": "unique_id", "period": "ds", "value": "y"})
tool = StatsForecast(models=[AutoETS()], freq=1, n_jobs=2)
tool.forecast(df=past.drop(columns="split"), h=6, level=[95]).to_csv(sys.argv[2], index=False)
"""


def generate(path: Path, count: int) -> None:
    """Random walks on the log scale, 3 % growth a year, volatilities from 1 to 30 %."""
    random = np.random.default_rng(20)
    steps = random.standard_normal((count, POINTS + HORIZON)) * random.uniform(0.01, 0.3, (count, 1))
    values = 100 * np.exp(np.cumsum(0.03 + steps, axis=1))
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["series", "period", "value", "split"])
        for name, row in enumerate(values):
            for period, value in enumerate(row):
                rows.writerow([f"S{name:05}", period, f"{value:.4f}", "train" if period < POINTS else "test"])


def seconds(command: list[str], out: Path) -> float:
    """Wall time of one fresh process."""
    began = time.perf_counter()
    with out.open("w") as file:
        subprocess.run([sys.executable, *command], check=True, stdout=file)
    return time.perf_counter() - began


def main() -> None:
    """Run in turn, print each round's seconds and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(*(f"{name} {version(name)}" for name in ("cqsim", "statsforecast", "numpy", "scipy")), sep=", ")
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        data, printed, means = (Path(folder, name) for name in ("data.csv", "printed", "means.csv"))
        generate(data, options.series)
        own = [str(data) if word == "DATA" else word for word in CQSIM.split()]
        for _ in range(options.rounds):
            cqsim, ets = seconds(own, printed), seconds(["-c", AUTO_ETS, str(data), str(means)], printed)
            ratios.append(cqsim / ets)
            print(f"cqsim {cqsim:6.1f} s   AutoETS {ets:6.1f} s   cqsim over AutoETS {ratios[-1]:.2f}")
    print(f"median ratio {median(ratios):.2f} ({min(ratios):.2f} - {max(ratios):.2f})")


if __name__ == "__main__":
    main()
