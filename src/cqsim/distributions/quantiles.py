"""Distributions written by their quantiles, which are reproduced exactly."""

from __future__ import annotations

from collections.abc import Callable

from cqsim.distributions.base import Distribution, increasing
from cqsim.distributions.laws import Z90, Z95, Law, Scale, SplitNormal
from cqsim.quantities import Quantity


class Percentiles(Distribution):
    """`{p10, p50, p90}`: two half-normals joined at the median.

    They are normal on the log of the value for positive amounts, and on log(1 + rate) for rates.

    >>> from cqsim.quantities import percentage
    >>> rate = Percentiles(p10="2%", p50="7%", p90="13%")
    >>> round(rate.law(percentage, Scale.LOG1P).median, 6)
    0.07
    """

    p10: Quantity
    """10 % quantile: one time in ten the value is lower."""
    p50: Quantity
    """The median."""
    p90: Quantity
    """90 % quantile: one time in ten the value is higher."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The three figures."""
        return self.p10, self.p50, self.p90

    def law(self, number: Callable[[Quantity], float], scale: Scale) -> Law:
        """The law whose 10, 50 and 90 % quantiles are those written."""
        return SplitNormal.through(scale, Z90, *increasing(self.quantities(), number))


class Interval(Distribution):
    """`{p05, p95}`: normal, or lognormal for positive amounts and rates, by its central 90 % interval.

    >>> from cqsim.quantities import plain
    >>> round(Interval(p05=50, p95=200).law(plain, Scale.LOG).median, 6)
    100.0
    """

    p05: Quantity
    """5 % quantile: one time in twenty the value is lower."""
    p95: Quantity
    """95 % quantile: one time in twenty the value is higher."""

    def quantities(self) -> tuple[Quantity, ...]:
        """The two figures."""
        return self.p05, self.p95

    def law(self, number: Callable[[Quantity], float], scale: Scale) -> Law:
        """The law whose 5 and 95 % quantiles are those written."""
        low, high = increasing(self.quantities(), number)
        return SplitNormal.through(scale, Z95, low, None, high)
