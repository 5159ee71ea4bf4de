"""Small CSV tables as Excel and statistics offices write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from cqsim.errors import Fault, unknown

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_rows(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file in UTF-8 (with or without a byte-order mark) or GBK.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        Columns that may stand in it.
    required : sequence of str
        Columns that must.

    Yields
    ------
    row : int
        Counted as spreadsheets do: the header is row 1.
    cells : dict of str to str
        Column to its text, without spaces around it; empty cells are left out.

    Raises
    ------
    Fault
        When the file cannot be read, or its header is not one of these.
    """
    reader = csv.reader(io.StringIO(_text(path)))
    header = [name.strip() for name in next(reader, [])]
    for name in header:
        if name not in columns:
            raise unknown("csv_column", name, columns, file=path.name)
    for name in required:
        if name not in header:
            raise Fault("csv_missing_column", file=path.name, column=name)
    for number, cells in enumerate(reader, start=2):
        found = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
        if found:
            yield number, found


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Fault("csv_unreadable", file=path.name, reason=error.strerror or str(error)) from None
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault("csv_encoding", file=path.name)
