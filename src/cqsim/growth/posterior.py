"""What a short history says about drift, volatility and persistence, beside what was thought before.

Yearly changes on the working scale (log growth, say) are a drift plus AR(1) deviations. The prior is normal for the
drift and for the log of the variance, flat over a range for the persistence. Variance and persistence are integrated
over a grid; given both, the drift is normal in closed form (Zellner 1971, An Introduction to Bayesian Inference in
Econometrics, chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Counts

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


def posterior(years: Counts, levels: Array, persistence: Array, prior: Prior) -> Posterior:
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
    >>> found = posterior(years, levels, np.array([0.0]), Prior(0.02, 0.03, np.log(0.08**2), 1.0))
    >>> round(float((found.weight * found.drift).sum()), 4)
    0.0262
    """
    spans, changes = np.diff(years), np.diff(levels)
    sums = np.repeat(np.eye(len(spans)), spans, axis=1)  # each change is a sum of yearly ones
    lags = np.arange(spans.sum())
    yearly = persistence[:, None, None] ** np.abs(lags[:, None] - lags)
    covariance = sums @ yearly @ sums.T  # in units of the variance, for every persistence
    precision = np.linalg.inv(covariance)
    away = changes - prior.drift * spans
    weights_of_last = np.einsum("pij,pj->pi", precision, persistence[:, None] ** lags[::-1] @ sums.T)
    explained = np.einsum("pi,pij,pj->p", weights_of_last, covariance, weights_of_last)
    variance = _variances(away, spans, prior)
    products = [np.einsum("i,pij,j->p", one, precision, other)[:, None] for one, other in _pairs(spans, away)]
    known = products[0] / variance + prior.drift_sd**-2  # precision of the drift
    shift = products[1] / variance / known
    fit = products[2] / variance - shift**2 * known
    likelihood = -(len(spans) * np.log(variance) + np.linalg.slogdet(covariance)[1][:, None] + np.log(known) + fit) / 2
    logs = likelihood - ((np.log(variance) - prior.log_variance) / prior.log_variance_sd) ** 2 / 2
    weight = np.exp(logs - logs.max())
    return Posterior(
        weight=weight / weight.sum(),
        persistence=persistence,
        volatility=np.sqrt(variance),
        drift=prior.drift + shift,
        drift_sd=1 / np.sqrt(known),
        last=weights_of_last @ changes,
        last_drift=weights_of_last @ spans,
        last_sd=np.sqrt(np.clip(1 - explained, 0.0, 1.0)),
    )


def _pairs(spans: Counts, away: Array) -> list[tuple[Array | Counts, Array | Counts]]:
    return [(spans, spans), (spans, away), (away, away)]


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
