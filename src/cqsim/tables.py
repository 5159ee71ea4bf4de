"""Small CSV tables as Excel and statistics offices write them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from cqsim.errors import Fault, unknown

_ENCODINGS = ("utf-8-sig", "gb18030")
_PIECE = 1 << 20


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
    with _opened(path) as text:
        reader = csv.reader(text)
        header = [name.strip() for name in next(reader, [])]
        for name in header:
            if name not in columns:
                raise unknown("csv_column", name, columns, file=path.name)
        for name in required:
            if name not in header:
                raise Fault("csv_missing_column", file=path.name, column=name)
        for number, cells in enumerate(reader, start=2):
            row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
            if row:
                yield number, row


def _opened(path: Path) -> TextIO:
    """The file as text; read once to detect its encoding, so that it need not fit into memory."""
    try:
        encoding = next((known for known in _ENCODINGS if _decodes(path, known)), None)
        if encoding is None:
            raise Fault("csv_encoding", file=path.name)
        return path.open(encoding=encoding, newline="")
    except OSError as error:
        raise Fault("csv_unreadable", file=path.name, reason=error.strerror or str(error)) from None


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as text:
            while text.read(_PIECE):
                pass
    except UnicodeDecodeError:
        return False
    return True
