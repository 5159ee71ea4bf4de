"""Laws of the named distributions, each by its quantile function."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Shaped


class Shape(ABC):
    """A law given by its quantile function."""

    lowest: float
    highest: float

    @abstractmethod
    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""

    @property
    def median(self) -> float:
        """The 50 % quantile."""
        return float(self.ppf(np.array([0.5]))[0])

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at the probabilities that standard normal values stand for; same shape."""
        from scipy.special import ndtr

        return self.ppf(ndtr(z))


@dataclass(frozen=True)
class Uniform(Shape):
    """Equally likely between two ends.

    >>> Uniform(2.0, 4.0).median
    3.0
    """

    lowest: float
    highest: float

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        return self.lowest + probability * (self.highest - self.lowest)


@dataclass(frozen=True)
class Triangular(Shape):
    """Rising from `lowest` to `mode`, falling to `highest`.

    >>> Triangular(0.0, 1.0, 2.0).median
    1.0
    """

    lowest: float
    mode: float
    highest: float

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        width, left, right = self.highest - self.lowest, self.mode - self.lowest, self.highest - self.mode
        rising = self.lowest + np.sqrt(probability * width * left)
        falling = self.highest - np.sqrt((1 - probability) * width * right)
        return np.where(probability * width < left, rising, falling)


@dataclass(frozen=True)
class Beta(Shape):
    """The beta distribution, scaled to lie between two ends.

    >>> round(Beta(0.0, 1.0, 2.0, 2.0).median, 6)
    0.5
    """

    lowest: float
    highest: float
    alpha: float
    beta: float

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        from scipy.special import betaincinv

        return self.lowest + betaincinv(self.alpha, self.beta, probability) * (self.highest - self.lowest)


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

    Examples
    --------
    >>> StudentT(1.0, 2.0).median
    1.0
    """

    centre: float
    spread: float
    df: float = math.inf
    lowest: float = -math.inf
    highest: float = math.inf

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        from scipy.special import ndtri, stdtrit

        below, above = self._cdf(self.lowest), self._cdf(self.highest)
        share = below + probability * (above - below)
        standard = ndtri(share) if math.isinf(self.df) else stdtrit(self.df, share)
        return np.clip(np.asarray(self.centre + self.spread * standard, np.float64), self.lowest, self.highest)

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at standard normal values; for an untruncated normal without its distribution function."""
        if math.isinf(self.df) and math.isinf(self.lowest) and math.isinf(self.highest):
            return self.centre + self.spread * z
        return super().from_normal(z)

    def _cdf(self, value: float) -> float:
        from scipy.special import ndtr, stdtr

        if math.isinf(value):
            return float(value > 0)
        standard = (value - self.centre) / self.spread
        return float(ndtr(standard) if math.isinf(self.df) else stdtr(self.df, standard))


@dataclass(frozen=True)
class Empirical(Shape):
    """One of some values, each equally likely.

    >>> Empirical((1.0, 2.0, 5.0)).median
    2.0
    """

    values: tuple[float, ...]

    @property
    def lowest(self) -> float:  # type: ignore[override]  # derived from the values
        """The smallest value."""
        return min(self.values)

    @property
    def highest(self) -> float:  # type: ignore[override]  # derived from the values
        """The largest value."""
        return max(self.values)

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        place = np.ceil(probability * len(self.values)).astype(np.int64) - 1
        return np.sort(np.array(self.values))[np.clip(place, 0, len(self.values) - 1)]
