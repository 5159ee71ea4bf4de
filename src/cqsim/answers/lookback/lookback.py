"""Looking back: one plan's targets, the probabilities they had, and the realised outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Unpack

from cqsim.answers.backtest.scores import probability_scores
from cqsim.answers.export.files import about, csv_text
from cqsim.answers.lookback.outcome import Outcome, outcome
from cqsim.answers.manifest import with_manifest
from cqsim.answers.options import RunOptions, Settings, prepared, takes_run_options
from cqsim.answers.result import Result
from cqsim.answers.run import draw
from cqsim.answers.surface import Answers
from cqsim.errors import Fault, Problem, ScenarioError
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language, say
from cqsim.scenario.dependencies import all_used, start_year
from cqsim.scenario.files.loading import load, with_lines
from cqsim.scenario.known_by import LatePoint, known_by, late_baselines, late_points
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

_SUMMARY = ("base_rate", "mean_probability", "brier", "brier_climatology", "log_score", "log_score_climatology")


@dataclass(frozen=True)
class LookBack(Answers):
    """The probabilities of one plan's targets as of a year, and their realised outcomes.

    Parameters
    ----------
    scenario : Scenario
        As written, with its observations.
    as_of : int
        Nothing that was published after the end of this year was drawn from.
    result : Result
        What was drawn.
    outcomes : tuple of Outcome
        What came of each target, in the order of the file.
    """

    scenario: Scenario
    as_of: int
    result: Result
    outcomes: tuple[Outcome, ...]

    __repr__ = InNotebooks.in_one_line

    @property
    def language(self) -> Language:
        """Of labels and notes."""
        return self.result.language

    @property
    def scored(self) -> tuple[Outcome, ...]:
        """The targets that are decided."""
        return tuple(outcome for outcome in self.outcomes if outcome.hit is not None)

    @property
    def open(self) -> tuple[Outcome, ...]:
        """The targets that no observed value decides yet."""
        return tuple(outcome for outcome in self.outcomes if outcome.hit is None)

    @cached_property
    def left_out(self) -> tuple[LatePoint, ...]:
        """Values of histories that were published later."""
        return late_points(self.scenario, self.as_of)

    @cached_property
    def summary(self) -> dict[str, Any]:
        """How many targets were hit, and their mean scores beside those of the base rate (`..._climatology`).

        The base rate is the share of hits among the scored targets: the constant that scores best on them.
        """
        scores = probability_scores([pair for outcome in self.scored for pair in outcome.scored])
        hits = sum(outcome.hit is True for outcome in self.scored)
        counts = {"targets": len(self.outcomes), "scored": len(self.scored), "hits": hits, "open": len(self.open)}
        return counts | {name: scores.get(name) for name in _SUMMARY}

    @property
    def frame(self) -> DataFrame:
        """One row a target; those that are open have no realised value and no scores.

        Returns
        -------
        DataFrame
            Probabilities and `quantile` are fractions, levels are in the column `unit`.
        """
        import pandas as pd

        years = {"realised_year": "Int64", "published": "Int64"}
        return pd.DataFrame([outcome.row for outcome in self.outcomes]).astype(years)

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the figures."""
        drawn = {"year": self.as_of, "paths": f"{self.result.paths:,}", "seed": self.result.seed}
        lists = {
            "lookback.left_out": [point.text(self._name(point.indicator), self.language) for point in self.left_out],
            "lookback.restarted": list(self._restarted()),
            "lookback.late_baselines": self._late(self._late_baselines()),
            "lookback.late_targets": self._late(self._late_targets()),
            "lookback.known": list(self._known()),
        }
        particular = [say(key, self.language, list=names, year=self.as_of) for key, names in lists.items() if names]
        general = [say(key, self.language) for key in ("lookback.rank", "note.range", "lookback.few")]
        return [say("lookback.drawn", self.language, **drawn), *particular, *general]

    def _name(self, id: str) -> str:
        return text_in(self.scenario.indicators[id].label or id, self.language)

    def _late(self, years: dict[str, int]) -> list[str]:
        return [say("lookback.late", self.language, name=name, year=year) for name, year in years.items()]

    def _late_baselines(self) -> dict[str, int]:
        """Those that targets rest on."""
        targeted = (id for id, indicator in self.scenario.indicators.items() if indicator.targets)
        used = {name for id in targeted for name in all_used(self.scenario, id)}
        return {self._name(id): year for id, year in late_baselines(self.scenario, self.as_of).items() if id in used}

    def _late_targets(self) -> dict[str, int]:
        late = {}
        for answer in self.result.answers:
            year = self.scenario.sources[answer.target.source].year if answer.target.source else None
            if year is not None and year > self.as_of:
                late[answer.label] = year
        return late

    def _restarted(self) -> Iterator[str]:
        """Baselines that came from the history and are earlier values now."""
        for id, indicator in self.result.scenario.indicators.items():
            if indicator.baseline is not None and indicator.baseline != self.scenario.indicators[id].baseline:
                values = {"year": start_year(self.result.scenario, id), "value": indicator.baseline.value}
                yield say("lookback.restart", self.language, indicator=self._name(id), **values)

    def _known(self) -> Iterator[str]:
        """Targets that were decided by then."""
        for decided in self.scored:
            realised = decided.realised
            if realised is not None and realised.published <= self.as_of:
                yield say("lookback.late", self.language, name=decided.answer.label, year=realised.published)

    def to_dict(self) -> dict[str, Any]:
        """The look-back as one document of plain data."""
        from cqsim import __version__

        return {
            "cqsim": __version__,
            "format": 1,
            "scenario": self.scenario.id,
            "scenario_sha256": self.scenario.sha256,
            **({} if self.result.case is None else {"case": self.result.case}),
            "as_of": self.as_of,
            "seed": self.result.seed,
            "paths": self.result.paths,
            "targets": [outcome.to_dict() for outcome in self.outcomes],
            "summary": self.summary,
            "left_out": [asdict(point) for point in self.left_out],
            "notes": self.notes,
        }

    def files(self, flags: Mapping[str, Any]) -> dict[str, str]:
        """The files `lookback.json`, `lookback.csv` and `manifest.json`."""
        rows = (outcome.row for outcome in self.outcomes)
        texts = {"lookback.json": self.to_json(), "lookback.csv": csv_text(rows)}
        return with_manifest(texts, about(self.result, {**flags, "as_of": self.as_of}))


