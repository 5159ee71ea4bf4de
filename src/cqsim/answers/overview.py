"""Several scenarios at a glance: every target with its required growth, its chance and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

from cqsim.answers.export.exchange import Exchange
from cqsim.answers.export.files import csv_text, texts_of, write
from cqsim.answers.export.rows import Cell, summary_row
from cqsim.answers.export.tidy import tidy_rows
from cqsim.answers.reports import Reporting
from cqsim.answers.result import Result, json_text
from cqsim.answers.run import run
from cqsim.errors import Fault
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.progress import Progress
from cqsim.scenario.files.loading import load_all
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.executors import Executor

if TYPE_CHECKING:
    from pandas import DataFrame

_WANTED = ("indicator", "label", "unit", "sense", "value", "upper_value", "when", "year")
_COLUMNS = (
    *_WANTED,
    "required_cagr",
    "probability",
    "interval_low",
    "interval_high",
    "range_low",
    "range_high",
    "evidence",
)


@dataclass(frozen=True)
class Overview(InNotebooks, Exchange, Reporting):
    """The results of several scenarios.

    Parameters
    ----------
    results : tuple of Result
        One a scenario, in their order; no two of the same id.
    language : {"zh", "en"}
        Of the table.
    """

    results: tuple[Result, ...]
    language: Language

    __repr__ = InNotebooks.in_one_line

    @classmethod
    def of(cls, scenarios: Sequence[Scenario], language: Language | None = None, **options: Any) -> Overview:
        """Run scenarios of different ids, in one language for all: the first one's unless another is asked for."""
        if not scenarios:
            raise Fault("too_few", least=1)
        chosen = language or scenarios[0].language
        return cls(tuple(run(one, language=chosen, **options) for one in scenarios), chosen)

    @property
    def runs(self) -> tuple[Result, ...]:
        """The results."""
        return self.results

    @property
    def lowest(self) -> float:
        """The probability of the least likely target of all."""
        return min(result.lowest for result in self.results)

    @property
    def frame(self) -> DataFrame:
        """One row a target, and one without an indicator for all targets of a scenario together.

        Returns
        -------
        DataFrame
            Columns `scenario` (its id), `place` (its title) and those of `Result.targets` that stand at a glance;
            growth and probabilities are fractions, levels are in the column `unit`.
        """
        import pandas as pd

        return pd.DataFrame(list(self._rows())).astype({"year": "Int64"})

    def _rows(self) -> Iterator[dict[str, Cell]]:
        for result in self.results:
            place: dict[str, Cell] = {"scenario": result.scenario.id, "place": result.title}
            for answer, ends in zip(result.answers, result.ranges, strict=False):
                row = summary_row(answer, ends)
                yield {**place, **{name: row[name] for name in _COLUMNS}}
            joint = result.joint_answer
            low, high = joint.interval
            together = {"probability": joint.all, "interval_low": low, "interval_high": high}
            together |= dict(zip(("range_low", "range_high"), result.ranges[-1], strict=True))
            yield {**place, **dict.fromkeys(_COLUMNS), **together}

    def to_dict(self) -> dict[str, Any]:
        """The documents of the results, in one."""
        return {"scenarios": [result.to_dict() for result in self.results]}

    def to_json(self) -> str:
        """The overview as one JSON document."""
        return json_text(self.to_dict())

    def save(self, folder: str | PathLike[str], flags: dict[str, Any] | None = None) -> None:
        """Write overview.csv, tidy.csv, and for each scenario a folder of its id with its files; all of them or none.

        Parameters
        ----------
        folder : path-like
            Made when it does not exist.
        flags : dict, optional
            What was asked for beside the scenarios, for the manifests.

        Raises
        ------
        OSError
            When they cannot be written.
        """
        texts = {
            f"{result.scenario.id}/{name}": text
            for result in self.results
            for name, text in texts_of(result, flags or {}).items()
        }
        tables = {"overview.csv": csv_text(self._rows()), "tidy.csv": csv_text(tidy_rows(self.runs))}
        write({**texts, **tables}, folder)


def overview(
    files: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    outside: bool = False,
    paths: int | None = None,
    accuracy: str | None = None,
    seed: int | None = None,
    threads: int | None = None,
    executor: Executor | None = None,
    language: Language | None = None,
    progress: bool | Progress = True,
) -> Overview:
    """Run several scenario files, each as `run` does.

    Parameters
    ----------
    files : path-like or iterable of path-like
        A folder stands for the scenario files in it, by name; those in folders below are left out.
    outside : bool
        Whether files of histories and observations may lie outside a scenario's folder.
    paths, accuracy, seed, threads, executor, progress
        As for `run`, for each of them.
    language : {"zh", "en"}, optional
        Of all labels and notes; default: the first scenario's.

    Returns
    -------
    Overview

    Raises
    ------
    ScenarioError
        With every problem of every file; nothing is run then.
    Fault
        When the accuracy is none, or there is no file.

    Examples
    --------
    >>> found = overview(["scenarios/nanchuan.yaml"], paths=10_000, language="en", progress=False)
    >>> found.frame.loc[:1, ["scenario", "indicator", "required_cagr"]].round(3).values.tolist()
    [['nanchuan', 'visitors', 0.1], ['nanchuan', 'revenue', 0.12]]
    """
    named = [files] if isinstance(files, str | PathLike) else files
    scenarios = load_all(named, outside=outside)
    return Overview.of(
        scenarios,
        language,
        paths=paths,
        accuracy=accuracy,
        seed=seed,
        threads=threads,
        executor=executor,
        progress=progress,
    )
