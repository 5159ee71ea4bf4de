"""Small CSV tables as Excel and statistics offices write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cqsim.errors import Fault, unknown
from cqsim.quantities import Quantity
from cqsim.reading.files import check_regular, why
from cqsim.reading.texts import encoding_of, kind_of

_PIECE = 1 << 20
_OTHER_SEPARATORS = {";": ";", "\t": "Tab", "|": "|", "；": "；", "，": "，"}
_THOUSANDS = re.compile(r"(?<!\d)[+-]?\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?")
_DECIMAL = re.compile(r"(?<![\d.])(?=([+-]?\d+,\d{1,2})%?(?:,|$))")
_SHORT_DECIMAL = re.compile(r"[+-]?\d+,\d{1,2}%?")
_YEAR = re.compile(r"([0-9]{4})(?:年|\.0)?")  # as offices and spreadsheets write it
_NOTE = "note"


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    file : str
        Name of the file.
    number : int
        Counted as spreadsheets do: the header is row 1.
    cells : dict of str to str
        Column to its text, without spaces around it; empty cells are left out.
    """

    file: str
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        if column not in self.cells:
            raise Fault("csv_empty", file=self.file, row=self.number, column=column)
        return self.cells[column]

    def quantity(self, column: str) -> Quantity:
        """A cell as a number with its unit, if it has one."""
        text = self.text(column)
        try:
            return Quantity.parse(text)
        except Fault as fault:
            values = {**fault.values, "file": self.file, "row": self.number, "column": column, "value": text}
            raise Fault("csv_number", fault.hint, **values) from None

    def number_in(self, column: str) -> float:
        """A cell as a number without a unit."""
        quantity = self.quantity(column)
        if quantity.unit:
            raise Fault("csv_number", file=self.file, row=self.number, column=column, value=self.text(column))
        return quantity.number

    def year(self, column: str) -> int:
        """A cell as a calendar year."""
        text = self.text(column)
        match = _YEAR.fullmatch(text)
        if match is None or not 1900 <= int(match[1]) <= 2200:
            raise Fault("csv_year", file=self.file, row=self.number, column=column, value=text)
        return int(match[1])


def read_rows(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Row]:
    """The rows of a CSV file in UTF-8, GBK, Big5 or UTF-16 that are not empty.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        Columns that may stand in it.
    required : sequence of str
        Columns that must.

    Yields
    ------
    Row

    Raises
    ------
    Fault
        When the file cannot be read, its header is not one of these, or a row cannot be split into their cells.
    """
    records = _records(path)
    header = _trimmed(next(records, (1, []))[1])
    _check_header(path.name, header, columns, required)
    for number, cells in records:
        if len(cells) > len(header) and len(_trimmed(cells)) > len(header):
            raise _too_many(path.name, number, _trimmed(cells), len(header))
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
        _check_row(path.name, number, row, header, required)
        if row:
            yield Row(path.name, number, row)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Cells without spaces around them, and without the empty ones at the end, which spreadsheets add."""
    trimmed = [cell.strip() for cell in cells]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _check_header(file: str, header: list[str], columns: Sequence[str], required: Sequence[str]) -> None:
    for sign, name in _OTHER_SEPARATORS.items():
        if len(header) == 1 and sign in header[0]:
            raise Fault("csv_separator", "save_commas", file=file, row=1, sign=name)
    for number, name in enumerate(header, start=1):
        if not name:
            raise Fault("csv_unnamed", file=file, number=number)
        if name not in columns:
            raise unknown("csv_column", name, columns, file=file)
        if name in header[: number - 1]:
            raise Fault("csv_column_twice", file=file, column=name)
    for name in required:
        if name not in header:
            raise Fault("csv_missing_column", file=file, column=name)


def _check_row(file: str, number: int, row: dict[str, str], header: list[str], required: Sequence[str]) -> None:
    """Refuse a row whose cells were taken for others: by another separator, or by a quote that stays open."""
    for name, cell in row.items():
        if "\0" in cell:
            raise Fault("csv_control", file=file, row=number, column=name)
        if ("\n" in cell or "\r" in cell) and name in required:
            raise Fault("csv_quote", file=file, row=number)
    _check_note(file, number, row, header)
    if len(row) == 1 < len(header) and header[0] in row:
        cell = row[header[0]]
        sign = next((sign for sign in _OTHER_SEPARATORS if cell.count(sign) == len(header) - 1), None)
        if sign is not None:
            raise Fault("csv_separator", "save_commas", file=file, row=number, sign=_OTHER_SEPARATORS[sign])


def _check_note(file: str, number: int, row: dict[str, str], header: list[str]) -> None:
    """Refuse a note that is the end of the number before it, cut off by a comma."""
    before = dict(zip(header[1:], header, strict=False)).get(_NOTE, "")
    line = f"{row.get(before, '')},{row.get(_NOTE, '')}"
    values = {"file": file, "row": number, "note": row.get(_NOTE, ""), "part": line}
    if _THOUSANDS.fullmatch(line):
        raise Fault("csv_note", "comma_thousands", number=line.replace(",", ""), **values)
    if _SHORT_DECIMAL.fullmatch(line):
        raise Fault("csv_note", "comma_decimal", number=line.replace(",", "."), **values)


def _too_many(file: str, number: int, cells: list[str], wanted: int) -> Fault:
    """More cells than columns, with the comma that most likely made them."""
    line = ",".join(cells)
    values = {"file": file, "row": number, "found": len(cells), "wanted": wanted}
    if thousands := _THOUSANDS.search(line):
        return Fault("csv_cells", "comma_thousands", part=thousands[0], number=thousands[0].replace(",", ""), **values)
    decimals = [match[1] for match in _DECIMAL.finditer(line) if not _YEAR.fullmatch(match[1].partition(",")[0])]
    if decimals:
        part = decimals[-1]
        return Fault("csv_cells", "comma_decimal", part=part, number=part.replace(",", "."), **values)
    return Fault("csv_cells", "comma_text", **values)


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The records of a file with their numbers; line breaks in quoted cells are no ends."""
    try:
        check_regular(path)
    except Fault as reason:
        raise Fault("csv_unreadable", file=path.name, reason=reason) from None
    try:
        encoding = _encoding(path)
        with path.open(encoding=encoding, newline="") as text:
            yield from _split(path.name, text)
    except UnicodeDecodeError:
        raise Fault("csv_encoding", "save_utf8", file=path.name) from None
    except OSError as error:
        raise Fault("csv_unreadable", file=path.name, reason=why(error)) from None


def _split(file: str, text: Iterator[str]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text, strict=True, skipinitialspace=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:  # text after a quote, or the end of the file or of the longest cell inside one
            is_long = "limit" in str(error)
            raise Fault("csv_long" if is_long else "csv_quote", file=file, row=number) from None
        if cells is None:
            return
        yield number, cells


def _encoding(path: Path) -> str:
    """The file's encoding; it is read once to tell, so that it need not fit into memory."""
    with path.open("rb") as file:
        kind = kind_of(file.read(_PIECE))
        if kind is not None:
            raise Fault("csv_kind", "save_csv", file=path.name, kind=kind)
        file.seek(0)
        encoding = encoding_of(iter(partial(file.read, _PIECE), b""))
    if encoding is None:
        raise Fault("csv_encoding", "save_utf8", file=path.name)
    return encoding
