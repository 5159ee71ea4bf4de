"""Distributions written by name: `{distribution: normal, mean: 7%, sd: 3%}`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from cqsim.distributions.base import Distribution, increasing
from cqsim.distributions.bells import StudentT as StudentTLaw
from cqsim.distributions.laws import Law, Scale, SplitNormal
from cqsim.distributions.shapes import Beta as BetaLaw
from cqsim.distributions.shapes import Empirical as EmpiricalLaw
from cqsim.distributions.shapes import Triangular as TriangularLaw
from cqsim.distributions.shapes import Uniform as UniformLaw
from cqsim.errors import Fault
from cqsim.quantities import Quantity

_HUGE = 1e100  # a ratio whose square has no room for one
Number = Callable[[Quantity], float]


def _peaked(low: Quantity, mode: Quantity, high: Quantity, number: Number) -> tuple[float, float, float]:
    """Three figures as numbers; the mode may lie on either end."""
    bottom, top = increasing((low, high), number)
    peak = number(mode)
    if not bottom <= peak <= top:
        raise Fault("not_increasing", values=[str(low), str(mode), str(high)])
    return bottom, peak, top


class Triangular(Distribution):
    """`{low, mode, high}`: the triangular distribution.

    >>> from cqsim.quantities import plain
    >>> Triangular(low=0, mode=1, high=2).law(plain, Scale.LINEAR).median
    1.0
    """

    distribution: Literal["triangular"] = "triangular"
    """Name of the distribution; may be omitted."""
    low: Quantity
    """Lowest possible value."""
    mode: Quantity
    """Most likely value."""
    high: Quantity
    """Highest possible value."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The three figures."""
        return self.low, self.mode, self.high

    def law(self, number: Number, scale: Scale) -> Law:
        """The triangle itself; the scale does not matter."""
        low, mode, high = _peaked(self.low, self.mode, self.high, number)
        return TriangularLaw(low, mode, high)


class Pert(Triangular):
    """`{distribution: pert, low, mode, high}`: a beta with mean (low + 4 mode + high) / 6 (Malcolm et al. 1959)."""

    distribution: Literal["pert"]  # type: ignore[assignment]  # the name of this one
    """Name of the distribution."""

    def law(self, number: Number, scale: Scale) -> Law:
        """The beta between low and high; the scale does not matter."""
        low, mode, high = _peaked(self.low, self.mode, self.high, number)
        place = (mode - low) / (high - low)
        return BetaLaw(low, high, 1 + 4 * place, 5 - 4 * place)


class Uniform(Distribution):
    """`{distribution: uniform, low, high}`: all values in between equally likely."""

    distribution: Literal["uniform"]
    """Name of the distribution."""
    low: Quantity
    """Lowest possible value."""
    high: Quantity
    """Highest possible value."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The two ends."""
        return self.low, self.high

    def law(self, number: Number, scale: Scale) -> Law:
        """The law between low and high; the scale does not matter."""
        low, high = increasing((self.low, self.high), number)
        return UniformLaw(low, high)


class Normal(Distribution):
    """`{distribution: normal, mean, sd}`, cut off at `low` and `high` when they are given."""

    distribution: Literal["normal"]
    """Name of the distribution."""
    mean: Quantity
    """Mean before truncation."""
    sd: Quantity
    """Standard deviation before truncation."""
    low: Quantity | None = None
    """Lowest possible value."""
    high: Quantity | None = None
    """Highest possible value."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The mean and the ends."""
        return tuple(quantity for quantity in (self.mean, self.low, self.high) if quantity is not None)

    def law(self, number: Number, scale: Scale) -> Law:
        """The normal itself; the scale does not matter."""
        return _bell(self, number, math.inf)


class StudentT(Normal):
    """`{distribution: student_t, mean, sd, df}`: heavier tails; `sd` is the scale, not the standard deviation."""

    distribution: Literal["student_t"]  # type: ignore[assignment]  # the name of this one
    """Name of the distribution."""
    df: Annotated[float, Field(gt=0, strict=True)]
    """Degrees of freedom."""

    def law(self, number: Number, scale: Scale) -> Law:
        """The t itself; the scale does not matter."""
        return _bell(self, number, self.df)


def _bell(noun: Normal, number: Number, df: float) -> Law:
    low = -math.inf if noun.low is None else number(noun.low)
    high = math.inf if noun.high is None else number(noun.high)
    if noun.low is not None and noun.high is not None:
        increasing((noun.low, noun.high), number)
    spread = number(noun.sd)
    if spread <= 0:
        raise Fault("negative_spread", value=str(noun.sd))
    bell = StudentTLaw(number(noun.mean), spread, df, low, high)
    if math.isfinite(max(low, -high)) and not bell.has_mass:
        away = max(low - bell.centre, bell.centre - high, 0.0) / spread
        raise Fault("cut_away", "cut_less", mean=str(noun.mean), sd=str(noun.sd), away=f"{away:,.0f}")
    return bell


class Lognormal(Distribution):
    """`{distribution: lognormal, mean, sd}`: of the value itself; for rates, of 1 + rate.

    >>> from cqsim.quantities import plain
    >>> law = Lognormal(distribution="lognormal", mean=100, sd=20).law(plain, Scale.LOG)
    >>> round(law.median, 3)
    98.058
    """

    distribution: Literal["lognormal"]
    """Name of the distribution."""
    mean: Quantity
    """Mean of the value."""
    sd: Quantity
    """Standard deviation of the value."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The mean."""
        return (self.mean,)

    def law(self, number: Number, scale: Scale) -> Law:
        """The lognormal with that mean and standard deviation."""
        shift = 1.0 if scale is Scale.LOG1P else 0.0
        mean, sd = number(self.mean) + shift, number(self.sd)
        if mean <= 0:
            raise Fault("outside_support", value=str(self.mean), lowest=f"{-shift:g}", highest="inf")
        if sd <= 0:
            raise Fault("negative_spread", value=str(self.sd))
        ratio = sd / mean
        variance = math.log1p(ratio * ratio) if ratio < _HUGE else 2 * math.log(ratio)
        spread = math.sqrt(variance) or ratio
        own = Scale.LOG1P if shift else Scale.LOG
        return SplitNormal(own, math.log(mean) - variance / 2, spread, spread)


class Beta(Uniform):
    """`{distribution: beta, alpha, beta, low, high}`: between `low` and `high`."""

    distribution: Literal["beta"]  # type: ignore[assignment]  # the name of this one
    """Name of the distribution."""
    alpha: Annotated[float, Field(gt=0, strict=True)]
    """First shape parameter."""
    beta: Annotated[float, Field(gt=0, strict=True)]
    """Second shape parameter."""

    def law(self, number: Number, scale: Scale) -> Law:
        """The beta between low and high; the scale does not matter."""
        low, high = increasing((self.low, self.high), number)
        return BetaLaw(low, high, self.alpha, self.beta)


class Empirical(Distribution):
    """`{distribution: empirical, values: [...]}`: one of the values, each equally likely."""

    distribution: Literal["empirical"]
    """Name of the distribution."""
    values: Annotated[tuple[Quantity, ...], Field(min_length=2, max_length=10_000)]
    """At least two values, equally likely."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The values."""
        return self.values

    def law(self, number: Number, scale: Scale) -> Law:
        """The values as they are; the scale does not matter."""
        return EmpiricalLaw(tuple(sorted(number(quantity) for quantity in self.values)))
