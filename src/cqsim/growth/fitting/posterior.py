"""What a short history says about drift, volatility and persistence, beside what was thought before.

Yearly changes on the working scale (log growth, say) are a drift plus AR(1) deviations. The prior is normal for the
drift and for the log of the variance, flat over a range for the persistence. Variance and persistence are integrated
over a grid; given both, the drift is normal in closed form (Zellner 1971, An Introduction to Bayesian Inference in
Econometrics, chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cqsim.arrays import Array, Counts, Shaped

# Grid of the log variance: its points, and how far they reach from the middle.
_POINTS = 41
_DEVIATIONS = 5.0
_MARGIN = 1.0  # the middle is found with persistence 0; other values move it a little


@dataclass(frozen=True)
class Prior:
    """What is thought of yearly changes before the history is seen, on the working scale.

    Parameters
    ----------
    drift, drift_sd : float
        Mean and standard deviation of the typical change a year.
    log_variance, log_variance_sd : float
        Mean and standard deviation of the log of the yearly changes' variance.
    """

    drift: float
    drift_sd: float
    log_variance: float
    log_variance_sd: float


@dataclass(frozen=True)
class Posterior:
    """A grid of cells, each with a weight; in each the drift is normal.

    Parameters
    ----------
    weight : ndarray, shape (persistences, volatilities)
        Adds up to one.
    persistence : ndarray, shape (persistences,)
    volatility : ndarray, shape (volatilities,)
        Stationary standard deviation of yearly changes.
    drift, drift_sd : ndarray, shape (persistences, volatilities)
        Mean and standard deviation of the drift in each cell.
    last, last_drift, last_sd : ndarray, shape (persistences,)
        The deviation of the last year is ``last - last_drift * drift``, known up to `last_sd` volatilities: exactly
        when the last change spans one year.
    """

    weight: Array
    persistence: Array
    volatility: Array
    drift: Array
    drift_sd: Array
    last: Array
    last_drift: Array
    last_sd: Array


def posterior(
    years: Shaped[Counts, " points"],
    levels: Shaped[Array, " points"],
    persistence: Shaped[Array, " persistences"],
    prior: Prior,
) -> Posterior:
    """The posterior of drift, volatility and persistence.

    Parameters
    ----------
    years : ndarray of int, shape (points,)
        Increasing; years may be missing, a change then spans several.
    levels : ndarray, shape (points,)
        On the working scale.
    persistence : ndarray, shape (persistences,)
        Equally likely values before.
    prior : Prior

    Returns
    -------
    Posterior

    Examples
    --------
    >>> years, levels = np.arange(2015, 2021), np.log([100, 103, 104, 108, 111, 115])
    >>> after = posterior(years, levels, np.array([0.0]), Prior(0.02, 0.03, np.log(0.08**2), 1.0))
    >>> round(float((after.weight * after.drift).sum()), 4)
    0.0262
    """
    seen = changes_of(years, levels, persistence)
    away = seen.changes - prior.drift * seen.spans
    variance = _variances(away, seen.spans, prior)
    fit, shift, known = (product[:, None] / variance for product in seen.products(away))
    known = known + prior.drift_sd**-2  # precision of the drift
    shift = shift / known
    logs = -(len(away) * np.log(variance) + seen.log_determinant[:, None] + np.log(known) + fit - shift**2 * known) / 2
    logs -= ((np.log(variance) - prior.log_variance) / prior.log_variance_sd) ** 2 / 2
    weight = np.exp(logs - logs.max())
    last, last_sd = seen.last_deviation(persistence)
    return Posterior(
        weight=weight / weight.sum(),
        persistence=persistence,
        volatility=np.sqrt(variance),
        drift=prior.drift + shift,
        drift_sd=1 / np.sqrt(known),
        last=last @ seen.changes,
        last_drift=last @ seen.spans,
        last_sd=last_sd,
    )


@dataclass(frozen=True)
class YearlyChanges:
    """Changes between the known years of a series, and their covariance for several persistences.

    Parameters
    ----------
    changes : ndarray, shape (changes,)
    spans : ndarray of int, shape (changes,)
        Years that each change spans.
    sums : ndarray, shape (changes, years)
        Which yearly changes each one is the sum of.
    covariance, precision : ndarray, shape (persistences, changes, changes)
        In units of the yearly variance, and its inverse.
    """

    changes: Array
    spans: Counts
    sums: Array
    covariance: Array
    precision: Array

    @property
    def log_determinant(self) -> Array:
        """Of the covariance, shape (persistences,)."""
        return np.asarray(np.linalg.slogdet(self.covariance)[1])

    def products(self, away: Array) -> list[Array]:
        """Quadratic forms of the precision: changes with changes, with spans, and spans with spans; (persistences,)."""
        pairs: list[tuple[Array | Counts, Array | Counts]] = [
            (away, away),
            (self.spans, away),
            (self.spans, self.spans),
        ]
        return [np.einsum("i,pij,j->p", left, self.precision, right) for left, right in pairs]

    def last_deviation(self, persistence: Array) -> tuple[Array, Array]:
        """Weights of the changes in the last year's deviation, (persistences, changes), and its sd given them."""
        yearly = persistence[:, None] ** np.arange(self.sums.shape[1])[::-1]
        weights = np.einsum("pij,pj->pi", self.precision, yearly @ self.sums.T)
        explained = np.einsum("pi,pij,pj->p", weights, self.covariance, weights)
        return weights, np.sqrt(np.clip(1 - explained, 0.0, 1.0))


def changes_of(
    years: Shaped[Counts, " points"], levels: Shaped[Array, " points"], persistence: Shaped[Array, " persistences"]
) -> YearlyChanges:
    """The changes of a series; see `posterior`."""
    spans = np.diff(years)
    return YearlyChanges(np.diff(levels), spans, *_covariances(tuple(spans.tolist()), tuple(persistence.tolist())))


@lru_cache(maxsize=8)  # histories of one length, as in a backtest, share them
def _covariances(spans: tuple[int, ...], persistence: tuple[float, ...]) -> tuple[Array, Array, Array]:
    """The last three of `YearlyChanges`."""
    sums = np.repeat(np.eye(len(spans)), spans, axis=1)
    lags = np.arange(sum(spans))
    yearly = np.array(persistence)[:, None, None] ** np.abs(lags[:, None] - lags)
    covariance = sums @ yearly @ sums.T
    return sums, covariance, np.linalg.inv(covariance)


def _variances(away: Array, spans: Counts, prior: Prior) -> Array:
    """A grid of variances that covers the posterior: around its mode when changes are independent, found by Newton."""
    count = len(away)
    typical = (away / spans).mean() if count else 0.0
    squares = float(((away - typical * spans) ** 2 / spans).sum())
    strength = prior.log_variance_sd**-2
    middle = prior.log_variance
    for _ in range(100):
        pull = squares * np.exp(-middle) / 2
        step = (pull - count / 2 - strength * (middle - prior.log_variance)) / (pull + strength)
        middle += np.clip(step, -2.0, 2.0)
        if abs(step) < 1e-9:
            break
    reach = _MARGIN + _DEVIATIONS / np.sqrt(strength + count / 2)
    return np.asarray(np.exp(middle + np.linspace(-reach, reach, _POINTS)))
