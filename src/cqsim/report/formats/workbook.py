"""A report as an Excel workbook: one sheet per table, numbers as numbers, and no formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from typing import Any

from cqsim.messages import say
from cqsim.report.document import Bullets, Cell, Document, Section, Table
from cqsim.report.formats.number_formats import number_format
from cqsim.report.formats.office import WRITTEN, one_line, printable
from cqsim.report.formats.widths import lines_in, longest_line

# Every text stays a text: none becomes a formula, a link or a number.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NAME = 31  # the longest name of a sheet, in UTF-16 units
_TEXT = 32_767  # the longest text of a cell
_WIDEST = 44
_WORDS = 100
_LINE, _HIGHEST, _GAP = 15.75, 409, 8  # heights in points
_SCALES = {"title": 1.5, "head": 1.15}
_PAGE_HEAD = 200
_A4 = 9
_ANY = 0  # as many pages as it takes
_BAR_COLOURS = ("#1F4E79", "#2E75B6", "#5B9BD5", "#9DC3E6", "#BDD7EE", "#DDEBF7")
_REST_COLOUR = "#BFBFBF"


@dataclass(frozen=True)
class _Sheet:
    """A table, its chapters, and the name of its sheet."""

    name: str
    chapters: tuple[str, ...]
    table: Table


def workbook(document: Document) -> bytes:
    """The report as an .xlsx file; the same report gives the same bytes.

    The first sheet lists the others and holds all that the report says in words. A number has the format in which the
    report shows it; where a format cannot say all of the text, the text is the cell's comment.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
    """
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        title = one_line(document.title)
        book.set_properties({"title": title[:255], "author": "cqsim", "created": WRITTEN})
        contents = say("title.contents", document.language)
        sheets = list(_named(document, contents))
        _write_contents(book, document, contents, sheets)
        for sheet in sheets:
            _write_sheet(book, sheet)
    return file.getvalue()


def _named(document: Document, contents: str) -> Iterator[_Sheet]:
    """The tables in order, each with a unique sheet name."""
    taken = {contents.casefold(), "history"}  # Excel keeps the second for itself
    for chapters, table in _tables(document.sections, ()):
        name = sheet_name(table.caption, taken)
        taken.add(name.casefold())
        yield _Sheet(name, chapters, table)


def _tables(sections: tuple[Section, ...], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Table]]:
    for section in sections:
        chapters = (*above, one_line(section.title))
        yield from ((chapters, block) for block in section.blocks if isinstance(block, Table))
        yield from _tables(section.sections, chapters)


def sheet_name(caption: str, taken: set[str]) -> str:
    """A sheet name that Excel allows and that is not taken, ignoring case.

    >>> sheet_name("A [very] long caption of a table: and more", {"a very long caption of a table"})
    'A very long caption of a tabl 2'
    """
    plain = re.sub(r"[\[\]:*?/\\']", "", one_line(caption)).strip() or "-"
    name = _cut(plain, _NAME)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{_cut(plain, _NAME - 1 - len(str(number)))} {number}"
    return name


def _cut(text: str, units: int) -> str:
    """A text cut to a length in UTF-16 units, as Excel counts: emoji count twice."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip()


def _write_contents(book: Any, document: Document, name: str, sheets: list[_Sheet]) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _WORDS + 4, book.add_format({"text_wrap": True, "valign": "top"}))
    _page(sheet, document.title, _ANY)
    formats = _formats(book)
    lines: list[tuple[str, str, str]] = [("title", document.title, ""), ("head", name, "")]
    lines += [("link", " › ".join((*entry.chapters, entry.table.caption)), entry.name) for entry in sheets]
    lines += [(kind, text, "") for section in document.sections for kind, text in _words(section)]
    for row, (kind, text, target) in enumerate(lines):
        clean = printable(text)[:_TEXT]
        sheet.set_row(row, _LINE * lines_in(clean, _WORDS) * _SCALES.get(kind, 1) + (_GAP if kind == "head" else 0))
        if target:
            sheet.write_url(row, 0, f"internal:'{target}'!A1", formats[kind], one_line(clean))
        else:
            sheet.write_string(row, 0, clean, formats[kind])


def _words(section: Section) -> Iterator[tuple[str, str]]:
    """The paragraphs and lists of a section under its title, if it has any."""
    own: list[tuple[str, str]] = []
    for block in section.blocks:
        if isinstance(block, str):
            own.append(("text", block))
        elif isinstance(block, Bullets):
            own += [("bullet", f"• {item}") for item in block.items]
    for inner in section.sections:
        own += _words(inner)
    if own:
        yield "head", section.title
        yield from own


