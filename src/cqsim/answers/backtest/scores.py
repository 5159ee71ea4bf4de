"""Scores of one forecast, and their sums over many.

The scale of a series is the mean absolute change of its whole training history (the in-sample error of the naive
forecast); the interval score and absolute errors are divided by it (Makridakis et al. 2020, International Journal of
Forecasting 36, the M4 competition).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from cqsim.answers.backtest.data import Series, SeriesTarget
from cqsim.answers.backtest.forecasters import Forecaster, normals
from cqsim.arrays import Array

LEVELS = (0.5, 0.8, 0.95)
_PROBABILITIES = (0.5, *(end for level in LEVELS for end in ((1 - level) / 2, (1 + level) / 2)))
BINS = 10
# Columns of a forecast's rows, one row a step ahead.
MEASURES = ("covered_0.5", "covered_0.8", "covered_0.95", "below", "above", "msis", "mase", "smape", "crps", "pit")


class TargetProbability(NamedTuple):
    """The probability that was given to a target so many steps ahead, and whether it was hit."""

    steps: int
    given: float
    hit: bool
    is_main: bool


@dataclass(frozen=True)
class Scored:
    """One model's forecast of one series.

    Parameters
    ----------
    rows : ndarray, shape (horizon, measures)
    probabilities : list of TargetProbability
    """

    rows: Array
    probabilities: list[TargetProbability]


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
    train, came = np.array(series.train), np.array(series.test)
    futures = forecaster(train if last is None else train[-last:], normals(series.name, len(came)))
    with np.errstate(over="ignore"):  # scores of values near the largest number may pass it
        rows = _rows(train, came, futures)
    return Scored(np.array(rows, np.float64).T, [_given(goal, series, futures) for goal in series.goals])


def _rows(train: Array, came: Array, futures: Array) -> list[Array]:
    """One row a measure, one column a step ahead."""
    import scoringrules

    scale = np.abs(np.diff(train)).mean()
    ordered = np.sort(futures, axis=1)
    middle, *ends = np.quantile(ordered, _PROBABILITIES, axis=1)  # in one call: its cost hardly depends on how many
    low, high = ends[-2:]
    miss = np.abs(came - middle)
    size = np.abs(came) + np.abs(middle)
    return [
        *((inner <= came) & (came <= outer) for inner, outer in zip(ends[::2], ends[1::2], strict=True)),
        came < low,
        came > high,
        np.atleast_1d(scoringrules.interval_score(came, low, high, 0.05)) / scale,  # single values come back as numbers
        miss / scale,
        200 * np.divide(miss, size, out=np.zeros_like(miss), where=size > 0),
        np.atleast_1d(scoringrules.crps_ensemble(came, ordered, estimator="qd", sorted_ensemble=True)) / scale,
        (ordered < came[:, None]).mean(axis=1),
    ]


def _given(goal: SeriesTarget, series: Series, futures: Array) -> TargetProbability:
    reached = futures[goal.steps - 1]
    share = np.mean(reached >= goal.level if goal.at_least else reached <= goal.level)
    return TargetProbability(goal.steps, float(share), goal.is_hit(series.test[goal.steps - 1]), goal.is_main)


@dataclass
class Group:
    """Scores of one model over forecasts of one kind: of whole series, or of one step ahead.

    Parameters
    ----------
    sums : ndarray, shape (measures,)
    msis : list of float
    probabilities : list of (float, bool)
        Probability that was given to each target, and whether it was hit.
    ranks : ndarray, shape (bins,)
        How often what came fell into each tenth of the forecast.
    """

    sums: Array = field(default_factory=lambda: np.zeros(len(MEASURES)))
    msis: list[float] = field(default_factory=list)
    probabilities: list[tuple[float, bool]] = field(default_factory=list)
    ranks: Array = field(default_factory=lambda: np.zeros(BINS))

    def add(self, rows: Array, probabilities: Iterable[TargetProbability]) -> None:
        """Add one forecast, shape (steps, measures)."""
        means = rows.mean(axis=0)
        self.sums += means
        self.msis.append(float(means[MEASURES.index("msis")]))
        self.probabilities += [(probability.given, probability.hit) for probability in probabilities]
        places = np.minimum((rows[:, -1] * BINS).astype(int), BINS - 1)
        self.ranks += np.bincount(places, minlength=BINS)

    def to_dict(self) -> dict[str, Any]:
        """The scores as plain data."""
        return {
            "n": len(self.msis),
            **_named(self.sums / len(self.msis)),
            "msis_mean": float(np.mean(self.msis)),
            "msis_median": float(np.median(self.msis)),
            **probability_scores(self.probabilities),
            "pit": [int(rank) for rank in self.ranks],
        }


@dataclass
class Scores:
    """Scores of one model over many series, added up in their order.

    Parameters
    ----------
    overall : Group
        Each series counts once, with the mean over its steps.
    steps : list of Group
        By steps ahead, over the series that reach so far.
    """

    overall: Group = field(default_factory=Group)
    steps: list[Group] = field(default_factory=list)

    def add(self, scored: Scored) -> None:
        """Add one forecast."""
        self.overall.add(scored.rows, (probability for probability in scored.probabilities if probability.is_main))
        self.steps += [Group() for _ in range(len(scored.rows) - len(self.steps))]
        for step, group in enumerate(self.steps[: len(scored.rows)], start=1):
            group.add(
                scored.rows[step - 1 : step],
                (probability for probability in scored.probabilities if probability.steps == step),
            )

    def to_dict(self) -> dict[str, Any]:
        """All scores as plain data."""
        if not self.overall.msis:
            return {"n": 0}
        by_horizon = [{"horizon": step, **group.to_dict()} for step, group in enumerate(self.steps, start=1)]
        return {**self.overall.to_dict(), "by_horizon": by_horizon}


def _named(row: Array) -> dict[str, Any]:
    values = dict(zip(MEASURES, map(float, row), strict=True))
    coverage = {f"{level:g}": values[f"covered_{level:g}"] for level in LEVELS}
    return {
        "coverage": coverage,
        **{name: values[name] for name in ("below", "above", "mase", "smape", "crps")},
    }


def probability_scores(probabilities: list[tuple[float, bool]]) -> dict[str, Any]:
    """Brier and log score of probabilities, with those of the base rate beside them, and their reliability.

    The base rate is the share of hits among the same targets: a forecaster who knew it and nothing else.

    Examples
    --------
    >>> probability_scores([(0.9, True), (0.2, False)])["brier"]
    0.025
    """
    if not probabilities:
        return {"targets": 0}
    given, hits = (
        np.array([probability for probability, _ in probabilities]),
        np.array([hit for _, hit in probabilities], np.float64),
    )
    rate = float(hits.mean())
    return {
        "targets": len(probabilities),
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
