"""A trend after it has seen a history: cells of a posterior, from each of which paths can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cqsim.arrays import Array, Counts, Shaped
from cqsim.distributions.laws import Scale
from cqsim.growth.autoregression import deviations
from cqsim.growth.fitting.posterior import Prior, posterior
from cqsim.growth.kernel import NOISE, Inputs, Kernel

_EDGE = 1e-6
_FARTHEST = float(np.log((1 - _EDGE) / _EDGE))
_LOWEST_FACTOR = 1e-3
_QUANTILES = (0.1, 0.5, 0.9)
_NORMALS = np.linspace(-3.5, 3.5, 71)


@dataclass(frozen=True, eq=False)
class FittedTrend(Kernel):
    """Cells of the posterior, each with a probability; all arrays have the shape (cells,).

    Parameters
    ----------
    scale : Scale
        The working scale: log, log-odds of a share in per cent, or linear.
    size : float
        What levels are divided by on the linear scale; 1 otherwise.
    growths : int
        Changes that were seen.
    prior : Prior
        After the peers, before the history.
    probability : ndarray
        Adds up to one.
    damping : ndarray
        By what the drift is multiplied every year.
    persistence, volatility : ndarray
        Of yearly changes on the working scale.
    drift, drift_sd : ndarray
        Mean and standard deviation of the typical change a year.
    last, last_drift, last_sd : ndarray
        Deviation of the last year; see `posterior.Posterior`.
    """

    applies_level: ClassVar[bool] = True

    scale: Scale
    size: float
    growths: int
    prior: Prior
    probability: Array
    damping: Array
    persistence: Array
    volatility: Array
    drift: Array
    drift_sd: Array
    last: Array
    last_drift: Array
    last_sd: Array

    @classmethod
    def of(
        cls, scale: Scale, years: Counts, levels: Array, prior: Prior, damping: Array, persistence: Array
    ) -> FittedTrend:
        """Fit both halves of the pool, each with half the probability.

        Parameters
        ----------
        years : ndarray of int, shape (points,)
        levels : ndarray, shape (points,)
            In the indicator's unit.
        prior : Prior
        damping : ndarray
            Equally likely dampings of the first half, whose growth is independent from year to year.
        persistence : ndarray
            Equally likely persistences of the second half, whose drift goes on undamped.
        """
        size = max(float(np.abs(levels).mean()), 1e-300) if scale is Scale.LINEAR else 1.0
        work = forward(scale, levels / size)
        halves = []
        for persistences, dampings in ((np.zeros(1), damping), (persistence, np.ones(1))):
            cell_grid = posterior(years, work, persistences, prior)
            shape = (len(dampings), *cell_grid.weight.shape)
            cells = {
                "probability": cell_grid.weight / (2 * len(dampings)),
                "damping": dampings[:, None, None],
                "persistence": cell_grid.persistence[:, None],
                "volatility": cell_grid.volatility,
                "drift": cell_grid.drift,
                "drift_sd": cell_grid.drift_sd,
                **{name: getattr(cell_grid, name)[:, None] for name in ("last", "last_drift", "last_sd")},
            }
            halves.append({name: np.broadcast_to(values, shape).ravel() for name, values in cells.items()})
        joined = {name: np.concatenate([half[name] for half in halves]) for name in halves[0]}
        return cls(scale, size, len(levels) - 1, prior, **joined)

    def on_scale(self, levels: Array) -> Array:
        """Levels on the working scale."""
        return forward(self.scale, levels / self.size)

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        from scipy.special import ndtr

        draws = inputs.draws
        bounds = np.cumsum(self.probability)
        cell = np.searchsorted(bounds, ndtr(draws["cell"]) * bounds[-1]).clip(0, len(bounds) - 1)
        spread, damping = self.volatility[cell], self.damping[cell]
        drift = self.drift[cell] + self.drift_sd[cell] * draws["drift"]
        first = self.last[cell] - self.last_drift[cell] * drift + self.last_sd[cell] * spread * draws["last"]
        start = self.on_scale(inputs.baseline)
        work = start.copy()
        out[0] = inputs.baseline
        years = deviations(inputs.noise[NOISE], spread, self.persistence[cell], first)
        for step, (level, deviation) in enumerate(zip(out[1:], years, strict=True)):
            drift = drift * damping
            work += drift + deviation
            if inputs.growth is not None:
                work += self._added(inputs.growth[step], drift, start)
            shifted = work.copy() if inputs.level is None else self._shifted(work, inputs.level[step], start)
            level[:] = self._levels(shifted)

    def _added(self, growth: Array, drift: Array, start: Array) -> Array:
        """A growth effect on the working scale: on the simple rate, or in percentage points at the baseline."""
        if self.scale is Scale.LOG:
            return np.asarray(np.log(np.maximum(1 + growth * np.exp(-drift), _LOWEST_FACTOR)))
        if self.scale is Scale.PERCENT:
            share = 100 / (1 + np.exp(-start))
            return np.asarray(forward(self.scale, share + 100 * growth) - start)
        return growth * np.abs(start)

    def _shifted(self, work: Array, effect: Array, start: Array) -> Array:
        """A level effect multiplies levels or the odds of a share; on the linear scale it is of the baseline's size."""
        return work + (np.expm1(effect) * np.abs(start) if self.scale is Scale.LINEAR else effect)

    def _levels(self, work: Array) -> Array:
        """Levels, in place; shares stay just inside 0 and 100 %, as `forward` takes them."""
        if self.scale is Scale.PERCENT:
            np.clip(work, -_FARTHEST, _FARTHEST, out=work)
        return self.scale.back(work) * self.size

    def summary(self) -> dict[str, dict[str, float]]:
        """What was thought before and what the history left of it, on the working scale.

        Returns
        -------
        dict
            For `drift` and `volatility`: quantiles of 10, 50 and 90 % before (`prior_p10`, ...) and after (`p10`, ...),
            and `prior_weight`, the share of the posterior's precision that comes from the prior: the variance that is
            left, between the cells and within, as part of the prior's. For `persistence` the quantiles
            after, over the half of the pool that has one.
        """
        prior, spread = self.prior, self.prior.log_variance_sd
        drifts = self.drift[:, None] + self.drift_sd[:, None] * _NORMALS
        probabilitys = self.probability[:, None] * np.exp(-(_NORMALS**2) / 2)
        before = prior.drift + prior.drift_sd * _Z
        around = np.exp((prior.log_variance + spread * _Z) / 2)
        undamped = self.damping == 1
        return {
            "drift": {
                **_named(before, "prior_"),
                **_named(weighted_quantiles(drifts, probabilitys)),
                "prior_weight": self._left(self.drift, self.drift_sd**2, prior.drift_sd),
            },
            "volatility": {
                **_named(around, "prior_"),
                **_named(weighted_quantiles(self.volatility, self.probability)),
                "prior_weight": self._left(2 * np.log(self.volatility), 0.0, spread),
            },
            "persistence": _named(weighted_quantiles(self.persistence[undamped], self.probability[undamped])),
        }

    def _left(self, means: Array, variances: Array | float, prior_sd: float) -> float:
        """The posterior variance of a figure as part of its prior variance."""
        mean = (self.probability * means).sum()
        variance = (self.probability * (variances + (means - mean) ** 2)).sum()
        return min(float(variance / prior_sd**2), 1.0)

    def at_ends(self) -> frozenset[str]:
        """Figures of which much of the posterior lies at an end of the grid."""
        undamped = self.damping == 1
        piled = set()
        for name, values, many in (("volatility", self.volatility, 0.02), ("persistence", self.persistence, 0.2)):
            chosen = undamped if name == "persistence" else slice(None)
            total, own = self.probability[chosen].sum(), values[chosen]
            ends = (self.probability[chosen][own == end].sum() for end in (own.min(), own.max()))
            if len(np.unique(own)) > 1 and max(ends) > many * total:
                piled.add(name)
        return frozenset(piled)

    @property
    def typical(self) -> tuple[float, float]:
        """Mean drift and mean log variance: what peers learn from this history."""
        return float((self.probability * self.drift).sum()), float(
            (self.probability * np.log(self.volatility**2)).sum()
        )


_Z = np.array([-1.2815515655446004, 0.0, 1.2815515655446004])


def forward(scale: Scale, levels: Array) -> Array:
    """Levels on the working scale; shares are kept just inside 0 and 100 %."""
    if scale is Scale.LOG:
        return np.asarray(np.log(levels))
    if scale is Scale.PERCENT:
        share = np.clip(levels / 100, _EDGE, 1 - _EDGE)
        return np.asarray(np.log(share / (1 - share)))
    return np.asarray(levels, np.float64).copy()


def weighted_quantiles(values: Array, weights: Array) -> Array:
    """The 10, 50 and 90 % quantiles of weighted values; both of one shape."""
    order = np.argsort(values, axis=None)
    reached = np.cumsum(weights.ravel()[order])
    places = np.searchsorted(reached, np.array(_QUANTILES) * reached[-1]).clip(0, len(order) - 1)
    return np.asarray(values.ravel()[order][places])


def _named(quantiles: Array, before: str = "") -> dict[str, float]:
    return {
        f"{before}p{probability * 100:g}": float(value)
        for probability, value in zip(_QUANTILES, quantiles, strict=True)
    }
