"""A result as files in a folder."""

from __future__ import annotations

import csv
import io
import json
import platform
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cqsim.answers.rows import Cell, summary_row

if TYPE_CHECKING:
    from cqsim.answers.result import Result

_LIBRARIES = ("numpy", "scipy", "pydantic", "PyYAML", "Pint")


def save(result: Result, folder: str | PathLike[str], flags: Mapping[str, Any]) -> None:
    """See `Result.save`."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    texts = {
        "result.json": result.to_json(),
        "summary.csv": _csv([summary_row(answer) for answer in result.answers]),
        "quantiles.csv": _csv(_quantile_rows(result)),
        "manifest.json": json.dumps(manifest(result, flags), ensure_ascii=False, indent=2),
    }
    # Written aside first: a full disk leaves the folder as it was.
    with TemporaryDirectory(dir=target, prefix=".writing-") as aside:
        for name, text in texts.items():
            Path(aside, name).write_text(text, encoding="utf-8-sig" if name.endswith(".csv") else "utf-8", newline="")
        for name in texts:
            Path(aside, name).replace(target / name)


def manifest(result: Result, flags: Mapping[str, Any]) -> dict[str, Any]:
    """What is needed to get the same result again."""
    from cqsim import __version__

    versions = {"cqsim": __version__, "python": platform.python_version()}
    for library in _LIBRARIES:
        with suppress(ImportError):
            versions[library] = version(library)
    return {
        "scenario": result.scenario.id,
        "scenario_sha256": result.scenario.sha256,
        "seed": result.seed,
        "paths": result.paths,
        "flags": dict(flags),
        "versions": versions,
        "machine": platform.machine(),
    }


def _quantile_rows(result: Result) -> Iterable[dict[str, Cell]]:
    for id, indicator in result.scenario.indicators.items():
        for row in result.quantile_rows(id):
            yield {"indicator": id, "unit": indicator.unit, **row}


def _csv(rows: Iterable[Mapping[str, Cell]]) -> str:
    listed = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(listed[0]))
    writer.writeheader()
    writer.writerows(listed)
    return text.getvalue()
