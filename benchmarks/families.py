"""Scores on generated series of which it is known how they grow.

    python benchmarks/families.py [--series N] > benchmarks/families.md

Eight families, yearly volatilities from 0.5 to 50 %, 8 and 20 known points, 6 years ahead, fixed seeds. A family gives
logs of levels; models see levels and do not know the family. `trend_logit` is run on shares only.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
from markdown import table

import cqsim

MODELS = ("trend", "random_walk", "student", "naive")
VOLATILITIES = (0.005, 0.02, 0.06, 0.2, 0.5)
LENGTHS = (8, 20)
HORIZON = 6
DRIFT = 0.05
MEASURES = {"coverage_0.95": "{:.1%}", "msis_mean": "{:.1f}", "msis_median": "{:.1f}", "mase": "{:.2f}"}
HEAD = """# Scores on generated series

Printed by `python benchmarks/families.py`, which says what each family is; cqsim {version}, {count} series for each
family, volatility and length, 6 years ahead. Cells are means over the kinds of series that they do not name. A mean
MSIS or MASE over volatilities is ruled by the highest one: read the median beside it.
"""


def constant_drift(random, years, volatility):
    """The same growth a year on average."""
    return np.cumsum(DRIFT + volatility * random.standard_normal(years))


def no_drift(random, years, volatility):
    """A random walk."""
    return np.cumsum(volatility * random.standard_normal(years))


def ar1_growth(random, years, volatility):
    """Growth that stays above or below its mean for a while: persistence 0.6."""
    away = random.standard_normal(years)
    for year in range(1, years):
        away[year] = 0.6 * away[year - 1] + 0.8 * away[year]
    return np.cumsum(DRIFT + volatility * away)


def growth_breaks(random, years, volatility):
    """Growth that jumps by 8 points a year, up or down, once among the known years."""
    later = np.arange(years) >= random.integers(2, years - HORIZON)
    return constant_drift(random, years, volatility) + random.choice([-0.08, 0.08]) * np.cumsum(later)


def growth_slows(random, years, volatility):
    """Growth that begins at 10 % a year and loses a tenth of itself each year."""
    return np.cumsum(0.1 * 0.9 ** np.arange(years)) + no_drift(random, years, volatility)


def measured_with_noise(random, years, volatility):
    """Constant drift, and each level read with an error of one volatility."""
    return constant_drift(random, years, volatility) + volatility * random.standard_normal(years)


def saturating_shares(random, years, volatility):
    """A share in per cent, at first between 5 and 40; its log-odds rise by 0.15 a year."""
    share = random.uniform(0.05, 0.4)
    odds = np.log(share / (1 - share)) + np.cumsum(0.15 + volatility * random.standard_normal(years))
    return -np.log1p(np.exp(-odds))


def drift_wanders(random, years, volatility):
    """Growth whose mean is a random walk, with steps of a fifth of the volatility."""
    wandering = np.cumsum(0.2 * volatility * random.standard_normal(years))
    return constant_drift(random, years, volatility) + np.cumsum(wandering)


FAMILIES: tuple[Callable, ...] = (
    constant_drift,
    no_drift,
    ar1_growth,
    growth_breaks,
    growth_slows,
    measured_with_noise,
    saturating_shares,
    drift_wanders,
)


def generated(family, volatility, length, count):
    """Series of one kind, as a long table."""
    years = length + HORIZON
    random = np.random.default_rng([FAMILIES.index(family), VOLATILITIES.index(volatility), length])
    levels = [family(random, years, volatility) for _ in range(count)]
    kind = f"{family.__name__}/{volatility}/{length}"
    return pd.DataFrame(
        {
            "series": np.repeat([f"{kind}/{number}" for number in range(count)], years),
            "period": np.tile(range(years), count),
            "value": 100 * np.exp(np.concatenate(levels)),
            "split": np.tile(["train"] * length + ["test"] * HORIZON, count),
        }
    )


def scored(family, volatility, length, count, pool):
    """One row a model."""
    models = (*MODELS, "trend_logit") if family is saturating_shares else MODELS
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "series.csv")
        generated(family, volatility, length, count).to_csv(data, index=False)
        found = cqsim.backtest(data, models=models, executor=pool)
    if found.skipped:
        raise SystemExit(f"{len(found.skipped)} forecasts failed, first: {found.skipped[0].fault}")
    about = {"family": family.__name__, "volatility": volatility, "length": length}
    return found.frame[["model", "n", *MEASURES]].assign(**about)


def printed(title, cells, pattern):
    """A pivot table; no measure, no cell."""
    rows = [
        [_name(name), *("" if np.isnan(cell) else pattern.format(cell) for cell in row)]
        for name, row in zip(cells.index, cells.values, strict=True)
    ]
    print(table([title, *map(_name, cells.columns)], rows), end="\n\n")


def _name(value):
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def main():
    """Score all kinds and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=150, help="of each family, volatility and length")
    options = parser.parse_args()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        kinds = product(FAMILIES, VOLATILITIES, LENGTHS)
        found = pd.concat([scored(*kind, options.series, pool) for kind in kinds], ignore_index=True)
    print(HEAD.format(version=cqsim.__version__, count=options.series))
    general = found[found.model != "trend_logit"]
    for rows, (measure, pattern) in product(("family", "volatility", "length"), MEASURES.items()):
        shown = found if rows == "family" else general
        printed(f"{measure} by {rows}", shown.pivot_table(measure, rows, "model", sort=False), pattern)
    for length, cells in found[found.model == "trend"].groupby("length"):
        for measure, pattern in MEASURES.items():
            title = f"{measure} of trend, {length} points"
            printed(title, cells.pivot_table(measure, "family", "volatility", sort=False), pattern)


if __name__ == "__main__":
    main()
