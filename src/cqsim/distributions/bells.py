"""The normal and Student's t, cut off at either end, right to the last digits however far out the ends lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.distributions.shapes import Shape

_FAR = 30.0  # standard deviations from which on normal probabilities are kept as logs
_LEAST = 1e-290  # mass beyond the nearer end that still has all its digits


@dataclass(frozen=True)
class StudentT(Shape):
    """Student's t, shifted, scaled and truncated at both ends; normal for infinite degrees of freedom.

    Parameters
    ----------
    centre, spread : float
        Location and scale (the standard deviation of the normal).
    df : float
        Degrees of freedom.
    lowest, highest : float
        Where it is cut off; the rest is scaled up.

    Notes
    -----
    The probability below a quantile is the average of the probabilities below both ends, weighted by the shares above
    and below it: positive terms only, so nothing cancels. It is taken in the lower tail, in the upper tail or as the
    distance from one half, whichever is small, and as a log beyond 30 standard deviations.

    Examples
    --------
    >>> StudentT(1.0, 2.0).median
    1.0
    >>> round(StudentT(3103.0, 300.0, lowest=6000.0).median, 4)
    6021.2336
    """

    centre: float
    spread: float
    df: float = math.inf
    lowest: float = -math.inf
    highest: float = math.inf

    @property
    def has_mass(self) -> bool:
        """Whether enough lies between the ends, and they lie far enough apart, for quantiles to be told apart."""
        low, high = self._ends
        nearer = max(low, -high, 0.0)
        if math.isfinite(self.df) and float(self._tail(np.array(-nearer))) < _LEAST:
            return False
        quarters = self.ppf(np.array([0.25, 0.75]))
        return bool(np.isfinite(quarters).all() and quarters[0] < quarters[1])

    def quantile(self, below: Shaped[Array, "*shape"], above: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """See `Shape.quantile`."""
        low, high = self._ends
        if math.isinf(self.df) and (low > _FAR or high < -_FAR):
            return self._moved(_far_normal(below, above, low, high))
        (left, right), (over_left, over_right) = (self._tail(sign * np.array([low, high])) for sign in (1.0, -1.0))
        lower, upper = above * left + below * right, above * over_left + below * over_right
        value = np.where(lower < upper, self._tail_quantile(lower), -self._tail_quantile(upper))
        middle = above * self._middle(low) + below * self._middle(high)
        return self._moved(np.where(np.abs(middle) < 0.25, self._middle_quantile(middle), value))

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at standard normal values; for an untruncated normal without its distribution function."""
        if math.isinf(self.df) and math.isinf(self.lowest) and math.isinf(self.highest):
            return self.centre + self.spread * z
        return super().from_normal(z)

    @property
    def _ends(self) -> tuple[float, float]:
        return (self.lowest - self.centre) / self.spread, (self.highest - self.centre) / self.spread

    def _moved(self, standard: Array) -> Array:
        return np.asarray(self.centre + self.spread * standard, np.float64)

    def _tail(self, value: Array) -> Array:
        """Probability below a standard value."""
        from scipy.special import ndtr, stdtr

        return np.asarray(ndtr(value) if math.isinf(self.df) else stdtr(self.df, value))

    def _tail_quantile(self, probability: Array) -> Array:
        from scipy.special import betaincinv, ndtri

        if math.isinf(self.df):
            return np.asarray(ndtri(probability))
        share = betaincinv(self.df / 2, 0.5, 2 * np.minimum(probability, 0.5))
        with np.errstate(divide="ignore"):  # no probability lies at minus infinity
            return np.asarray(-np.sqrt(self.df * (1 - share) / share))

    def _middle(self, value: float) -> float:
        """Probability between zero and a standard value, negative below zero."""
        from scipy.special import betainc, erf

        if math.isinf(value):
            return math.copysign(0.5, value)
        if math.isinf(self.df):
            return float(erf(value / math.sqrt(2)) / 2)
        ratio = value / math.sqrt(self.df)
        return math.copysign(float(betainc(0.5, self.df / 2, ratio / (ratio + 1 / ratio))) / 2 if ratio else 0.0, value)

    def _middle_quantile(self, probability: Array) -> Array:
        from scipy.special import betaincinv, erfinv

        if math.isinf(self.df):
            return np.asarray(erfinv(2 * probability) * math.sqrt(2))
        share = betaincinv(0.5, self.df / 2, 2 * np.minimum(np.abs(probability), 0.25))
        return np.asarray(np.copysign(np.sqrt(self.df * share / (1 - share)), probability))


def _far_normal(below: Array, above: Array, low: float, high: float) -> Array:
    """Standard normal quantiles between two ends far out on one side."""
    from scipy.special import log_ndtr, ndtri_exp

    if high < 0:
        return -_far_normal(above, below, -high, -low)
    with np.errstate(divide="ignore"):  # the log of no probability
        tail = np.logaddexp(np.log(above) + log_ndtr(-low), np.log(below) + log_ndtr(-high))
    return np.asarray(-ndtri_exp(tail))
