"""What was thought of growth before, what the history says, and what both together leave."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Literal

import numpy as np

from cqsim.distributions.laws import Z90, Law, Scale
from cqsim.growth.fitting.fitted_trend import FittedTrend
from cqsim.growth.fitting.learning import Updated, learned
from cqsim.growth.models.compound import Compound
from cqsim.growth.models.trend import Trend, fitted
from cqsim.growth.past import Past
from cqsim.messages import Language, say
from cqsim.quantities import PERCENT
from cqsim.scenario.laws import parameter_laws
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.past import past
from cqsim.scenario.scenario import Scenario

_PROBABILITIES = (0.1, 0.5, 0.9)
_NAMES = tuple(f"{probability:g}" for probability in _PROBABILITIES)
_FEWEST = 3  # growth rates, for a comparison that nobody asked for

_FAR = 2.5  # standard deviations

StatedIn = Literal["rate", "points", "amount"]
Quantiles = tuple[float, float, float]
"""Of 10, 50 and 90 %."""


@dataclass(frozen=True)
class FittedFigure:
    """One figure of an indicator's growth before and after its history.

    Parameters
    ----------
    indicator, label : str
    figure : {"rate", "volatility", "persistence"}
    years : int
        Growth rates in the history.
    prior : tuple of float or None
        Quantiles of 10, 50 and 90 % as elicited, or the model's prior.
    data : float or None
        The history's own estimate: mean growth, standard deviation of growth.
    posterior : tuple of float
        Quantiles after the history.
    prior_weight : float or None
        Share of the posterior's precision that comes from the prior.
    used : bool
        Whether paths are drawn from the posterior; else from the prior as written.
    stated_in : {"rate", "points", "amount"} or None
        What the figures are: fractions (0.02 is 2 % or 2 percentage points), the latter as at the baseline; amounts in
        `unit`; None for plain numbers.
    unit : str
        Of amounts.
    disagrees : bool
        Whether the history's typical growth lies where the prior hardly expects any history's.
    at_end : bool
        Whether much of the posterior lies at an end of what was allowed.
    """

    indicator: str
    label: str
    figure: str
    years: int
    prior: Quantiles | None
    data: float | None
    posterior: Quantiles
    prior_weight: float | None
    used: bool
    stated_in: StatedIn | None = "rate"
    unit: str = ""
    disagrees: bool = False
    at_end: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The fit as plain data."""
        data = asdict(self)
        for name in ("prior", "posterior"):
            if data[name] is not None:
                data[name] = dict(zip(_NAMES, data[name], strict=True))
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> FittedFigure:
        """What `to_dict` wrote."""
        three = {name: data[name] and tuple(data[name].values()) for name in ("prior", "posterior")}
        return cls(**{**data, **three})


def fits(scenario: Scenario, language: Language) -> list[FittedFigure]:
    """The fits of all indicators whose growth a history informs, or could inform."""
    figures: list[FittedFigure] = []
    for id, indicator in scenario.indicators.items():
        known = past(scenario, id)
        label = text_in(indicator.label or id, language)
        if known is None:
            continue
        if isinstance(indicator.growth, Trend):
            figures += list(_of_trend(id, label, indicator.growth, known))
        elif isinstance(indicator.growth, Compound) and _comparable(indicator.growth, known):
            laws = {name: parameter.law for name, parameter in parameter_laws(indicator).items()}
            figures += list(_of_compound(id, label, indicator.growth.learn, laws, known))
    return figures


def fit_caveats(figures: Iterable[FittedFigure], language: Language) -> Iterator[str]:
    """Where history and prior disagree, or the posterior lies at an end of what was allowed."""
    for fit in figures:
        if fit.disagrees and fit.prior is not None and fit.data is not None:
            history, low, high = (_in_words(fit, value, language) for value in (fit.data, fit.prior[0], fit.prior[2]))
            values = {"label": fit.label, "years": fit.years, "history": history, "low": low, "high": high}
            yield say("note.fit_disagrees", language, **values)
        if fit.at_end:
            figure = say(f"figure.{fit.figure}", language)
            yield say("note.fit_at_end", language, label=fit.label, figure=figure)


def _in_words(fit: FittedFigure, value: float, language: Language) -> str:
    if fit.stated_in == "amount":
        return say("growth_a_year", language, value=f"{value:.4g} {fit.unit}")
    if fit.stated_in == "points":
        return say("points_a_year", language, value=f"{100 * value:+.1f}")
    return say("growth_a_year", language, value=f"{value:.1%}")


def _comparable(growth: Compound, known: Past) -> bool:
    return growth.learn or (growth.rate is not None and len(known.years) > _FEWEST and min(known.values) > 0)


