"""The realised outcome of one target: the value that decides it, hit or miss, and how good its probability was."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cqsim.answers.backtest.scores import probability_scores
from cqsim.answers.export.rows import Value, target_cells
from cqsim.answers.plain import range_dict
from cqsim.answers.target.answer import TargetAnswer
from cqsim.scenario.nouns.history import History
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.tally import Tally
from cqsim.targets.when import years_that_count


@dataclass(frozen=True)
class Realised:
    """A value that came, in the unit of its indicator.

    Parameters
    ----------
    year : int
    value : float
    published : int
    evidence : str
    source : str or None
        Title of where it was read.
    note : str or None
        What its point says of it, such as that only a lower bound is known.
    """

    year: int
    value: float
    published: int
    evidence: str
    source: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What was said of one target, and what came of it.

    Parameters
    ----------
    answer : TargetAnswer
        As drawn.
    realised : Realised or None
        The value that decides the target; None while it is open.
    hit : bool or None
    quantile : float or None
        Share of the drawn futures below the realised value in its year, half of those that equal it; None where none
        has a value.

    Examples
    --------
    >>> import cqsim
    >>> looked = cqsim.lookback("scenarios/chongqing_2025.yaml", 2021, paths=2000, progress=False)
    >>> cars = next(outcome for outcome in looked.outcomes if outcome.answer.indicator == "cars")
    >>> cars.realised.value, cars.hit
    (278.8, True)
    """

    answer: TargetAnswer
    realised: Realised | None = None
    hit: bool | None = None
    quantile: float | None = None

    @property
    def scored(self) -> list[tuple[float, bool]]:
        """The probability and whether it was hit; nothing while the target is open."""
        return [] if self.hit is None else [(self.answer.probability, self.hit)]

    @property
    def brier(self) -> float | None:
        """Squared difference of the probability from what came (1 for hit, 0 for missed); None while open."""
        return probability_scores(self.scored).get("brier")

    @property
    def log_score(self) -> float | None:
        """Minus the natural logarithm of the probability of what came; None while open."""
        return probability_scores(self.scored).get("log_score")

    @property
    def status(self) -> str:
        """`hit`, `missed` or `open`."""
        return {True: "hit", False: "missed", None: "open"}[self.hit]

    def to_dict(self) -> dict[str, Any]:
        """The outcome as plain data."""
        wanted = self.answer.to_dict()
        names = ("indicator", "label", "unit", "sense", "value", "when", "year", "baseline", "probability", "interval")
        return {
            **{name: wanted[name] for name in names},
            **range_dict(self.answer.range),
            "evidence": self.answer.evidence,
            "status": self.status,
            "realised": None if self.realised is None else asdict(self.realised),
            "quantile": self.quantile,
            "brier": self.brier,
            "log_score": self.log_score,
        }

    @property
    def row(self) -> dict[str, Value]:
        """The outcome as one flat row; probabilities and quantile are fractions, levels are in `unit`."""
        answer, came = self.answer, self.realised
        low, high = answer.range or (None, None)
        return {
            **target_cells(answer),
            "probability": answer.probability,
            "range_low": low,
            "range_high": high,
            "status": self.status,
            "realised": came.value if came else None,
            "realised_year": came.year if came else None,
            "published": came.published if came else None,
            "quantile": self.quantile,
            "brier": self.brier,
            "log_score": self.log_score,
        }


def outcome(number: int, answer: TargetAnswer, scenario: Scenario, tally: Tally) -> Outcome:
    """What came of one target.

    Parameters
    ----------
    number : int
        Its place in the tally's plan.
    answer : TargetAnswer
    scenario : Scenario
        With the observations.
    tally : Tally
        What was drawn without them.
    """
    plan, target = tally.plan, tally.plan.targets[number]
    goal, start = target.goal, plan.indicators[target.indicator].start
    low, high = goal.measure.bounds(goal, float(tally.central[target.indicator, start]))
    years = [answer.baseline_year + step for step in years_that_count(goal.when, goal.due)]
    decided = _decided(years, (float(low), float(high)), observed(scenario, answer.indicator))
    if decided is None:
        return Outcome(answer)
    realised, hit = decided
    rank = tally.values[target.indicator, realised.year - plan.first_year].rank(realised.value)
    return Outcome(answer, realised, hit, None if math.isnan(rank) else rank)


def _decided(
    years: Sequence[int], bounds: tuple[float, float], observations: Mapping[int, Realised]
) -> tuple[Realised, bool] | None:
    """The first observed value that hits, or else that of the target's own year; None while there is neither."""
    low, high = bounds
    for year in years:
        if year in observations and low <= observations[year].value <= high:
            return observations[year], True
    return (observations[years[-1]], False) if years[-1] in observations else None


def observed(scenario: Scenario, id: str) -> dict[int, Realised]:
    """Year to what came of an indicator, in its unit."""
    indicator = scenario.indicators[id]
    record = indicator.observations
    if record is None:
        return {}
    about = _about(record, scenario)
    published = record.published()
    return {
        year: Realised(year, value, published[year], **about[year])
        for year, value in record.levels(indicator.unit).items()
    }


def _about(record: History, scenario: Scenario) -> dict[int, dict[str, Any]]:
    """Year to evidence, title of the source, and note of each value; the block's where the value has none."""
    said = {int(year): record for year in record.values or {}} | {point.year: point for point in record.covered()}
    return {
        year: {
            "evidence": str(about.evidence),
            "source": scenario.sources[about.source].title if about.source else None,
            "note": about.note,
        }
        for year, about in said.items()
    }
