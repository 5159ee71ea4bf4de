"""What the official class of progress is worth as a forecast, beside cqsim's probability.

    python benchmarks/official_classes.py m3_yearly.csv [--last N] [--half 0|1] [--out FOLDER]

Each series has a target for its last test value: the last training value grown on at a pace times the growth of the
whole training history. One file of targets a pace is written, for `cqsim backtest --targets`. The history is classed by
the rule of Statistics Canada as Open SDG took it over in 2025, from its first point to the target. As a forecast a
class is read in the most favourable way: it says the share of hits among the very targets that it is scored on.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from markdown import table

from cqsim.answers.backtest.data import Series, read_series
from cqsim.answers.backtest.forecasters import half, trend
from cqsim.answers.backtest.scores import score
from cqsim.rates import cagr
from cqsim.yardsticks.growth_rates import statcan_2025
from cqsim.yardsticks.record import Record

PACES = (1.2, 1.0, 0.5, 2.0, 4.0)  # the default target, the fair one, and others for a wider choice of classes
COLUMNS = ("targets", "share", "hit", "mean chance", "Brier of class", "Brier of cqsim")


def write_targets(data, pace, path):
    """The targets of one pace; none where the first or last value is not positive, or nothing grew."""
    found = []
    for name, rows in pd.read_csv(data).groupby("series", sort=False):
        train, test = (rows[rows.split == part] for part in ("train", "test"))
        growth = cagr(train.value.iloc[0], train.value.iloc[-1], len(train) - 1)
        if growth and 1 + pace * growth > 0:
            target = train.value.iloc[-1] * (1 + pace * growth) ** len(test)
            found.append([name, test.period.iloc[-1], target, "at_least" if growth > 0 else "at_most"])
    pd.DataFrame(found, columns=["series", "period", "target", "sense"]).to_csv(path, index=False)


def standing(series):
    """The official class of a history on its way to the target."""
    (goal,) = series.goals
    years = tuple(range(len(series.train)))
    direction = "increase" if goal.at_least else "decrease"
    return statcan_2025(Record(years, series.train, direction, goal.level, years[-1] + goal.steps)).standing


def forecasts(data, targets, options):
    """By class: cqsim's probability of each target and whether it was hit, shape (targets, 2)."""
    found = defaultdict(list)
    for one in read_series(data, targets, None):
        if isinstance(one, Series) and one.goals and options.half in (None, half(one.name)):
            found[standing(one)] += score(one, trend, options.last).chances
    return {name: np.array(chances, np.float64) for name, chances in sorted(found.items())}


def briers(chances):
    """Brier score of the share of hits, and of the probabilities."""
    given, hits = chances.T
    return np.array([np.mean((hits.mean() - hits) ** 2), np.mean((given - hits) ** 2)])


def report(title, found):
    """One row a class, and all together: there each target is scored with its own class."""
    every = np.concatenate(list(found.values()))
    pooled = sum(briers(chances) * len(chances) for chances in found.values()) / len(every)
    rows = []
    for name, chances, scores in [*((*item, briers(item[1])) for item in found.items()), ("all", every, pooled)]:
        count, (given, hits) = len(chances), chances.mean(axis=0)
        shares = map("{:.1%}".format, (count / len(every), hits, given))
        rows.append([name, str(count), *shares, *map("{:.4f}".format, scores)])
    print(table([title, *COLUMNS], rows), end="\n\n")


def main():
    """Print one table a pace, and one of all paces together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--last", type=int, help="cqsim sees only so many of the last training values")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the series, by their names")
    parser.add_argument("--out", type=Path, default=Path(), help="where files of targets are written")
    options = parser.parse_args()
    together = defaultdict(list)
    for pace in PACES:
        targets = options.out / f"{options.data.stem}_targets_{pace}.csv"
        write_targets(options.data, pace, targets)
        found = forecasts(options.data, targets, options)
        report(f"pace {pace}", found)
        for name, chances in found.items():
            together[name].append(chances)
    report("all paces", {name: np.concatenate(chances) for name, chances in together.items()})


if __name__ == "__main__":
    main()
