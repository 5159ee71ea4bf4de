"""Cases side by side, on common random numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Unpack

from cqsim.answers.export.exchange import Exchange
from cqsim.answers.export.files import about, csv_text, texts_of
from cqsim.answers.export.rows import AS_IT_STANDS, Value
from cqsim.answers.export.tidy import tidy_rows
from cqsim.answers.manifest import with_manifest
from cqsim.answers.options import RunOptions, Settings, prepared, takes_run_options
from cqsim.answers.result import Result
from cqsim.answers.run import Runs, draw
from cqsim.answers.surface import Answers
from cqsim.errors import Fault, Problem, ScenarioError
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.estimate import Estimate

if TYPE_CHECKING:
    from pandas import DataFrame

BASE = AS_IT_STANDS
_COLUMNS = ("case", "indicator", "label", "probability", "difference", "low", "high")


@dataclass(frozen=True)
class Difference:
    """How much a case changes the probability of one target.

    Parameters
    ----------
    case : str
    indicator, label : str or None
        None for all targets together.
    probability : float
        Under the case.
    estimate : Estimate
        Of the difference against the scenario as it stands, from paired paths.
    """

    case: str
    indicator: str | None
    label: str | None
    probability: float
    estimate: Estimate

    @property
    def difference(self) -> float:
        """Against the scenario as it stands."""
        return self.estimate.value

    @property
    def low(self) -> float:
        """Lower end of the 95 % Monte Carlo interval of the difference."""
        return self.estimate.low

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self.estimate.high

    @property
    def row(self) -> dict[str, Value]:
        """As one flat row; `low` and `high` are the ends of the interval of the difference."""
        about = {"case": self.case, "indicator": self.indicator, "label": self.label, "probability": self.probability}
        return {**about, "difference": self.difference, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Comparison(Answers, Exchange):
    """A scenario and its cases.

    Parameters
    ----------
    results : dict of str to Result
        By case; `"base"` is the scenario as it stands.
    differences : tuple of Difference
        Every case against the base, target by target, then all targets together.
    """

    results: dict[str, Result]
    differences: tuple[Difference, ...]

    __repr__ = InNotebooks.in_one_line

    @property
    def runs(self) -> tuple[Result, ...]:
        """The scenario as it stands, then its cases."""
        return tuple(self.results.values())

    @property
    def language(self) -> Language:
        """Language of labels and notes."""
        return self.results[BASE].language

    @property
    def lowest(self) -> float:
        """The probability of the least likely target of the scenario as it stands."""
        return self.results[BASE].lowest

    @property
    def frame(self) -> DataFrame:
        """One row a case and target: probability, difference and its interval."""
        import pandas as pd

        return pd.DataFrame([difference.row for difference in self.differences], columns=list(_COLUMNS))

    def to_dict(self) -> dict[str, Any]:
        """The base's document, with those of the cases in it."""
        cases = {
            name: {
                **result.to_dict(),
                "differences": [change.row for change in self.differences if change.case == name],
            }
            for name, result in self.results.items()
            if name != BASE
        }
        return {**self.results[BASE].to_dict(), "cases": cases}

    def files(self, flags: Mapping[str, Any]) -> dict[str, str]:
        """The base's files, with the cases in result.json and tidy.csv, and cases.csv."""
        texts = texts_of(self.results[BASE]) | {"result.json": self.to_json()}
        texts["tidy.csv"] = csv_text(tidy_rows(self.runs))
        if self.differences:
            texts["cases.csv"] = csv_text(difference.row for difference in self.differences)
        return with_manifest(texts, about(self.results[BASE], flags))


@takes_run_options
def compare(
    scenario: Scenario | str | PathLike[str], cases: Sequence[str] | None = None, **options: Unpack[RunOptions]
) -> Comparison:
    """Run a scenario and its cases on common random numbers.

    Parameters
    ----------
    scenario : Scenario or path-like
    cases : sequence of str, optional
        Default: all of them.
    **options
        See `RunOptions`; the accuracy holds for every case.

    Returns
    -------
    Comparison

    Raises
    ------
    ScenarioError
        When the file is not sound, a case does not exist, or a case has other targets.

    Examples
    --------
    >>> compare("scenarios/nanchuan.yaml", [], paths=10_000).frame.empty
    True
    """
    base = prepared(scenario, options)
    names = list(base.cases) if cases is None else list(cases)
    scenarios = [base, *(base.case(name) for name in names)]
    for name, changed in zip(names, scenarios[1:], strict=True):
        if _targets_in(changed) != _targets_in(base):
            raise ScenarioError([Problem(("cases", name), Fault("case_targets"))], language=base.language)
    runs = draw(scenarios, [options.get("case"), *names], Settings.of(base, options))
    results = {name or BASE: result for name, result in zip([None, *names], runs.results, strict=True)}
    return Comparison(results, tuple(_differences(runs, names)))


def _targets_in(scenario: Scenario) -> dict[str, int]:
    return {id: len(indicator.targets) for id, indicator in scenario.indicators.items()}


def _differences(runs: Runs, names: list[str]) -> Iterator[Difference]:
    for name, result, pair in zip(names, runs.results[1:], runs.pairs, strict=True):
        rows: list[tuple[str | None, str | None, float]] = [
            (answer.indicator, answer.label, answer.probability) for answer in result.answers
        ]
        rows.append((None, None, result.joint_answer.all))
        for number, row in enumerate(rows):
            yield Difference(name, *row, pair.difference(number, result.paths))
