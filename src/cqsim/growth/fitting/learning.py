"""What a history leaves of elicited figures: Bayes' rule on the figures' own laws.

The likelihood is that of `posterior`: yearly log growth is a typical rate plus AR(1) deviations. It is worked out on a
grid over the standard normal draws that the elicited laws are written in, so that any law can be a prior. The figures
are then drawn independently of each other: rate and volatility nearly are, given a history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.laws import Law
from cqsim.growth.fitting.posterior import changes_of
from cqsim.growth.past import Past

# How fine, and how far in standard deviations, each figure's own draws are gone through.
_REACH = 6.0
_POINTS = {"rate": 481, "volatility": 61, "persistence": 25}
_SMALLEST = 1e-6
_MUCH = 0.01  # of the posterior in one step of the grid at its end


@dataclass(frozen=True)
class Updated:
    """An elicited law after a history: the same values, drawn from another part of the law.

    Parameters
    ----------
    prior : Law
    draws : tuple of float
        Standard normal draws of the prior, increasing.
    reached : tuple of float
        Posterior probability up to each.
    """

    prior: Law
    draws: tuple[float, ...]
    reached: tuple[float, ...]

    @property
    def median(self) -> float:
        """The 50 % quantile."""
        return float(self.ppf(np.array([0.5]))[0])

    @property
    def lowest(self) -> float:
        """The lower end of the prior's support."""
        return self.prior.lowest

    @property
    def highest(self) -> float:
        """The upper end of the prior's support."""
        return self.prior.highest

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        return self.prior.from_normal(np.interp(probability, self.reached, self.draws))

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at standard normal values."""
        from scipy.special import ndtr

        return self.ppf(ndtr(z))

    @property
    def is_at_end(self) -> bool:
        """Whether much of the posterior lies at an end of the prior draws that were gone through."""
        return max(self.reached[1], 1 - self.reached[-2]) > _MUCH

    @property
    def prior_weight(self) -> float:
        """Share of the precision that comes from the prior: the variance left of the standard normal draws."""
        density = np.diff(self.reached)
        middle = (np.array(self.draws)[1:] + np.array(self.draws)[:-1]) / 2
        mean = float((density * middle).sum())
        return min(float((density * (middle - mean) ** 2).sum()), 1.0)


def learned(laws: Mapping[str, Law], past: Past) -> dict[str, Law]:
    """The laws of rate, volatility and persistence after a history; one that was a single number stays it.

    Parameters
    ----------
    laws : mapping of str to Law
        With at least those three.
    past : Past
        Values above zero; years may be missing.

    Examples
    --------
    >>> from cqsim.distributions.laws import Certain, Scale, SplitNormal, Z90
    >>> rate = SplitNormal.through(Scale.LOG1P, Z90, 0.02, 0.07, 0.12)
    >>> laws = {"rate": rate, "volatility": Certain(0.02), "persistence": Certain(0.0)}
    >>> after = learned(laws, Past.until(2021, [100, 103, 104, 108, 111, 115]))
    >>> [round(float(value), 3) for value in after["rate"].ppf(np.array([0.1, 0.5, 0.9]))]
    [0.019, 0.031, 0.042]
    """
    names = tuple(_POINTS)
    grids = {name: _grid(laws[name], _POINTS[name]) for name in names}
    rate, volatility, persistence = (laws[name].from_normal(grids[name].copy()) for name in names)
    seen = changes_of(np.array(past.years), np.log(past.values), np.clip(persistence, -1 + _SMALLEST, 1 - _SMALLEST))
    bb, ab, aa = (product[None, None, :] for product in seen.products(seen.changes))
    drift, variance = np.log1p(rate)[:, None, None], np.maximum(volatility, _SMALLEST)[None, :, None] ** 2
    fit = (bb - 2 * drift * ab + drift**2 * aa) / variance
    logs = -(len(seen.changes) * np.log(variance) + seen.log_determinant + fit) / 2
    for axis, name in enumerate(names):
        logs = logs - np.expand_dims(grids[name] ** 2 / 2, [other for other in range(3) if other != axis])
    weight = np.exp(logs - logs.max())
    others = {"rate": (1, 2), "volatility": (0, 2), "persistence": (0, 1)}
    return {name: _updated(laws[name], grids[name], weight.sum(axis=others[name])) for name in names}


def _grid(law: Law, points: int) -> Array:
    return np.zeros(1) if law.lowest == law.highest else np.linspace(-_REACH, _REACH, points)


def _updated(prior: Law, draws: Array, density: Array) -> Law:
    if len(draws) == 1:
        return prior
    reached = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return Updated(prior, tuple(map(float, draws)), tuple(map(float, reached / reached[-1])))
