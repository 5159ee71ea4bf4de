"""What was thought of growth before, what the history says, and what both together leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from cqsim.distributions.laws import Law, Scale
from cqsim.growth.fitting.learning import Updated, learned
from cqsim.growth.models.compound import Compound
from cqsim.growth.models.trend import Trend, fitted
from cqsim.growth.past import Past
from cqsim.messages import Language
from cqsim.scenario.laws import parameter_laws
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.past import past
from cqsim.scenario.scenario import Scenario

_PROBABILITIES = (0.1, 0.5, 0.9)
_NAMES = tuple(f"{probability:g}" for probability in _PROBABILITIES)
_FEWEST = 3  # growth rates, for a comparison that nobody asked for

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
        Share of the precision that comes from the prior.
    used : bool
        Whether paths are drawn from the posterior; else from the prior as written.
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


def _comparable(growth: Compound, known: Past) -> bool:
    return growth.learn or (growth.rate is not None and len(known.years) > _FEWEST and min(known.values) > 0)


def _of_trend(id: str, label: str, growth: Trend, known: Past) -> Iterator[FittedFigure]:
    fit = fitted(growth, known)
    data = _estimates(fit.on_scale(np.array(known.values)), known)
    for figure, row in fit.summary().items():
        back = np.expm1 if figure == "drift" and fit.scale is Scale.LOG else np.asarray
        prior = _three(back, [row[f"prior_p{p}"] for p in (10, 50, 90)]) if "prior_p10" in row else None
        posterior = _three(back, [row[f"p{p}"] for p in (10, 50, 90)])
        name = "rate" if figure == "drift" else figure
        estimate = data.get(name)
        shown = None if estimate is None else float(back(estimate))
        yield FittedFigure(id, label, name, fit.growths, prior, shown, posterior, row.get("prior_weight"), used=True)


def _of_compound(id: str, label: str, used: bool, laws: Mapping[str, Law], known: Past) -> Iterator[FittedFigure]:
    after = learned(laws, known)
    data = _estimates(np.log(known.values), known)
    data["rate"] = float(np.expm1(data["rate"]))
    for figure, law in after.items():
        if isinstance(law, Updated):
            prior, posterior = (
                _three(np.asarray, either.ppf(np.array(_PROBABILITIES))) for either in (laws[figure], law)
            )
            years = len(known.years) - 1
            yield FittedFigure(id, label, figure, years, prior, data.get(figure), posterior, law.prior_weight, used)


def _estimates(levels: Any, known: Past) -> dict[str, float]:
    """Mean and standard deviation of yearly changes; a change over several years counts as so many."""
    spans, changes = np.diff(known.years), np.diff(levels)
    if not len(spans):
        return {}
    mean = changes.sum() / spans.sum()
    estimates = {"rate": float(mean)}
    if len(spans) > 1:
        estimates["volatility"] = float(np.sqrt(((changes - mean * spans) ** 2 / spans).sum() / (len(spans) - 1)))
    return estimates


def _three(back: Any, values: Any) -> Quantiles:
    low, middle, high = (float(value) for value in back(np.asarray(values)))
    return low, middle, high