def _of_trend(id: str, label: str, growth: Trend, known: Past) -> Iterator[FittedFigure]:
    fit = fitted(growth, known)
    work = _estimates(fit.on_scale(np.array(known.values)), known)
    data, levels = {}, _estimates(known.values, known)
    for figure in work:
        by_level = fit.scale is Scale.PERCENT  # a mean of log-odds is no figure that anyone knows
        data[figure] = levels[figure] / 100 if by_level else _shown(fit, known, figure, work[figure])
    ends = fit.at_ends()
    for name, row in fit.summary().items():
        figure = "rate" if name == "drift" else name
        back = partial(_shown, fit, known, figure)
        prior = _three(map(back, _quantiles(row, "prior_"))) if "prior_p10" in row else None
        posterior = _three(map(back, _quantiles(row)))
        prior_sd, volatility = fit.prior.drift_sd, np.exp(fit.prior.log_variance / 2)
        yield FittedFigure(
            id,
            label,
            figure,
            fit.growths,
            prior,
            data.get(figure),
            posterior,
            row.get("prior_weight"),
            used=True,
            stated_in=_stated_in(fit, known, figure),
            unit=known.unit,
            disagrees=figure == "rate" and _disagree(work, known, fit.prior.drift, prior_sd, volatility),
            at_end=name in ends,
        )


def _stated_in(fit: FittedTrend, known: Past, figure: str) -> StatedIn | None:
    if figure == "persistence":
        return None
    if fit.scale is Scale.LOG:
        return "rate"
    return "points" if known.unit == PERCENT else "amount"


def _shown(fit: FittedTrend, known: Past, figure: str, value: float) -> float:
    """A figure on the working scale as it is stated; for shares, what it comes to at the last known value."""
    if figure == "persistence" or (fit.scale is Scale.LOG and figure == "volatility"):
        return float(value)
    if fit.scale is Scale.LOG:
        return math.expm1(value)
    if fit.scale is Scale.LINEAR:
        return float(value * fit.size / (100 if known.unit == PERCENT else 1))
    share = known.values[-1] / 100
    if figure == "volatility":
        return float(value * share * (1 - share))
    return float(1 / (1 + (1 / share - 1) * math.exp(-value)) - share)


def _of_compound(id: str, label: str, used: bool, laws: Mapping[str, Law], known: Past) -> Iterator[FittedFigure]:
    after = learned(laws, known)
    work = _estimates(np.log(known.values), known)
    data = {**work, "rate": math.expm1(work["rate"])}
    low, middle, high = np.log1p(laws["rate"].ppf(np.array(_PROBABILITIES)))
    disagree = _disagree(work, known, middle, (high - low) / (2 * Z90), laws["volatility"].median)
    for figure, law in after.items():
        if isinstance(law, Updated):
            prior, posterior = (_three(either.ppf(np.array(_PROBABILITIES))) for either in (laws[figure], law))
            yield FittedFigure(
                id,
                label,
                figure,
                len(known.years) - 1,
                prior,
                data.get(figure),
                posterior,
                law.prior_weight,
                used,
                stated_in=None if figure == "persistence" else "rate",
                disagrees=used and figure == "rate" and disagree,
                at_end=used and law.is_at_end,
            )


def _disagree(work: Mapping[str, float], known: Past, prior: float, prior_sd: float, volatility: float) -> bool:
    """Whether a history's mean change lies where the prior hardly expects any, its own error allowed for.

    A prior predictive check (Box 1980, J. R. Stat. Soc. A 143) of the mean, at the larger of the yearly ups and downs
    that were expected and seen.
    """
    if not work or prior_sd == 0:
        return False
    error = max(volatility, work.get("volatility", 0.0)) / math.sqrt(known.years[-1] - known.years[0])
    return abs(work["rate"] - prior) > _FAR * math.hypot(prior_sd, error)


def _estimates(levels: Any, known: Past) -> dict[str, float]:
    """Mean and standard deviation of yearly changes; a change over several years counts as so many."""
    spans, changes = np.diff(known.years), np.diff(levels)
    if not len(spans):
        return {}
    mean = changes.sum() / spans.sum()
    estimates = {"rate": float(mean)}
    if len(spans) > 1:
        deviations = (changes - mean * spans) / np.sqrt(spans)
        estimates["volatility"] = math.hypot(*deviations) / math.sqrt(len(spans) - 1)  # no squares that overflow
    return estimates


def _quantiles(row: Mapping[str, float], before: str = "") -> list[float]:
    return [row[f"{before}p{100 * probability:g}"] for probability in _PROBABILITIES]


def _three(values: Iterable[float]) -> Quantiles:
    low, middle, high = map(float, values)
    return low, middle, high
