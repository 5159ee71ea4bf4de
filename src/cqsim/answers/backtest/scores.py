"""Scores of one forecast, and their sums over many.

The scale of a series is the mean absolute change of its whole training history (the in-sample error of the naive
forecast); the interval score and absolute errors are divided by it (Makridakis et al. 2020, International Journal of
Forecasting 36, the M4 competition).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cqsim.answers.backtest.data import Series
from cqsim.answers.backtest.forecasters import Forecaster, normals
from cqsim.arrays import Array

LEVELS = (0.5, 0.8, 0.95)
_CHANCES = (0.5, *(chance for level in LEVELS for chance in ((1 - level) / 2, (1 + level) / 2)))
BINS = 10
# Columns of a forecast's rows, one row a step ahead.
MEASURES = ("covered_0.5", "covered_0.8", "covered_0.95", "below", "above", "msis", "mase", "smape", "crps", "pit")


@dataclass(frozen=True)
class Scored:
    """One model's forecast of one series.

    Parameters
    ----------
    rows : ndarray, shape (horizon, measures)
    chances : list of (float, bool)
        Probability that was given to each target, and whether it was hit.
    """

    rows: Array
    chances: list[tuple[float, bool]]


def score(series: Series, forecaster: Forecaster, last: int | None) -> Scored:
    """Let a model forecast a series, and score it.

    Parameters
    ----------
    last : int or None
        How many of the last training values the model sees; targets and scale rest on all of them.

    Raises
    ------
    Fault
        When the model cannot forecast the series.
    """
    from scoringrules import crps_ensemble, interval_score

    train, came = np.array(series.train), np.array(series.test)
    futures = forecaster(train if last is None else train[-last:], normals(series.name, len(came)))
    scale = np.abs(np.diff(train)).mean()
    ordered = np.sort(futures, axis=1)
    middle, *ends = np.quantile(ordered, _CHANCES, axis=1)  # in one call: its cost hardly depends on how many
    low, high = ends[-2:]
    miss = np.abs(came - middle)
    size = np.abs(came) + np.abs(middle)
    rows = [
        *((inner <= came) & (came <= outer) for inner, outer in zip(ends[::2], ends[1::2], strict=True)),
        came < low,
        came > high,
        np.atleast_1d(interval_score(came, low, high, 0.05)) / scale,  # single values come back as numbers
        miss / scale,
        200 * np.divide(miss, size, out=np.zeros_like(miss), where=size > 0),
        np.atleast_1d(crps_ensemble(came, ordered, estimator="qd", sorted_ensemble=True)) / scale,
        (ordered < came[:, None]).mean(axis=1),
    ]
    chances = [
        (
            float(
                np.mean(
                    futures[goal.steps - 1] >= goal.level if goal.at_least else futures[goal.steps - 1] <= goal.level
                )
            ),
            goal.is_hit(series.test[goal.steps - 1]),
        )
        for goal in series.goals
    ]
    return Scored(np.array(rows, np.float64).T, chances)


@dataclass
class Scores:
    """Scores of one model over many series, added up in their order.

    Parameters
    ----------
    sums, counts : ndarray, shape (longest horizon, measures) and (longest horizon,)
        Over the series that reach so far ahead.
    means : list of ndarray, shape (measures,)
        Each series' mean over its horizon.
    chances : list of (float, bool)
    ranks : ndarray of int, shape (bins,)
        How often what came fell into each tenth of the forecast.
    """

    sums: Array = field(default_factory=lambda: np.zeros((0, len(MEASURES))))
    counts: Array = field(default_factory=lambda: np.zeros(0))
    means: list[Array] = field(default_factory=list)
    chances: list[tuple[float, bool]] = field(default_factory=list)
    ranks: Array = field(default_factory=lambda: np.zeros(BINS))

    def add(self, scored: Scored) -> None:
        """Add one forecast."""
        missing = len(scored.rows) - len(self.sums)
        if missing > 0:
            self.sums = np.vstack([self.sums, np.zeros((missing, len(MEASURES)))])
            self.counts = np.append(self.counts, np.zeros(missing))
        self.sums[: len(scored.rows)] += scored.rows
        self.counts[: len(scored.rows)] += 1
        self.means.append(scored.rows.mean(axis=0))
        self.chances += scored.chances
        places = np.minimum((scored.rows[:, -1] * BINS).astype(int), BINS - 1)
        self.ranks += np.bincount(places, minlength=BINS)

    def to_dict(self) -> dict[str, Any]:
        """All scores as plain data."""
        if not self.means:
            return {"n": 0}
        series = np.array(self.means)
        msis = series[:, MEASURES.index("msis")]
        steps = self.sums / self.counts[:, None]
        return {
            "n": len(self.means),
            **_named(series.mean(axis=0)),
            "msis_mean": float(msis.mean()),
            "msis_median": float(np.median(msis)),
            **chance_scores(self.chances),
            "pit": [int(rank) for rank in self.ranks],
            "by_horizon": [
                {"horizon": step, "n": int(count), **_named(row)}
                for step, (row, count) in enumerate(zip(steps, self.counts, strict=True), start=1)
            ],
        }


def _named(row: Array) -> dict[str, Any]:
    values = dict(zip(MEASURES, map(float, row), strict=True))
    coverage = {f"{level:g}": values[f"covered_{level:g}"] for level in LEVELS}
    return {
        "coverage": coverage,
        **{name: values[name] for name in ("below", "above", "msis", "mase", "smape", "crps")},
    }


def chance_scores(chances: list[tuple[float, bool]]) -> dict[str, Any]:
    """Brier and log score of probabilities, with those of the base rate beside them, and their reliability.

    The base rate is the share of hits among the same targets: a forecaster who knew it and nothing else.

    Examples
    --------
    >>> chance_scores([(0.9, True), (0.2, False)])["brier"]
    0.025
    """
    if not chances:
        return {"targets": 0}
    given, hits = np.array([chance for chance, _ in chances]), np.array([hit for _, hit in chances], np.float64)
    rate = float(hits.mean())
    return {
        "targets": len(chances),
        "base_rate": rate,
        "mean_probability": float(given.mean()),
        "brier": float(np.mean((given - hits) ** 2)),
        "brier_climatology": rate * (1 - rate),
        "log_score": _log_score(given, hits),
        "log_score_climatology": _log_score(np.full_like(hits, rate), hits),
        "reliability": reliability(given, hits),
    }


def _log_score(given: Array, hits: Array) -> float:
    """Mean of -log of the probability that was given to what came (natural logarithm; lower is better).

    A share of 0 or 1 among 2,000 paths is taken as a quarter of a path from it.
    """
    edge = 0.25 / 2000
    held = np.clip(given, edge, 1 - edge)
    return float(-np.log(np.where(hits == 1, held, 1 - held)).mean())


def reliability(given: Array, hits: Array) -> list[dict[str, Any]]:
    """Ten bins of probabilities: how many were given, their mean, the share of hits, and where that share should lie.

    `low` and `high` are the bin widened by the central 99 % of a binomial share at either end.
    """
    from scipy.stats import binom

    rows = []
    places = np.minimum((given * BINS).astype(int), BINS - 1)
    for place in range(BINS):
        here = places == place
        count = int(here.sum())
        row: dict[str, Any] = {"from": place / BINS, "to": (place + 1) / BINS, "n": count}
        if count:
            low = float(binom.ppf(0.005, count, place / BINS)) / count
            high = float(binom.ppf(0.995, count, (place + 1) / BINS)) / count
            share = float(hits[here].mean())
            row |= {
                "mean": float(given[here].mean()),
                "share": share,
                "low": low,
                "high": high,
                "holds": low <= share <= high,
            }
        rows.append(row)
    return rows
