"""Yearly noise that remembers last year: the AR(1) that most growth models share."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.base import Uncertain
from cqsim.growth.base import GrowthModel
from cqsim.growth.kernel import NOISE, Inputs
from cqsim.growth.parameters import Kind, Parameter
from cqsim.quantities import Quantity


class Autoregressive(GrowthModel, ABC):
    """A model whose yearly growth has AR(1) noise."""

    spread: ClassVar[Kind] = Kind.SPREAD
    """How the volatility is written."""

    volatility: Uncertain
    """Stationary standard deviation of the yearly noise."""
    persistence: Uncertain = Quantity(0.0, written=0)
    """AR(1) coefficient of the yearly noise, between -1 and 1."""

    def noise_parameters(self) -> dict[str, Parameter]:
        """Volatility and persistence."""
        return {
            "volatility": Parameter(self.volatility, self.spread, at_least=0),
            "persistence": Parameter(self.persistence, Kind.NUMBER, above=-1, below=1),
        }

    def streams(self, years: int) -> dict[str, int]:
        """One innovation a year."""
        return {NOISE: years}


def yearly_noise(inputs: Inputs, scale: Array | float = 1.0, first: Array | float | None = None) -> Iterator[Array]:
    """The AR(1) noise of each year, divided by `scale`; see `deviations`."""
    draws = inputs.draws
    return deviations(inputs.noise[NOISE], draws["volatility"] / scale, draws["persistence"], first)


def deviations(
    noise: Shaped[Array, "years paths"], spread: Array | float, persistence: Array | float, first: Array | float | None
) -> Iterator[Array]:
    """Deviations of yearly growth from its mean, year by year.

    Parameters
    ----------
    noise : ndarray, shape (years, paths)
        Standard normal innovations; not changed.
    spread : float or ndarray, shape (paths,)
        Stationary standard deviation.
    persistence : float or ndarray, shape (paths,)
        AR(1) coefficient, between -1 and 1.
    first : float, ndarray or None
        Deviation of the year before the first; None starts from the stationary law.

    Yields
    ------
    ndarray, shape (paths,)
        One year's deviations, in a buffer that the next year overwrites.

    Notes
    -----
    Innovations have standard deviation ``spread * sqrt(1 - persistence**2)`` (Box and Jenkins 1970, section 3.2).
    """
    innovation = spread * np.sqrt(1 - np.square(persistence))
    state = np.empty(noise.shape[1])
    step = np.empty(noise.shape[1])
    state[:] = 0.0 if first is None else first
    for year, z in enumerate(noise):
        state *= persistence
        np.multiply(z, spread if year == 0 and first is None else innovation, out=step)
        state += step
        yield state


def bridge_weights(years: int, rows: int, persistence: Array | float, stationary: bool) -> Array:
    """How much of the sum over the first `years` deviations each row takes off, so that this sum becomes zero.

    Parameters
    ----------
    years : int
        Years whose deviations must add up to zero.
    rows : int
        Rows of noise, at least `years`.
    persistence : float or ndarray, shape (paths,)
    stationary : bool
        Whether the process starts from its stationary law (else from a known deviation).

    Returns
    -------
    ndarray, shape (rows,) or (rows, paths)
        ``Cov(x_t, S) / Var(S)`` with S the sum: conditioning a Gaussian process on S = 0 is ``x_t - weight_t * S``
        (Matheron's rule), which also carries the right memory into the years after.
    """
    phi = np.asarray(persistence, dtype=float)
    covariance = np.zeros((rows, *phi.shape))
    variance = np.zeros((rows, *phi.shape))
    variance[0] = 1.0 if stationary else 1 - phi**2
    for row in range(1, rows):
        variance[row] = phi**2 * variance[row - 1] + 1 - phi**2
    for row in range(rows):
        for other in range(years):
            covariance[row] += phi ** abs(row - other) * variance[min(row, other)]
    weights: Array = covariance / covariance[:years].sum(axis=0)
    return weights
