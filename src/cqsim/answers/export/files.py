"""A result as files in a folder."""

from __future__ import annotations

import csv
import io
import json
import math
import platform
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from cqsim.answers.export.rows import Cell, summary_row
from cqsim.answers.export.tidy import tidy_rows

if TYPE_CHECKING:
    from cqsim.answers.result import Result

_LIBRARIES = ("numpy", "scipy", "pydantic", "PyYAML")


def texts_of(result: Result, flags: Mapping[str, Any]) -> dict[str, str]:
    """The files of a result, by name."""
    return {
        "result.json": result.to_json(),
        "summary.csv": csv_text(map(summary_row, result.answers, result.ranges)),
        "quantiles.csv": csv_text(_quantile_rows(result)),
        "tidy.csv": csv_text(tidy_rows([result])),
        "manifest.json": json.dumps(manifest(result, flags), ensure_ascii=False, indent=2),
    }


def write(texts: Mapping[str, str], folder: str | PathLike[str]) -> None:
    """Write files into a folder and folders in it, all of them or none; see `Result.save`."""
    target = Path(folder)
    needed = [*reversed(target.parents), target, *_folders(target, texts)]
    new = [one for one in needed if not one.exists()]
    try:
        for one in needed:
            one.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=target, prefix=".writing-") as aside:
            for one in (Path(aside), Path(aside, "old")):
                for below in [one, *_folders(one, texts)]:
                    below.mkdir(exist_ok=True)
            for name, text in texts.items():
                encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"  # Excel knows UTF-8 by its mark
                Path(aside, name).write_text(text, encoding=encoding, newline="")
            _swap(Path(aside), target, list(texts))
    except OSError:
        for one in reversed(new):
            with suppress(OSError):  # not made, or in use by now
                one.rmdir()
        raise


def _folders(above: Path, names: Iterable[str]) -> list[Path]:
    """The folders of files such as `nanchuan/result.json`, one level deep."""
    return list(dict.fromkeys(above / Path(name).parent for name in names if Path(name).name != name))


def _swap(aside: Path, target: Path, names: list[str]) -> None:
    """Move new files to their places; when one cannot be moved, the old ones come back."""
    old = aside / "old"
    done: list[str] = []
    try:
        for name in names:
            if (target / name).exists():
                (target / name).replace(old / name)
            done.append(name)
            (aside / name).replace(target / name)
    except OSError:
        for name in done:
            (target / name).unlink(missing_ok=True)
            if (old / name).exists():
                (old / name).replace(target / name)
        raise


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


def csv_text(rows: Iterable[Mapping[str, Cell]]) -> str:
    """Rows with the same columns as CSV."""
    listed = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(listed[0]))
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in listed)
    return text.getvalue()


def _cell(value: Cell) -> Cell:
    """A value as a spreadsheet may see it: no numbers that do not exist, no text that it would run as a formula."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