@takes_run_options
def lookback(
    scenario: Scenario | str | PathLike[str], as_of: int, *, outside: bool = False, **options: Unpack[RunOptions]
) -> LookBack:
    """Score one plan's targets against realised outcomes, with probabilities that rest on what was published by a year.

    Histories lose what was published later; observations are never drawn from. Everything else stands as the plan
    states it; see `scenario.known_by`.

    Parameters
    ----------
    scenario : Scenario or path-like
        A file is loaded first.
    as_of : int
        Year by whose end a value must have been published.
    outside : bool
        Whether files of histories and observations may lie outside the folder of a file that is loaded.
    **options
        See `RunOptions`.

    Returns
    -------
    LookBack

    Raises
    ------
    ScenarioError
        When the file is not a sound scenario, no target has observations, or what is left of a history is too little
        for its growth model; the problems of a file have their lines.
    Fault
        When the accuracy or the year is none.

    Examples
    --------
    >>> looked = lookback("scenarios/chongqing_2025.yaml", 2021, paths=20_000, progress=False)
    >>> looked.summary["scored"], looked.summary["hits"]
    (4, 3)
    """
    if isinstance(as_of, bool) or not isinstance(as_of, int) or not 1900 <= as_of <= 2200:
        raise Fault("lookback.no_year", value=as_of)
    base = scenario if isinstance(scenario, Scenario) else load(scenario, outside=outside)
    try:
        ready = prepared(base, options)
        _refuse_unobserved(ready)
        known = known_by(ready, as_of)
    except ScenarioError as error:
        if isinstance(scenario, Scenario):
            raise
        raise with_lines(error, scenario) from None
    runs = draw([known], [options.get("case")], Settings.of(known, options))
    result, tally = runs.results[0], runs.tallies[0]
    outcomes = (outcome(number, answer, ready, tally) for number, answer in enumerate(result.answers))
    return LookBack(ready, as_of, result, tuple(outcomes))


def _refuse_unobserved(scenario: Scenario) -> None:
    if not any(indicator.targets and indicator.observations for indicator in scenario.indicators.values()):
        raise ScenarioError([Problem(("indicators",), Fault("lookback.nothing_observed"))], language=scenario.language)
