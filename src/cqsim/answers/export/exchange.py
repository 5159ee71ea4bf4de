"""Yearly levels for other programs: a tidy table, Parquet, the IAMC format, xarray."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from cqsim.answers.export.rows import AS_IT_STANDS
from cqsim.answers.export.tidy import COLUMNS, QUANTILE_OF, tidy_rows, yearly
from cqsim.disk.atomic import write_file
from cqsim.extras import needed
from cqsim.scenario.nouns.text import text_in

if TYPE_CHECKING:
    from pandas import DataFrame
    from xarray import Dataset

    from cqsim.answers.result import Result

_MEDIAN = "p50"


class Exchange(ABC):
    """What results offer to other programs; each states its `runs`.

    Examples
    --------
    >>> import cqsim
    >>> result = cqsim.run("scenarios/nanchuan.yaml", paths=1000, progress=False)
    >>> result.tidy.query("indicator == 'visitors' and year == 2026")["statistic"].tolist()
    ['mean', 'p05', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95']
    >>> result.to_iamc()["Variable"].tolist()[:3]
    ['visitors', 'visitors|p05', 'visitors|p10']
    """

    @property
    @abstractmethod
    def runs(self) -> tuple[Result, ...]:
        """The results that are handed on, in their order."""

    @property
    def tidy(self) -> DataFrame:
        """Mean and quantiles of every indicator in every year, one row a value.

        Returns
        -------
        DataFrame
            Columns `scenario` (its id), `case` (`base` for the scenario as it stands), `indicator`, `label`, `unit`,
            `year`, `statistic` (`mean`, `p05` to `p95`) and `value` (in `unit`).
        """
        import pandas as pd

        return pd.DataFrame(list(tidy_rows(self.runs)), columns=list(COLUMNS)).astype({"value": float})

    def to_parquet(self, path: str | PathLike[str]) -> None:
        """Write the table `tidy` as a Parquet file, all of it or nothing.

        Parameters
        ----------
        path : path-like

        Raises
        ------
        Fault
            When pyarrow is not installed: it comes with the extra `parquet`.
        OSError
            When the file cannot be written.
        """
        needed("pyarrow", "parquet")
        write_file(path, self.tidy.to_parquet(None, engine="pyarrow", index=False))

    def to_iamc(self, model: str = "cqsim") -> DataFrame:
        """The quantiles in the wide format of the Integrated Assessment Modeling Consortium, as pyam reads it.

        Parameters
        ----------
        model : str
            For the column Model.

        Returns
        -------
        DataFrame
            Columns Model, Scenario (the case, else the scenario's id), Region (the scenario's title or id), Variable
            (`visitors` for the median, `visitors|p10` and so on for the other quantiles), Unit, and one a year;
            missing before an indicator's baseline year.

        Notes
        -----
        The format is that of the pyam package, https://pyam-iamc.readthedocs.io (Huppmann et al. 2021).
        """
        return _iamc(self.runs, model)


def dataset(result: Result) -> Dataset:
    """See `Result.to_xarray`."""
    import numpy as np

    from cqsim import __version__

    xarray = needed("xarray", "xarray")
    indicators = result.scenario.indicators
    first = min(indicator.years[0].year for indicator in result.indicators)
    years = list(range(min(first, result.scenario.years.baseline), result.scenario.years.end + 1))
    values = np.full((len(indicators), len(years), 1 + len(QUANTILE_OF)), np.nan)
    for number, id in enumerate(indicators):
        for year, statistics in yearly(result, id).items():
            values[number, year - years[0]] = list(statistics.values())
    labels = [text_in(indicator.label or id, result.language) for id, indicator in indicators.items()]
    table: Dataset = xarray.Dataset(
        {
            "value": (("indicator", "year", "quantile"), values[..., 1:]),
            "mean": (("indicator", "year"), values[..., 0]),
        },
        coords={
            "indicator": list(indicators),
            "year": years,
            "quantile": list(QUANTILE_OF.values()),
            "label": ("indicator", labels),
            "unit": ("indicator", [indicator.unit for indicator in indicators.values()]),
        },
        attrs={
            "scenario": result.scenario.id,
            "scenario_sha256": result.scenario.sha256,
            "case": result.case or AS_IT_STANDS,
            "seed": result.seed,
            "paths": result.paths,
            "cqsim": __version__,
        },
    )
    return table


def _iamc(results: Sequence[Result], model: str) -> DataFrame:
    import pandas as pd

    rows: list[dict[Any, Any]] = []
    for result in results:
        about = {"Model": model, "Scenario": result.case or result.scenario.id, "Region": result.title}
        for id, indicator in result.scenario.indicators.items():
            by_year = yearly(result, id)
            for name in sorted(QUANTILE_OF, key=lambda name: name != _MEDIAN):
                variable = id if name == _MEDIAN else f"{id}|{name}"
                levels = {year: float(statistics[name]) for year, statistics in by_year.items()}
                rows.append({**about, "Variable": variable, "Unit": indicator.unit, **levels})
    heads = ("Model", "Scenario", "Region", "Variable", "Unit")
    years = sorted({key for row in rows for key in row if isinstance(key, int)})
    return pd.DataFrame(rows, columns=[*heads, *years])
