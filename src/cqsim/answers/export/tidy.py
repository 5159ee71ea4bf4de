"""Every indicator, year by year, as one long table: the shape that statistics programs and databases take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cqsim.answers.export.rows import AS_IT_STANDS, Value
from cqsim.answers.yearly import QUANTILES
from cqsim.scenario.nouns.text import text_in

if TYPE_CHECKING:
    from cqsim.answers.result import Result

COLUMNS = ("scenario", "case", "indicator", "label", "unit", "year", "statistic", "value")
QUANTILE_OF = {f"p{share * 100:02g}": share for share in QUANTILES}
"""Statistic to share: p05 is the value that 5 % of the futures stay below, as in a scenario file."""


def tidy_rows(results: Iterable[Result]) -> Iterator[dict[str, Value]]:
    """One row an indicator, year and statistic: `mean`, then the quantiles; in the order of the file.

    Parameters
    ----------
    results : iterable of Result
    """
    for result in results:
        about: dict[str, Value] = {"scenario": result.scenario.id, "case": result.case or AS_IT_STANDS}
        for id, indicator in result.scenario.indicators.items():
            about |= {
                "indicator": id,
                "label": text_in(indicator.label or id, result.language),
                "unit": indicator.unit,
            }
            for year, statistics in yearly(result, id).items():
                for statistic, value in statistics.items():
                    yield {**about, "year": year, "statistic": statistic, "value": value}


def yearly(result: Result, indicator: str) -> dict[int, dict[str, float]]:
    """Year to statistic to value, in the indicator's unit, from its baseline year on."""
    return {
        int(row["year"]): {
            "mean": row["mean"],
            **{name: row[f"p{share * 100:g}"] for name, share in QUANTILE_OF.items()},
        }
        for row in result.quantile_rows(indicator)
    }
