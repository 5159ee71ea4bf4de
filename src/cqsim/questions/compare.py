"""Cases side by side, on common random numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

from cqsim.answers.export.exchange import Exchange
from cqsim.answers.export.files import csv_text, texts_of, write
from cqsim.answers.export.rows import AS_IT_STANDS
from cqsim.answers.export.tidy import tidy_rows
from cqsim.answers.plots import Plots
from cqsim.answers.reports import Reporting
from cqsim.answers.result import Result, json_text
from cqsim.answers.run import Drawing
from cqsim.errors import Fault, Problem, ScenarioError
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.progress import Progress
from cqsim.scenario.files.loading import load
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.precision import Z
from cqsim.simulation.engine import Drawn
from cqsim.simulation.executors import Executor

if TYPE_CHECKING:
    from pandas import DataFrame

BASE = AS_IT_STANDS


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
    difference : float
        Against the scenario as it stands.
    low, high : float
        95 % Monte Carlo interval of the difference, from paired paths.
    """

    case: str
    indicator: str | None
    label: str | None
    probability: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison(InNotebooks, Exchange, Reporting):
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

        return pd.DataFrame([asdict(one) for one in self.differences], columns=list(Difference.__dataclass_fields__))

    @property
    def plot(self) -> Plots:
        """Charts, as in `comparison.plot.cases()`; each gives matplotlib axes."""
        return Plots(self, "comparison")

    def to_dict(self) -> dict[str, Any]:
        """The base's document, with those of the cases in it."""
        cases = {
            name: {**result.to_dict(), "differences": [asdict(one) for one in self.differences if one.case == name]}
            for name, result in self.results.items()
            if name != BASE
        }
        return {**self.results[BASE].to_dict(), "cases": cases}

    def to_json(self) -> str:
        """The comparison as one JSON document."""
        return json_text(self.to_dict())

    def save(self, folder: str | PathLike[str], flags: dict[str, Any] | None = None) -> None:
        """Write the base's files with the cases in result.json and tidy.csv, and cases.csv; all of them or none.

        Parameters
        ----------
        folder : path-like
            Made when it does not exist.
        flags : dict, optional
            What was asked for beside the scenario, for the manifest.

        Raises
        ------
        OSError
            When they cannot be written.
        """
        texts = texts_of(self.results[BASE], flags or {}) | {"result.json": self.to_json()}
        texts["tidy.csv"] = csv_text(tidy_rows(self.runs))
        if self.differences:
            texts["cases.csv"] = csv_text(asdict(one) for one in self.differences)
        write(texts, folder)


def compare(
    scenario: Scenario | str | PathLike[str],
    cases: Sequence[str] | None = None,
    *,
    paths: int | None = None,
    accuracy: str | None = None,
    seed: int | None = None,
    threads: int | None = None,
    executor: Executor | None = None,
    language: Language | None = None,
    progress: bool | Progress = True,
) -> Comparison:
    """Run a scenario and its cases on common random numbers.

    Parameters
    ----------
    scenario : Scenario or path-like
    cases : sequence of str, optional
        Default: all of them.
    paths, accuracy, seed, threads, executor, language, progress
        As for `run`; the accuracy holds for every case.

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
    base = scenario if isinstance(scenario, Scenario) else load(scenario)
    names = list(base.cases) if cases is None else list(cases)
    scenarios = [base, *(base.case(name) for name in names)]
    for name, one in zip(names, scenarios[1:], strict=True):
        if _targets_of(one) != _targets_of(base):
            raise ScenarioError([Problem(("cases", name), Fault("case_targets"))], language=base.language)
    chosen = Drawing.of(base, paths, accuracy, seed, language)
    drawn = chosen.draw(scenarios, threads, executor, progress)
    results = {
        name or BASE: Result(one, tally, chosen.seed, chosen.language, name)
        for name, one, tally in zip([None, *names], scenarios, drawn.tallies, strict=True)
    }
    return Comparison(results, tuple(_differences(results, names, drawn)))


def _targets_of(scenario: Scenario) -> dict[str, int]:
    return {id: len(one.targets) for id, one in scenario.indicators.items()}


def _differences(results: dict[str, Result], names: list[str], drawn: Drawn) -> Iterator[Difference]:
    for name, pair in zip(names, drawn.pairs, strict=True):
        result = results[name]
        chances: list[tuple[str | None, str | None, float]] = [
            (answer.indicator, answer.label, answer.probability) for answer in result.answers
        ]
        chances.append((None, None, result.joint_answer.all))
        for goal, (indicator, label, chance) in enumerate(chances):
            change, error = pair.difference(goal, drawn.paths)
            yield Difference(name, indicator, label, chance, change, change - Z * error, change + Z * error)
