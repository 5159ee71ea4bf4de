"""Laws: distributions in plain numbers, with one contract, the quantile function `ppf`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.errors import Fault

Z90 = 1.2815515655446004
Z95 = 1.6448536269514722


class Scale(Enum):
    """The scale on which a distribution written by its quantiles is normal."""

    LINEAR = "linear"
    LOG = "log"
    LOG1P = "log1p"
    """The log of 1 + rate: growth rates."""
    LOGIT = "logit"
    """The log-odds: probabilities."""
    PERCENT = "percent"
    """The log-odds of a share in per cent."""

    @property
    def lowest(self) -> float:
        """The value that the scale sends to minus infinity."""
        return {Scale.LOG: 0.0, Scale.LOG1P: -1.0, Scale.LOGIT: 0.0, Scale.PERCENT: 0.0}.get(self, -math.inf)

    @property
    def highest(self) -> float:
        """The value that the scale sends to infinity."""
        return {Scale.LOGIT: 1.0, Scale.PERCENT: 100.0}.get(self, math.inf)

    def forward(self, value: float) -> float:
        """The value on this scale."""
        if self is Scale.LOG:
            return math.log(value)
        if self in (Scale.LOGIT, Scale.PERCENT):
            return math.log(value / (self.highest - value))
        return math.log1p(value) if self is Scale.LOG1P else value

    def back(self, value: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Values from this scale, in place."""
        if self is Scale.LOG:
            return np.exp(value, out=value)
        if self in (Scale.LOGIT, Scale.PERCENT):
            from scipy.special import expit

            return np.asarray(self.highest * expit(value))
        return np.expm1(value, out=value) if self is Scale.LOG1P else value


class Law(Protocol):
    """What the engine needs of a distribution."""

    @property
    def median(self) -> float:
        """The 50 % quantile."""
        ...

    @property
    def lowest(self) -> float:
        """The lower end of the support."""
        ...

    @property
    def highest(self) -> float:
        """The upper end of the support."""
        ...

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        ...

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at the probabilities that standard normal values `z` stand for; same shape, a new array."""
        ...


@dataclass(frozen=True)
class Certain:
    """A law with a single value: a figure taken as known exactly.

    >>> Certain(3.0).median
    3.0
    """

    value: float

    @property
    def median(self) -> float:
        """The value."""
        return self.value

    @property
    def lowest(self) -> float:
        """The value."""
        return self.value

    @property
    def highest(self) -> float:
        """The value."""
        return self.value

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """The value, in the shape of `probability`."""
        return np.full_like(probability, self.value)

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """The value, in the shape of `z`."""
        return np.full_like(z, self.value)


@dataclass(frozen=True)
class SplitNormal:
    """Two half-normals joined at the median, on a scale (Wallis 2014, the two-piece normal by its median).

    Parameters
    ----------
    scale : Scale
    centre : float
        Median, on the scale.
    below, above : float
        Standard deviation of either half, on the scale; equal for a normal or lognormal.

    Examples
    --------
    >>> law = SplitNormal.through(Scale.LOG, Z90, 110.0, 150.0, 200.0)
    >>> law.ppf(np.array([0.1, 0.5, 0.9])).round(6).tolist()
    [110.0, 150.0, 200.0]
    """

    scale: Scale
    centre: float
    below: float
    above: float

    @classmethod
    def through(cls, scale: Scale, z: float, low: float, middle: float | None, high: float) -> SplitNormal:
        """The law with quantiles `low` and `high` at normal values -z and z; the values increase.

        Parameters
        ----------
        scale : Scale
        z : float
        low, high : float
        middle : float or None
            The median; None puts it half-way on the scale.

        Raises
        ------
        Fault
            When the values do not exist on the scale.
        """
        for end in (low, high):
            if not scale.lowest < end < scale.highest:
                raise Fault(
                    "outside_support", value=f"{end:g}", lowest=f"{scale.lowest:g}", highest=f"{scale.highest:g}"
                )
        bottom, top = scale.forward(low), scale.forward(high)
        centre = (bottom + top) / 2 if middle is None else scale.forward(middle)
        return cls(scale, centre, (centre - bottom) / z, (top - centre) / z)

    @property
    def median(self) -> float:
        """The median, off the scale."""
        return float(self.scale.back(np.array([self.centre]))[0])

    @property
    def lowest(self) -> float:
        """The end of the scale's support."""
        return self.scale.lowest

    @property
    def highest(self) -> float:
        """The other end of the scale's support."""
        return self.scale.highest

    def ppf(self, probability: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles; same shape as `probability`."""
        from scipy.special import ndtri

        return self.from_normal(ndtri(probability))

    def from_normal(self, z: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """Quantiles at standard normal values; the joint at z = 0 keeps every quantile exact."""
        value = z * self.above
        if self.below != self.above:
            np.multiply(z, self.below, out=value, where=z < 0)
        value += self.centre
        return self.scale.back(value)
