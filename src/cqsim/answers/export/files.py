"""A result as files in a folder."""

from __future__ import annotations

import csv
import io
import math
import platform
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from cqsim.answers.export.rows import Value, summary_row
from cqsim.answers.export.tidy import tidy_rows
from cqsim.errors import INVISIBLE, STEERING

if TYPE_CHECKING:
    from cqsim.answers.result import Result

_LIBRARIES = ("numpy", "scipy", "pydantic", "PyYAML")


def texts_of(result: Result) -> dict[str, str]:
    """The files of a result without its manifest, by name."""
    return {
        "result.json": result.to_json(),
        "summary.csv": csv_text(map(summary_row, result.answers)),
        "quantiles.csv": csv_text(_quantile_rows(result)),
        "tidy.csv": csv_text(tidy_rows([result])),
    }


def about(result: Result, flags: Mapping[str, Any]) -> dict[str, Any]:
    """What is needed to get the same result again."""
    return {
        "scenario": result.scenario.id,
        "scenario_sha256": result.scenario.sha256,
        "seed": result.seed,
        "paths": result.paths,
        **about_program(flags),
    }


def about_program(flags: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, and what answered it."""
    from cqsim import __version__

    versions = {"cqsim": __version__, "python": platform.python_version()}
    for library in _LIBRARIES:
        with suppress(ImportError):
            versions[library] = version(library)
    return {"flags": dict(flags), "versions": versions, "machine": platform.machine()}


def _quantile_rows(result: Result) -> Iterable[dict[str, Value]]:
    for id, indicator in result.scenario.indicators.items():
        for row in result.quantile_rows(id):
            yield {"indicator": id, "unit": indicator.unit, **row}


def csv_text(rows: Iterable[Mapping[str, Value]]) -> str:
    """Rows with the same columns as CSV."""
    listed = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(listed[0]))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in listed)
    return text.getvalue()


def _cell(value: Value) -> Value:
    """A value as a spreadsheet may see it: no numbers that do not exist, no text that it would run as a formula."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return f"'{value}" if isinstance(value, str) and _is_live(value) else value


def _is_live(text: str) -> bool:
    """Whether a spreadsheet may run a text: behind what is not seen, it begins with a formula's sign, of any width."""
    if text.startswith(("\t", "\r")):
        return True
    seen = text
    while seen and (seen[0].isspace() or INVISIBLE.match(seen) or STEERING.match(seen)):
        seen = seen[1:]
    return unicodedata.normalize("NFKC", seen[:1]).startswith(("=", "+", "-", "@"))
