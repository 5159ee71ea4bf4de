"""Histories and observations in CSV files beside the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from cqsim.errors import Fault, Path, Problem
from cqsim.reading.files import why
from cqsim.scenario.nouns.history import RECORDS
from cqsim.tables import read_rows

_COLUMNS = ("year", "value", "source", "evidence", "published", "note")


def attach(data: Any, folder: FilePath, outside: bool) -> Iterator[Problem]:
    """Read the files named by histories into the data, as their points.

    Parameters
    ----------
    data : object
        What the YAML text says; changed.
    folder : Path
        The scenario's.
    outside : bool
        Whether a file may lie outside of it.
    """
    indicators = data.get("indicators") if isinstance(data, dict) else None
    for id, indicator in indicators.items() if isinstance(indicators, dict) else ():
        for key in RECORDS if isinstance(indicator, dict) else ():
            yield from _attach_one(indicator.get(key), ("indicators", id, key, "file"), folder, outside)


def _attach_one(record: Any, path: Path, folder: FilePath, outside: bool) -> Iterator[Problem]:
    if isinstance(record, dict) and isinstance(record.get("file"), str):
        try:
            record["points"] = list(_points(_inside(folder, record["file"], outside)))
        except Fault as fault:
            yield Problem(path, fault)


def _inside(folder: FilePath, name: str, outside: bool) -> FilePath:
    try:
        path = (folder / name).resolve()
        escapes = not path.is_relative_to(folder.resolve())
    except RuntimeError:
        raise Fault("csv_unreadable", file=name, reason=Fault("reason.link_loop")) from None
    except (OSError, ValueError) as error:
        raise Fault("csv_unreadable", file=name, reason=why(error)) from None
    if escapes and not outside:
        raise Fault("csv_outside", "allow_outside", file=name)
    return path


def _points(path: FilePath) -> Iterator[dict[str, Any]]:
    seen: dict[int, int] = {}
    for row in read_rows(path, _COLUMNS, ("year", "value")):
        year = row.year("year")
        row.quantity("value")
        if year in seen:
            raise Fault("csv_duplicate_year", file=path.name, row=row.number, year=year, first=seen[year])
        seen[year] = row.number
        published = {"published": row.year("published")} if "published" in row.cells else {}
        yield {**row.cells, "year": year, **published}
    if not seen:
        raise Fault("csv_no_rows", file=path.name)
