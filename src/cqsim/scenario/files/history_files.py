"""Histories and observations in CSV files beside the scenario."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from cqsim.errors import Fault, Path, Problem
from cqsim.quantities import Quantity
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
    except (OSError, ValueError) as error:
        raise Fault("csv_unreadable", file=name, reason=str(error)) from None
    if escapes and not outside:
        raise Fault("csv_outside", "allow_outside", file=name)
    return path


def _points(path: FilePath) -> Iterator[dict[str, Any]]:
    seen: dict[int, int] = {}
    for row, cells in read_rows(path, _COLUMNS, ("year", "value")):
        point: dict[str, Any] = dict(cells)
        for column in ("year", "published"):
            if column in cells:
                point[column] = _year(path, row, column, cells[column])
        for column in ("year", "value"):
            if column not in cells:
                raise Fault("csv_empty", file=path.name, row=row, column=column)
        try:
            Quantity.parse(cells["value"])
        except Fault:
            raise Fault("csv_number", file=path.name, row=row, column="value", value=cells["value"]) from None
        if point["year"] in seen:
            raise Fault("csv_duplicate_year", file=path.name, row=row, year=point["year"], first=seen[point["year"]])
        seen[point["year"]] = row
        yield point


def _year(path: FilePath, row: int, column: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200):
        raise Fault("csv_number", file=path.name, row=row, column=column, value=text)
    return int(text)
