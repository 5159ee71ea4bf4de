"""The models of a backtest: each draws joint futures of a series from its past."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import blake2b

import numpy as np

from cqsim.arrays import Array
from cqsim.errors import Fault, unknown
from cqsim.growth.kernel import NOISE, Inputs
from cqsim.growth.models.trend import Trend

PATHS = 2000
_PARTS = ("cell", "drift", "last")

Forecaster = Callable[[Array, Array], Array]
"""Past values, (periods,), and standard normal values, (3 + horizon, paths), to futures, (horizon, paths)."""


def trend(past: Array, normals: Array) -> Array:
    """The default growth model, on the log scale."""
    return fitted_futures(Trend(evidence="derived"), past, normals)


def trend_linear(past: Array, normals: Array) -> Array:
    """The default growth model on the linear scale, for what may fall to zero or below."""
    return fitted_futures(Trend(scale="linear", evidence="derived"), past, normals)


def trend_logit(past: Array, normals: Array) -> Array:
    """The default growth model on the log-odds, for shares in per cent."""
    return fitted_futures(Trend(scale="logit", evidence="derived"), past, normals)


def fitted_futures(model: Trend, past: Array, normals: Array) -> Array:
    """Futures of any fitted trend."""
    kernel = model.fit(range(len(past)), past)
    out = np.empty((len(normals) - len(_PARTS) + 1, normals.shape[1]))
    draws = dict(zip(_PARTS, normals, strict=False))
    start = np.full(normals.shape[1], past[-1])
    kernel.paths(Inputs(start, draws, {NOISE: normals[len(_PARTS) :]}), out)
    return out[1:]


def random_walk(past: Array, normals: Array) -> Array:
    """A random walk with drift on the log scale; drift and volatility are taken as certain, as spreadsheets do."""
    growth = _log_growth(past)
    return np.asarray(past[-1] * np.exp(np.cumsum(growth.mean() + _sd(growth) * normals[len(_PARTS) :], axis=0)))


def student(past: Array, normals: Array) -> Array:
    """A random walk with drift on the log scale, drift and variance uncertain, without a prior (Student's t)."""
    from scipy.special import chdtri, ndtr

    growth = _log_growth(past)
    free = len(growth) - 1
    spread = _sd(growth) * np.sqrt(free / chdtri(free, ndtr(normals[0])))
    drift = growth.mean() + spread / np.sqrt(len(growth)) * normals[1]
    return np.asarray(past[-1] * np.exp(np.cumsum(drift + spread * normals[len(_PARTS) :], axis=0)))


def naive(past: Array, normals: Array) -> Array:
    """A random walk without drift on the log scale."""
    growth = _log_growth(past)
    spread = np.sqrt(np.mean(growth**2))
    return np.asarray(past[-1] * np.exp(np.cumsum(spread * normals[len(_PARTS) :], axis=0)))


def _log_growth(past: Array) -> Array:
    if past.min() <= 0:
        raise Fault("series_not_positive", value=f"{past.min():g}")
    return np.diff(np.log(past))


def _sd(growth: Array) -> float:
    if len(growth) < 2:
        raise Fault("series_two_growths")
    return float(growth.std(ddof=1))


FORECASTERS: Mapping[str, Forecaster] = {
    forecaster.__name__: forecaster for forecaster in (trend, trend_linear, trend_logit, random_walk, student, naive)
}
DEFAULT = ("trend", "random_walk", "naive")


def find(names: tuple[str, ...]) -> dict[str, Forecaster]:
    """Models by name.

    Raises
    ------
    Fault
        When there is none of that name; the nearest is the hint.
    """
    for name in names:
        if name not in FORECASTERS:
            raise unknown("unknown_forecaster", name, FORECASTERS)
    return {name: FORECASTERS[name] for name in names}


def normals(series: str, horizon: int) -> Array:
    """Standard normal values for one series, the same on every machine: each row is a shuffled even spread.

    Returns
    -------
    ndarray, shape (3 + horizon, paths)
    """
    random = np.random.Generator(np.random.SFC64(_digest(series)))
    return random.permuted(np.broadcast_to(_even(), (len(_PARTS) + horizon, PATHS)), axis=1)


def _even() -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri((np.arange(PATHS) + 0.5) / PATHS))


def _digest(series: str) -> int:
    return int.from_bytes(blake2b(series.encode(), digest_size=8).digest(), "little")


def half(series: str) -> int:
    """Which of two halves a series falls into, 0 or 1, by its name alone.

    >>> half("N0001"), half("N0002")
    (1, 1)
    """
    return _digest(series) >> 63
