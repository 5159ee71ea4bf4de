"""Laws of the named distributions, each by its quantile function."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array, Shaped


class Shape(ABC):
    """A law given by its quantile function."""

    lowest: float
    highest: float

    @abstractmethod
    def quantile(self, below: Shaped[Array, "*shape"], above: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at probabilities `below`, with `above` what is left up to one, each exact where it is small."""

    @property
    def median(self) -> float:
        """The 50 % quantile."""
        return float(self.ppf(np.array([0.5]))[0])

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        return np.clip(self.quantile(probability, 1 - probability), self.lowest, self.highest)

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at the probabilities that standard normal values stand for; same shape."""
        from scipy.special import ndtr

        return np.clip(self.quantile(ndtr(z), ndtr(-z)), self.lowest, self.highest)


@dataclass(frozen=True)
class Uniform(Shape):
    """Equally likely between two ends.

    >>> Uniform(2.0, 4.0).median
    3.0
    """

    lowest: float
    highest: float

    def quantile(self, below: Shaped[Array, "*shape"], above: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """See `Shape.quantile`."""
        return above * self.lowest + below * self.highest


@dataclass(frozen=True)
class Triangular(Shape):
    """Rising from `lowest` to `mode`, falling to `highest`.

    >>> Triangular(0.0, 1.0, 2.0).median
    1.0
    """

    lowest: float
    mode: float
    highest: float

    def quantile(self, below: Shaped[Array, "*shape"], above: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """See `Shape.quantile`."""
        width = self.highest - self.lowest
        left, right = (self.mode - self.lowest) / width, (self.highest - self.mode) / width
        rising = self.lowest + np.sqrt(below * left) * width
        falling = self.highest - np.sqrt(above * right) * width
        return np.where(below < left, rising, falling)


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

    def quantile(self, below: Shaped[Array, "*shape"], above: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """See `Shape.quantile`."""
        from scipy.special import betaincinv

        width = self.highest - self.lowest
        place, rest = betaincinv(self.alpha, self.beta, below), betaincinv(self.beta, self.alpha, above)
        return np.where(place < 0.5, self.lowest + place * width, self.highest - rest * width)


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

    def quantile(self, below: Shaped[Array, "*shape"], above: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """See `Shape.quantile`."""
        place = np.ceil(below * len(self.values)).astype(np.int64) - 1
        return np.sort(np.array(self.values))[np.clip(place, 0, len(self.values) - 1)]