def _formats(book: Any) -> Mapping[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    head = {"text_wrap": True, "valign": "vcenter", "bold": True, "bottom": 2, "bg_color": "#F2F2F2"}
    return {
        "title": book.add_format({**wrapped, "bold": True, "font_size": 16}),
        "head": book.add_format({**wrapped, "bold": True, "font_size": 12, "bottom": 1, "valign": "bottom"}),
        "link": book.add_format({**wrapped, "font_color": "#0563C1", "underline": 1}),
        "text": book.add_format(wrapped),
        "aside": book.add_format({**wrapped, "align": "right"}),
        "bullet": book.add_format({**wrapped, "indent": 1}),
        "column": book.add_format(head),
        "number column": book.add_format({**head, "align": "right"}),
    }


def _write_sheet(book: Any, content: _Sheet) -> None:
    sheet = book.add_worksheet(content.name)
    formats = _formats(book)
    texts = [content.table.columns, *([_shown(cell) for cell in row] for row in content.table.rows)]
    # A filter's arrow takes the place of three letters.
    widths = [min(max(map(longest_line, column)) + 3, _WIDEST) for column in zip(*texts, strict=True)]
    for column, (head, width) in enumerate(zip(content.table.columns, widths, strict=True)):
        kind = "column" if content.table.is_text or not column else "number column"
        sheet.write_string(0, column, printable(head)[:_TEXT], formats[kind])
        sheet.set_column(column, column, width)
    for number, line in enumerate(texts):
        # Programs other than Excel do not find the height of wrapped text by themselves.
        lines = max(lines_in(text, width - 2) for text, width in zip(line, widths, strict=True))
        sheet.set_row(number, min(_LINE * lines, _HIGHEST))
    for number, row in enumerate(content.table.rows, 1):
        for column, cell in enumerate(row):
            side = formats["text" if content.table.is_text or not column else "aside"]
            _write_cell(book, sheet, number, column, cell, side)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(content.table.rows), 1), len(content.table.columns) - 1)
    drawn = bool(content.table.bars and content.table.rows)  # table and chart stand on one page
    sheet.repeat_rows(0)
    _page(sheet, " › ".join((*content.chapters, content.table.caption)), 1 if drawn else _ANY)
    if drawn:
        _draw(book, sheet, content)


def _shown(cell: Cell) -> str:
    """The text that a cell needs room for; a number takes one line."""
    return cell.text if cell.value is None else one_line(cell.text)


def _write_cell(book: Any, sheet: Any, row: int, column: int, cell: Cell, text_format: Any) -> None:
    text = printable(cell.text)[:_TEXT]
    if cell.value is None or not isfinite(cell.value):
        if text:
            sheet.write_string(row, column, text, text_format)
        return
    shown, says_all = number_format(cell)
    sheet.write_number(row, column, cell.value, book.add_format({"num_format": shown, "valign": "top"}))
    if not says_all:
        sheet.write_comment(row, column, text, {"author": "cqsim"})


def _page(sheet: Any, head: str, pages: int) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, pages)
    sheet.set_header(f"&L{_cut(one_line(head), _PAGE_HEAD // 2).replace('&', '&&')}")
    sheet.set_footer("&C&P / &N")


def _draw(book: Any, sheet: Any, content: _Sheet) -> None:
    """A bar chart of some columns below the table; its labels refer to cells, so that none is read as a formula."""
    rows, columns = len(content.table.rows), content.table.bars
    stacked = len(columns) > 1
    chart = book.add_chart({"type": "bar", "subtype": "stacked"} if stacked else {"type": "bar"})
    for number, column in enumerate(columns):
        last = stacked and number == len(columns) - 1
        colour = _REST_COLOUR if last else _BAR_COLOURS[number % len(_BAR_COLOURS)]
        chart.add_series(
            {
                "name": [content.name, 0, column],
                "categories": [content.name, 1, 0, rows, 0],
                "values": [content.name, 1, column, rows, column],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": not stacked},
            }
        )
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    grid = {"visible": True, "line": {"color": "#E0E0E0"}}
    chart.set_x_axis({"min": 0, "max": 1, "num_format": "0%", "label_position": "high", "major_gridlines": grid})
    chart.set_legend({"position": "bottom"} if stacked else {"none": True})
    if stacked:
        chart.set_title({"none": True})
    chart.set_size({"width": 900, "height": 140 + 48 * rows})
    sheet.insert_chart(rows + 2, 0, chart, {"description": one_line(content.table.caption)})
