"""Several scenarios at a glance: every target with its required growth, its probability and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any, Unpack

from cqsim.answers.export.exchange import Exchange
from cqsim.answers.export.files import about_program, csv_text
from cqsim.answers.export.rows import Value, summary_row
from cqsim.answers.export.tidy import tidy_rows
from cqsim.answers.manifest import MANIFEST, with_manifest
from cqsim.answers.options import RunOptions, takes_run_options
from cqsim.answers.result import Result
from cqsim.answers.run import run
from cqsim.answers.surface import Answers
from cqsim.disk.names import file_names
from cqsim.errors import Fault
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.scenario.files.loading import load_all
from cqsim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

_WANTED = ("indicator", "label", "unit", "sense", "value", "upper_value", "when", "year")
_COLUMNS = (
    *_WANTED,
    "required_cagr",
    "required_increment",
    "probability",
    "interval_low",
    "interval_high",
    "range_low",
    "range_high",
    "evidence",
)


@dataclass(frozen=True)
class Overview(Answers, Exchange):
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
    def of(cls, scenarios: Sequence[Scenario], **options: Unpack[RunOptions]) -> Overview:
        """Run scenarios of different ids, in one language for all: the first one's unless another is asked for."""
        if not scenarios:
            raise Fault("too_few", least=1)
        language = options.get("language") or scenarios[0].language
        chosen = options | RunOptions(language=language)
        return cls(tuple(run(scenario, **chosen) for scenario in scenarios), language)

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

    def _rows(self) -> Iterator[dict[str, Value]]:
        for result in self.results:
            place: dict[str, Value] = {"scenario": result.scenario.id, "place": result.title}
            for answer in result.answers:
                row = summary_row(answer)
                yield {**place, **{name: row[name] for name in _COLUMNS}}
            joint = result.joint_answer
            low, high = joint.interval
            together: dict[str, Value] = {"probability": joint.all, "interval_low": low, "interval_high": high}
            together |= dict(zip(("range_low", "range_high"), joint.range or (None, None), strict=True))
            yield {**place, **dict.fromkeys(_COLUMNS), **together}

    def to_dict(self) -> dict[str, Any]:
        """The documents of the results, in one."""
        return {"scenarios": [result.to_dict() for result in self.results]}

    def files(self, flags: Mapping[str, Any]) -> dict[str, str]:
        """The files `overview.csv`, `tidy.csv`, `manifest.json`, and for each scenario a folder with its files."""
        tables = {"overview.csv": csv_text(self._rows()), "tidy.csv": csv_text(tidy_rows(self.runs))}
        ids = [result.scenario.id for result in self.results]
        folders = file_names([*tables, MANIFEST, *ids])
        texts = {
            f"{folders[result.scenario.id]}/{name}": text
            for result in self.results
            for name, text in result.files(flags).items()
        }
        return with_manifest({**texts, **tables}, {"scenarios": ids, **about_program(flags)})


@takes_run_options
def overview(
    files: str | PathLike[str] | Iterable[str | PathLike[str]], *, outside: bool = False, **options: Unpack[RunOptions]
) -> Overview:
    """Run several scenario files, each as `run` does.

    Parameters
    ----------
    files : path-like or iterable of path-like
        A folder stands for the scenario files in it, by name; those in folders below are left out.
    outside : bool
        Whether files of histories and observations may lie outside a scenario's folder.
    **options
        See `RunOptions`; the language is that of all labels and caveats, by default the first scenario's.

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
    >>> places = overview(["scenarios/nanchuan.yaml"], paths=10_000, language="en", progress=False)
    >>> places.frame.loc[:1, ["scenario", "indicator", "required_cagr"]].round(3).values.tolist()
    [['nanchuan', 'visitors', 0.1], ['nanchuan', 'revenue', 0.12]]
    """
    named = [files] if isinstance(files, str | PathLike) else files
    return Overview.of(load_all(named, outside=outside), **options)
