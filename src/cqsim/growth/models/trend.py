"""The trend that an indicator's own short history supports, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import AfterValidator, Field

from cqsim.distributions.laws import Scale
from cqsim.distributions.named import Normal
from cqsim.errors import Fault
from cqsim.growth.base import GrowthModel, Levels
from cqsim.growth.fitting.fitted_trend import FittedTrend
from cqsim.growth.fitting.posterior import Prior
from cqsim.growth.kernel import NOISE, Kernel
from cqsim.growth.parameters import Kind, Parameter
from cqsim.growth.past import Past
from cqsim.noun import Noun
from cqsim.quantities import PERCENT, Quantity, percentage

_SCALES = {"log": Scale.LOG, "logit": Scale.PERCENT, "linear": Scale.LINEAR}
_PERSISTENCES = 16
# One draw of each a path, standing for its cell of the posterior, its drift in the cell, and its last deviation.
_STANDARD = Normal(distribution="normal", mean=Quantity(0.0, written=0), sd=Quantity(1.0, written=1))
_DRAWS = {name: Parameter(_STANDARD, Kind.NUMBER) for name in ("cell", "drift", "last")}


def _positive(value: Quantity) -> Quantity:
    if percentage(value) <= 0:
        raise Fault("spread_of_zero", value=str(value))
    return value


def _above_minus_100(value: Quantity) -> Quantity:
    if percentage(value) <= -1:
        raise Fault("rate_below_minus_100", value=str(value))
    return value


def _between(ends: tuple[float, float]) -> tuple[float, float]:
    if not -1 < ends[0] < ends[1] < 1:
        raise Fault("persistence_range", low=f"{ends[0]:g}", high=f"{ends[1]:g}")
    return ends


PositiveSpread = Annotated[Quantity, AfterValidator(_positive)]


class TrendPrior(Noun):
    """What is thought of yearly growth before the history is seen."""

    drift: Annotated[Quantity, AfterValidator(_above_minus_100)] | None = None
    """Middle of the typical growth a year; default 2 % on the log scale, else none."""
    drift_sd: PositiveSpread = Quantity(3.0, PERCENT, "3%")
    """How far the typical growth may lie from it: standard deviation."""
    volatility: PositiveSpread = Quantity(8.0, PERCENT, "8%")
    """Middle of the yearly ups and downs: standard deviation of yearly growth."""
    log_variance_sd: Annotated[float, Field(gt=0, le=10, strict=True)] = 1.0
    """Standard deviation of the log of their variance: 1 means a factor of e either way."""
    persistence: Annotated[tuple[float, float], AfterValidator(_between)] = (-0.6, 0.9)
    """Between which the AR(1) coefficient of the undamped half lies, all values alike."""
    damping: Annotated[tuple[Annotated[float, Field(gt=0, le=1)], ...], Field(min_length=1)] = (0.6, 0.8, 0.9)
    """By what the drift of the damped half may shrink every year, all alike."""

    def before(self, scale: Scale) -> Prior:
        """The prior on a working scale."""
        drift = 0.02 if self.drift is None and scale is Scale.LOG else percentage(self.drift) if self.drift else 0.0
        return Prior(
            drift=float(np.log1p(drift)) if scale is Scale.LOG else drift,
            drift_sd=percentage(self.drift_sd),
            log_variance=2 * float(np.log(percentage(self.volatility))),
            log_variance_sd=self.log_variance_sd,
        )


class Trend(GrowthModel):
    """Growth as the history shows it, fitted by Bayes' rule; the default for an indicator with a history and no model.

    Half of the paths have a drift that fades year by year and independent growth, half an undamped drift with AR(1)
    growth; drift, volatility and persistence are uncertain in both. How the default prior was chosen, and what it is
    worth on public series, stands in docs/en/trust.md.

    Examples
    --------
    >>> fitted = Trend(evidence="derived").fit(range(2016, 2022), [100, 103, 104, 108, 111, 115])
    >>> drift = fitted.summary()["drift"]
    >>> [round(drift[name], 3) for name in ("prior_p10", "prior_p90", "p10", "p90")]
    [-0.019, 0.058, 0.005, 0.045]
    """

    typical: ClassVar[str] = "drift"
    fits_history: ClassVar[bool] = True

    model: Literal["trend"] = "trend"
    scale: Literal["log", "logit", "linear"] | None = None
    """On which growth is fitted: `log`, `logit` for shares, `linear` for what may fall to zero or below; default:
    `logit` for indicators in %, else `log`."""
    prior: TrendPrior | None = None
    """What is thought before the history; must be stated when there are fewer than three growth rates."""
    pool: tuple[str, ...] = ()
    """Indicators whose histories say what growth and volatility are usual."""

    @property
    def levels(self) -> Levels:  # type: ignore[override]  # depends on the scale
        """Above zero, but for the linear scale."""
        return "any" if self.scale == "linear" else "positive"

    @property
    def history_growths(self) -> int:  # type: ignore[override]  # depends on whether a prior was stated
        """Three, or none with a stated prior."""
        return 3 if self.prior is None else 0

    def is_share(self, unit: str) -> bool:
        """Whether it is fitted on the log-odds."""
        return self._scale(unit) is Scale.PERCENT

    def peers(self) -> tuple[str, ...]:
        """The pool."""
        return self.pool

    def parameters(self) -> dict[str, Parameter]:
        """The standard normal draws that choose a path's place in the posterior."""
        return dict(_DRAWS)

    def streams(self, years: int) -> dict[str, int]:
        """One innovation a year."""
        return {NOISE: years}

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """The fit of its history; see `GrowthModel.prepare`. Without one, paths are drawn from the prior alone."""
        return fitted(self, past or Past((years.start - 1,), (1.0,)))

    def fit(
        self, years: Iterable[int], values: Iterable[float], unit: str = "", peers: tuple[Past, ...] = ()
    ) -> FittedTrend:
        """What a history leaves of the prior.

        Parameters
        ----------
        years : iterable of int
            Increasing; years may be missing.
        values : iterable of float
            Levels, as many as years.
        unit : str
            `%` fits shares on their log-odds when no scale is stated.
        peers : tuple of Past
            Other histories in the same manner.

        Raises
        ------
        Fault
            When values are not finite, not positive on the log scale or not shares on the log-odds scale; when there
            are fewer than three growth rates and no stated prior.
        """
        return fitted(self, Past(tuple(years), tuple(float(value) for value in values), unit, peers))

    def refuse(self, past: Past | None) -> None:
        """Refuse a history that cannot be fitted; see `fit`."""
        known = len(past.values) if past else 0
        if known <= self.history_growths and self.prior is None:
            raise Fault("history_short", "state_prior", model=self.model, needed=self.history_growths + 1, found=known)
        if past is None:
            if self.scale == "linear":  # changes are written as shares of its size
                raise Fault("history_short", model=self.model, needed=1, found=0)
            return
        lowest, highest = min(past.values), max(past.values)
        if not np.isfinite(past.values).all():
            raise Fault("history_not_finite")
        if any(second <= first for first, second in pairwise(past.years)):
            raise Fault("history_order")
        if self.is_positive and lowest <= 0:
            raise Fault("history_not_positive", "linear_scale", value=f"{lowest:g}")
        if lowest == highest == 0:
            raise Fault("history_zero")
        if self.is_share(past.unit) and highest >= 100:
            raise Fault("not_share_history", "linear_scale", value=f"{highest:g}")

    def _scale(self, unit: str) -> Scale:
        return _SCALES[self.scale or ("logit" if unit == PERCENT else "log")]


def fitted(trend: Trend, past: Past) -> FittedTrend:
    """The fit of a history, after those of its peers."""
    trend.refuse(past)
    settings, scale = trend.prior or TrendPrior(), trend._scale(past.unit)
    others = [fitted(trend, peer).typical for peer in past.peers]
    return FittedTrend.of(
        scale,
        np.array(past.years),
        np.array(past.values),
        _among(settings.before(scale), others),
        np.array(settings.damping),
        np.linspace(*settings.persistence, _PERSISTENCES),
    )


def _among(prior: Prior, others: list[tuple[float, float]]) -> Prior:
    """The prior of one more member of a group: half of its variance lies between groups, half within one."""
    drift, log_variance = np.mean([(prior.drift, prior.log_variance), *others], axis=0)
    narrower = ((1 + 1 / (len(others) + 1)) / 2) ** 0.5
    return Prior(float(drift), prior.drift_sd * narrower, float(log_variance), prior.log_variance_sd * narrower)
