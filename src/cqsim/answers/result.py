"""The result of a run: answers, tables, documents."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

from cqsim.answers.caveats import notes
from cqsim.answers.export.exchange import Exchange
from cqsim.answers.fits import Fit, fits
from cqsim.answers.joint import JointAnswer, joint
from cqsim.answers.plots import Plots
from cqsim.answers.reports import Reporting
from cqsim.answers.target.answer import TargetAnswer, answer, quantiles
from cqsim.errors import unknown
from cqsim.in_notebooks import InNotebooks
from cqsim.messages import Language
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.executors import threads
from cqsim.simulation.nested import hit_shares, spread_of
from cqsim.simulation.plan import targets

if TYPE_CHECKING:
    from pandas import DataFrame
    from xarray import Dataset


RANGE = (0.1, 0.9)


def json_text(document: Any) -> str:
    """Plain data as JSON; a number that does not exist is null."""
    return json.dumps(_finite(document), ensure_ascii=False, allow_nan=False, indent=2)


def _range(ends: tuple[float, float]) -> dict[str, dict[str, float]]:
    return {"range": {f"{chance:g}": end for chance, end in zip(RANGE, ends, strict=True)}}


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


@dataclass(frozen=True)
class Result(InNotebooks, Exchange, Reporting):
    """What the futures of one scenario mean for its targets.

    Parameters
    ----------
    scenario : Scenario
    tally : Tally
    seed : int
    language : {"zh", "en"}
        Of labels and notes.
    case : str or None
        The case whose values the scenario has.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=20_000, seed=1)
    >>> result.targets.set_index("indicator").loc["visitors", "required_cagr"].round(4)
    np.float64(0.1001)
    """

    scenario: Scenario
    tally: Tally
    seed: int
    language: Language
    case: str | None = None

    __repr__ = InNotebooks.in_one_line

    @property
    def paths(self) -> int:
        """Number of paths drawn."""
        return self.tally.paths

    @cached_property
    def answers(self) -> tuple[TargetAnswer, ...]:
        """The answers for each target, in the order of the file."""
        return tuple(
            answer(number, id, target, self.scenario, self.tally, self.language)
            for number, (id, target) in enumerate(targets(self.scenario))
        )

    @cached_property
    def joint_answer(self) -> JointAnswer:
        """The answers for all targets together."""
        return joint(self.tally)

    @property
    def lowest(self) -> float:
        """The probability of the least likely target."""
        return min(answer.probability for answer in self.answers)

    @cached_property
    def notes(self) -> list[str]:
        """What a reader must know beside the figures."""
        return notes(self.scenario, self.tally, self.seed, self.language)

    @cached_property
    def fits(self) -> list[Fit]:
        """What histories say of growth: before, by themselves, and after."""
        return fits(self.scenario, self.language)

    @cached_property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """The 10 and 90 % quantiles of each target's probability over what is not known, and last that of all together.

        Parameters of growth models, baselines and uncertain probabilities vary; chance is averaged out. Drawn when
        first asked for, with the result's seed.
        """
        with threads(None) as pool:
            shares = hit_shares(self.tally.plan, self.seed, pool)
        centres = [*(one.probability for one in self.answers), self.joint_answer.all]
        found = [spread_of(row, centre, RANGE) for row, centre in zip(shares, centres, strict=True)]
        return tuple((low, high) for low, high in found)

    @property
    def targets(self) -> DataFrame:
        """One row a target: required growth, chance, outcome, evidence.

        Returns
        -------
        DataFrame
            Rates and probabilities are fractions; levels are in the column `unit`.
        """
        from cqsim.answers.export.frames import targets_frame

        return targets_frame(self.answers, self.ranges)

    @property
    def joint(self) -> DataFrame:
        """Chances of hitting at least so many targets: columns `at_least` and `probability`."""
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

        self._known(indicator)
        return first_hit_frame([one for one in self.answers if one.indicator == indicator])

    def contributions(self, indicator: str) -> DataFrame:
        """What the parts of a sum contribute to the growth and to the shortfall of its targets, in its unit.

        Raises
        ------
        Fault
            When there is no such indicator.
        """
        from cqsim.answers.export.frames import contributions_frame

        self._known(indicator)
        return contributions_frame([one for one in self.answers if one.indicator == indicator])

    def quantile_rows(self, indicator: str) -> list[dict[str, float]]:
        """The rows of `quantiles` as plain dictionaries."""
        number = self._known(indicator)
        series, tally = self.tally.plan.series[number], self.tally
        return [
            {
                "year": tally.plan.first_year + step,
                "mean": tally.mean(number, step),
                "sd": tally.sd(number, step),
                **{f"p{share * 100:g}": value for share, value in quantiles(tally.values[number, step]).items()},
            }
            for step in range(series.start, tally.plan.steps + 1)
        ]

    def _known(self, indicator: str) -> int:
        ids = [series.id for series in self.tally.plan.series]
        if indicator not in ids:
            raise unknown("unknown_indicator", indicator, ids)
        return ids.index(indicator)

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
            "targets": [one.to_dict() | _range(ends) for one, ends in zip(self.answers, self.ranges, strict=False)],
            "joint": self.joint_answer.to_dict() | _range(self.ranges[-1]),
            **({"fits": [one.to_dict() for one in self.fits]} if self.fits else {}),
            "notes": self.notes,
        }

    def to_json(self) -> str:
        """The result as one JSON document."""
        return json_text(self.to_dict())

    def save(self, folder: str | PathLike[str], flags: dict[str, Any] | None = None) -> None:
        """Write result.json, summary.csv, quantiles.csv, tidy.csv and manifest.json, all of them or none.

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
        from cqsim.answers.export.files import texts_of, write

        write(texts_of(self, flags or {}), folder)

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
    def plot(self) -> Plots:
        """Charts, as in `result.plot.fan("visitors")`; each gives matplotlib axes."""
        return Plots(self, "result")

    @property
    def title(self) -> str:
        """The scenario's title, or its id, in the result's language."""
        return text_in(self.scenario.title or self.scenario.id, self.language)
