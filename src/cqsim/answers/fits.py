"""What was thought of growth before, what the history says, and what both together leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from cqsim.distributions.laws import Law, Scale
from cqsim.growth.fitting.learning import Updated, learned
from cqsim.growth.inputs import Past
from cqsim.growth.models.compound import Compound
from cqsim.growth.models.trend import Trend, fitted
from cqsim.messages import Language
from cqsim.scenario.laws import parameter_laws
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.past import past
from cqsim.scenario.scenario import Scenario

_CHANCES = (0.1, 0.5, 0.9)
_FEWEST = 3  # growth rates, for a comparison that nobody asked for

Quantiles = tuple[float, float, float]
"""Of 10, 50 and 90 %."""


@dataclass(frozen=True)
class Fit:
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
        found = asdict(self)
        for name in ("prior", "posterior"):
            if found[name] is not None:
                found[name] = {f"{chance:g}": value for chance, value in zip(_CHANCES, found[name], strict=True)}
        return found


def fits(scenario: Scenario, language: Language) -> list[Fit]:
    """The fits of all indicators whose growth a history informs, or could inform."""
    found = []
    for id, indicator in scenario.indicators.items():
        known = past(scenario, id)
        label = text_in(indicator.label or id, language)
        if known is None:
            continue
        if isinstance(indicator.growth, Trend):
            found += list(_of_trend(id, label, indicator.growth, known))
        elif isinstance(indicator.growth, Compound) and _comparable(indicator.growth, known):
            laws = {name: one.law for name, one in parameter_laws(indicator).items()}
            found += list(_of_compound(id, label, indicator.growth.learn, laws, known))
    return found


def _comparable(growth: Compound, known: Past) -> bool:
    return growth.learn or (growth.rate is not None and len(known.years) > _FEWEST and min(known.values) > 0)


def _of_trend(id: str, label: str, growth: Trend, known: Past) -> Iterator[Fit]:
    found = fitted(growth, known)
    data = _estimates(found.on_scale(np.array(known.values)), known)
    for figure, row in found.summary().items():
        back = np.expm1 if figure == "drift" and found.scale is Scale.LOG else np.asarray
        prior = _three(back, [row[f"prior_p{p}"] for p in (10, 50, 90)]) if "prior_p10" in row else None
        posterior = _three(back, [row[f"p{p}"] for p in (10, 50, 90)])
        name = "rate" if figure == "drift" else figure
        estimate = data.get(name)
        shown = None if estimate is None else float(back(estimate))
        yield Fit(id, label, name, found.growths, prior, shown, posterior, row.get("prior_weight"), used=True)


def _of_compound(id: str, label: str, used: bool, laws: Mapping[str, Law], known: Past) -> Iterator[Fit]:
    after = learned(laws, known)
    data = _estimates(np.log(known.values), known)
    data["rate"] = float(np.expm1(data["rate"]))
    for figure, law in after.items():
        if isinstance(law, Updated):
            prior, posterior = (_three(np.asarray, one.ppf(np.array(_CHANCES))) for one in (laws[figure], law))
            years = len(known.years) - 1
            yield Fit(id, label, figure, years, prior, data.get(figure), posterior, law.prior_weight, used)


def _estimates(levels: Any, known: Past) -> dict[str, float]:
    """Mean and standard deviation of yearly changes; a change over several years counts as so many."""
    spans, changes = np.diff(known.years), np.diff(levels)
    if not len(spans):
        return {}
    mean = changes.sum() / spans.sum()
    found = {"rate": float(mean)}
    if len(spans) > 1:
        found["volatility"] = float(np.sqrt(((changes - mean * spans) ** 2 / spans).sum() / (len(spans) - 1)))
    return found


def _three(back: Any, values: Any) -> Quantiles:
    low, middle, high = (float(value) for value in back(np.asarray(values)))
    return low, middle, high
