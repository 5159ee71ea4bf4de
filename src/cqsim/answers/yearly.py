"""Every indicator year by year: mean, standard deviation, quantiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cqsim.answers.plain import number_of
from cqsim.messages import Language
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.histogram import Histogram, WholeBuckets
from cqsim.simulation.counts.tally import Tally

QUANTILES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True)
class YearAnswer:
    """What the futures say of one indicator in one year, in its unit.

    Parameters
    ----------
    year : int
    mean, sd : float
    quantiles : dict of float to float
    undefined : float
        Share of paths without a finite value.
    """

    year: int
    mean: float
    sd: float
    quantiles: dict[float, float]
    undefined: float = 0.0

    @property
    def row(self) -> dict[str, float]:
        """As one flat row: year, mean, sd, p5 to p95."""
        shares = {f"p{share * 100:g}": value for share, value in self.quantiles.items()}
        return {"year": self.year, "mean": self.mean, "sd": self.sd, **shares}


@dataclass(frozen=True)
class IndicatorAnswer:
    """What the futures say of one indicator.

    Parameters
    ----------
    id, label, unit : str
    baseline : float
        Median, in its baseline year.
    years : tuple of YearAnswer
        From the baseline year on.
    """

    id: str
    label: str
    unit: str
    baseline: float
    years: tuple[YearAnswer, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        rows = [{**year.row, **({"undefined": year.undefined} if year.undefined else {})} for year in self.years]
        return {"indicator": self.id, "label": self.label, "unit": self.unit, "baseline": self.baseline, "years": rows}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> IndicatorAnswer:
        """What `to_dict` wrote."""
        years = tuple(
            YearAnswer(
                row["year"],
                number_of(row["mean"]),
                number_of(row["sd"]),
                {share: number_of(row[f"p{share * 100:g}"]) for share in QUANTILES},
                row.get("undefined", 0.0),
            )
            for row in data["years"]
        )
        return cls(data["indicator"], data["label"], data["unit"], number_of(data["baseline"]), years)


def yearly(scenario: Scenario, tally: Tally, language: Language) -> tuple[IndicatorAnswer, ...]:
    """The answers for every indicator, in the order of the file."""
    plan = tally.plan
    answers = []
    for id, indicator in scenario.indicators.items():
        number = plan.number(id)
        start = plan.indicators[number].start
        years = tuple(
            YearAnswer(
                plan.year(step),
                tally.mean(number, step),
                tally.sd(number, step),
                quantiles(tally.values[number, step]),
                int(tally.undefined[number, step]) / tally.paths,
            )
            for step in range(start, plan.steps + 1)
        )
        label = text_in(indicator.label or id, language)
        answers.append(IndicatorAnswer(id, label, indicator.unit, float(tally.central[number, start]), years))
    return tuple(answers)


def quantiles(histogram: Histogram) -> dict[float, float]:
    """The quantiles that every answer states; whole numbers for what is counted."""
    values = dict(zip(QUANTILES, histogram.quantiles(QUANTILES), strict=True))
    if isinstance(histogram.buckets, WholeBuckets):
        return {share: whole(value) for share, value in values.items()}
    return values


def whole(value: float) -> float:
    """A whole number as an integer, so that it is written without decimals."""
    return int(value) if value == int(value) else value
