"""The result of a run: answers as plain data, and the tables and documents made of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cqsim.answers.calendar import CalendarRow
from cqsim.answers.export.exchange import Exchange
from cqsim.answers.fits import FittedFigure
from cqsim.answers.joint import JointAnswer
from cqsim.answers.manifest import with_manifest
from cqsim.answers.surface import Answers
from cqsim.answers.target.answer import TargetAnswer
from cqsim.answers.yearly import IndicatorAnswer
from cqsim.errors import Fault, unknown
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.scenario.data.saving import plain_data, without_filled_in
from cqsim.scenario.data.validation import validate
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.plan.building import targets_of

if TYPE_CHECKING:
    from pandas import DataFrame
    from xarray import Dataset

_NEEDED = ("scenario_data", "scenario_sha256", "targets", "joint", "indicators", "calendar", "notes", "language")


@dataclass(frozen=True)
class Result(Answers, Exchange):
    """What the futures of one scenario mean for its targets: plain data, complete, small, picklable.

    Parameters
    ----------
    scenario : Scenario
        With the values of the case.
    answers : tuple of TargetAnswer
        For each target, in the order of the file.
    joint_answer : JointAnswer
        For all targets together.
    indicators : tuple of IndicatorAnswer
        Year by year.
    calendar : tuple of CalendarRow
        When events may happen and levers work.
    fits : tuple of FittedFigure
        What histories say of growth: before, by themselves, and after.
    notes : tuple of str
        Caveats: what a reader must know beside the figures.
    seed, paths : int
    language : {"zh", "en"}
        Of labels and caveats.
    case : str or None
        The case whose values the scenario has.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=20_000, seed=1)
    >>> result.targets.set_index("indicator").loc["visitors", "required_cagr"].round(4)
    np.float64(0.1001)
    >>> Result.from_json(result.to_json()).answers == result.answers
    True
    """

    scenario: Scenario
    answers: tuple[TargetAnswer, ...]
    joint_answer: JointAnswer
    indicators: tuple[IndicatorAnswer, ...]
    calendar: tuple[CalendarRow, ...]
    fits: tuple[FittedFigure, ...]
    notes: tuple[str, ...]
    seed: int
    paths: int
    language: Language
    case: str | None = None

    __repr__ = InNotebooks.in_one_line

    @property
    def lowest(self) -> float:
        """The probability of the least likely target."""
        return min(answer.probability for answer in self.answers)

    @property
    def targets(self) -> DataFrame:
        """One row a target: required growth, probability, outcome, evidence.

        Returns
        -------
        DataFrame
            Rates and probabilities are fractions; levels are in the column `unit`.
        """
        from cqsim.answers.export.frames import targets_frame

        return targets_frame(self.answers)

    @property
    def frame(self) -> DataFrame:
        """The same as `targets`."""
        return self.targets

    @property
    def joint(self) -> DataFrame:
        """Probabilities of hitting at least so many targets: columns `at_least` and `probability`."""
        from cqsim.answers.export.frames import joint_frame

        return joint_frame(self.joint_answer)

    def quantiles(self, indicator: str) -> DataFrame:
        """Mean, standard deviation and quantiles of an indicator, one row a year, in its unit.

        Raises
        ------
        Fault
            When there is no such indicator.
        """
        from cqsim.answers.export.frames import quantiles_frame

        return quantiles_frame(self.quantile_rows(indicator))

    def first_hit(self, indicator: str) -> DataFrame:
        """When the targets of an indicator are hit first.

        Returns
        -------
        DataFrame
            Columns `target` (its number among the indicator's), `year` (missing for never) and `probability`.

        Raises
        ------
        Fault
            When there is no such indicator.
        """
        from cqsim.answers.export.frames import first_hit_frame

        self.indicator(indicator)
        return first_hit_frame([answer for answer in self.answers if answer.indicator == indicator])

    def contributions(self, indicator: str) -> DataFrame:
        """What the parts of a sum contribute to the growth and to the shortfall of its targets, in its unit.

        Raises
        ------
        Fault
            When there is no such indicator.
        """
        from cqsim.answers.export.frames import contributions_frame

        self.indicator(indicator)
        return contributions_frame([answer for answer in self.answers if answer.indicator == indicator])

    def quantile_rows(self, indicator: str) -> list[dict[str, float]]:
        """The rows of `quantiles` as plain dictionaries."""
        return [year.row for year in self.indicator(indicator).years]

    def indicator(self, id: str) -> IndicatorAnswer:
        """The answers for an indicator, year by year.

        Raises
        ------
        Fault
            When there is no such indicator.
        """
        by_id = {answer.id: answer for answer in self.indicators}
        if id not in by_id:
            raise unknown("unknown_indicator", id, sorted(by_id))
        return by_id[id]

    def to_dict(self) -> dict[str, Any]:
        """The result as one document of plain data."""
        from cqsim import __version__

        return {
            "cqsim": __version__,
            "format": 1,
            "scenario": self.scenario.id,
            "scenario_sha256": self.scenario.sha256,
            **({} if self.case is None else {"case": self.case}),
            "seed": self.seed,
            "paths": self.paths,
            "targets": [answer.to_dict() for answer in self.answers],
            "joint": self.joint_answer.to_dict(),
            **({"fits": [figure.to_dict() for figure in self.fits]} if self.fits else {}),
            "notes": list(self.notes),
            "language": self.language,
            "indicators": [indicator.to_dict() for indicator in self.indicators],
            "calendar": [row.to_dict() for row in self.calendar],
            "scenario_data": without_filled_in(plain_data(self.scenario), self.scenario),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Result:
        """The result of a document; see `from_json`."""
        missing = next((key for key in _NEEDED if key not in data), None)
        if missing is not None:
            raise Fault("result_document", key=missing)
        scenario = validate(Scenario, data["scenario_data"])
        scenario._sha256 = data["scenario_sha256"]  # of the file that was read
        targets = [target for _, target in targets_of(scenario)]
        return cls(
            scenario=scenario,
            answers=tuple(
                TargetAnswer.from_dict(answer, target, scenario)
                for answer, target in zip(data["targets"], targets, strict=True)
            ),
            joint_answer=JointAnswer.from_dict(data["joint"], len(targets)),
            indicators=tuple(map(IndicatorAnswer.from_dict, data["indicators"])),
            calendar=tuple(map(CalendarRow.from_dict, data["calendar"])),
            fits=tuple(map(FittedFigure.from_dict, data.get("fits", ()))),
            notes=tuple(data["notes"]),
            seed=data["seed"],
            paths=data["paths"],
            language=data["language"],
            case=data.get("case"),
        )

    @classmethod
    def from_json(cls, text: str) -> Result:
        """The result that `to_json` wrote: every table, chart and report can be made of it without drawing again.

        Parameters
        ----------
        text : str
            What `to_json` gives, or the text of `result.json`.

        Raises
        ------
        Fault
            When it is no such document, or that of an earlier version, which cannot be read back.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            data = None
        return cls.from_dict(data if isinstance(data, dict) else {})

    def files(self, flags: Mapping[str, Any]) -> dict[str, str]:
        """The files `result.json`, `summary.csv`, `quantiles.csv`, `tidy.csv` and `manifest.json`."""
        from cqsim.answers.export.files import about, texts_of

        return with_manifest(texts_of(self), about(self, flags))

    @property
    def runs(self) -> tuple[Result, ...]:
        """The result by itself."""
        return (self,)

    def to_xarray(self) -> Dataset:
        """Mean and quantiles of every indicator in every year, as an xarray Dataset.

        Returns
        -------
        Dataset
            Variables `value` of dimensions (indicator, year, quantile) and `mean` of (indicator, year), each in the
            unit of its indicator and missing before its baseline year; coordinates `quantile` (a share), `label` and
            `unit`; attributes scenario, scenario_sha256, case, seed, paths and cqsim (its version).

        Raises
        ------
        Fault
            When xarray is not installed: it comes with the extra `xarray`.
        """
        from cqsim.answers.export.exchange import dataset

        return dataset(self)

    @property
    def title(self) -> str:
        """The scenario's title, or its id, in the result's language."""
        return text_in(self.scenario.title or self.scenario.id, self.language)
