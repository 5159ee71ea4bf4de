"""A report as a Word document with proper styles, ready for further editing."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from os import PathLike
from typing import Any

from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Length, Pt
from docx.table import Table as WordTable

from cqsim.report.document import Block, Bullets, Document, Image, Section, Table
from cqsim.report.formats.office import WRITTEN, one_line, printable, undated
from cqsim.report.formats.pictures import with_pngs
from cqsim.report.formats.widths import Wrapping, fitted
from cqsim.report.formats.word_styles import (
    CELL,
    FIGURE,
    HEADINGS,
    SIZES,
    SMALL_CELL,
    TABLE,
    blank,
    from_template,
    text_height,
    text_width,
)

_PICTURE = Cm(16)
_CAPTION = Cm(1.5)
_CELL_MARGIN = Cm(0.12)
_LETTER = 0.58  # width of a letter as part of its height: fonts that stand in for the named ones are wide
_LINES = (
    f'<w:tblBorders {nsdecls("w")}><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D0D0D0"/></w:tblBorders>'
)
_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:top w:w="20" w:type="dxa"/><w:left w:w="{_CELL_MARGIN.twips}" w:type="dxa"/>'
    f'<w:bottom w:w="20" w:type="dxa"/><w:right w:w="{_CELL_MARGIN.twips}" w:type="dxa"/></w:tblCellMar>'
)
_TOGETHER = 12  # tables of so many rows stay on one page


def word_document(document: Document, template: str | PathLike[str] | None = None) -> bytes:
    """The report as a .docx file; the same report gives the same bytes.

    Parameters
    ----------
    document : Document
    template : path-like, optional
        A .docx file whose styles, margins, headers and footers are taken; its text is left out.

    Returns
    -------
    bytes

    Raises
    ------
    Fault
        When the template cannot be read, or is no Word document.
    """
    word = blank() if template is None else from_template(template)
    word.add_paragraph(one_line(document.title), "Title")
    for section in with_pngs(document).sections:
        _write(word, section, 0)
    _properties(word, document)
    file = BytesIO()
    word.save(file)
    return undated(file.getvalue())


def _properties(word: Word, document: Document) -> None:
    properties = word.core_properties
    properties.title = one_line(document.title)[:255]
    properties.author = properties.last_modified_by = "cqsim"
    properties.comments = properties.subject = properties.keywords = ""
    properties.created = properties.modified = WRITTEN
    properties.revision = 1


def _write(word: Word, section: Section, depth: int) -> None:
    word.add_paragraph(one_line(section.title), HEADINGS[min(depth, len(HEADINGS) - 1)])
    for block, following in zip_longest(section.blocks, section.blocks[1:]):
        _write_block(word, block)
        if isinstance(block, str) and isinstance(following, Image | Table):
            word.paragraphs[-1].paragraph_format.keep_with_next = True
    for inner in section.sections:
        _write(word, inner, depth + 1)


def _write_block(word: Word, block: Block) -> None:
    if isinstance(block, str):
        word.add_paragraph(printable(block))
    elif isinstance(block, Bullets):
        # A template that lacks the style has no list for it either.
        mark = "" if word.styles["List Bullet"].element.xpath("./w:pPr/w:numPr") else "• "
        for item in block.items:
            word.add_paragraph(mark + printable(item), "List Bullet")
    elif isinstance(block, Image):
        _write_image(word, block)
    elif isinstance(block, Table):
        _write_table(word, block)


def _write_image(word: Word, image: Image) -> None:
    """A chart as wide as the text, or as high as leaves room for its caption on the page."""
    drawn = word.add_paragraph(style=FIGURE).add_run().add_picture(BytesIO(image.content))
    scale = min(min(_PICTURE, text_width(word)) / drawn.width, (text_height(word) - _CAPTION) / drawn.height)
    drawn.width, drawn.height = Length(round(drawn.width * scale)), Length(round(drawn.height * scale))
    drawn._inline.docPr.set("descr", one_line(image.alt))
    word.add_paragraph(one_line(image.caption), "Caption")


def _write_table(word: Word, table: Table) -> None:
    word.add_paragraph(one_line(table.caption), "Caption").paragraph_format.keep_with_next = True
    written = word.add_table(0, len(table.columns), TABLE)
    written.autofit = False
    _look(written)
    texts = [table.columns, *([cell.text for cell in row] for row in table.rows)]
    style, widths = _sized(texts, text_width(word))
    for number, row in enumerate(texts):
        # A head never stands alone, and a short table is not cut.
        joined = number == 0 or (len(table.rows) <= _TOGETHER and number < len(table.rows))
        _write_row(written, row, style, widths, not table.is_text, joined)
    if table.rows:
        _mark(written.rows[0], "w:tblHeader")
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    word.add_paragraph(style=CELL)  # so that nothing sticks to the table


def _write_row(
    table: WordTable, texts: Sequence[str], style: str, widths: list[Length], numbers: bool, joined: bool
) -> None:
    row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "w:cantSplit")
    for column, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = style
        paragraph.add_run(printable(text))
        if joined:
            paragraph.paragraph_format.keep_with_next = True
        if numbers and column:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _sized(texts: Sequence[Sequence[str]], room: Length) -> tuple[str, list[Length]]:
    """The largest style in which no line of a table is broken, or else the smallest, and the column widths."""
    for style in (CELL, SMALL_CELL):
        letter = Pt(SIZES[style]) * _LETTER
        margins = len(texts[0]) * 2 * _CELL_MARGIN
        widths, wrapping = fitted(texts, (room - margins) / letter)
        if wrapping is Wrapping.WHOLE:
            break
    return style, [Length(round(width * letter + 2 * _CELL_MARGIN)) for width in widths]


def _look(table: WordTable) -> None:
    """Set off the header, separate rows by thin lines, and narrow the cell margins."""
    properties = table._tbl.tblPr
    for look in properties.xpath("./w:tblLook"):
        for name, on in {"firstRow": 1, "firstColumn": 0, "noHBand": 1, "noVBand": 1}.items():
            look.set(qn(f"w:{name}"), str(on))
        look.set(qn("w:val"), "0620")
    for xml in (_LINES, _MARGINS):
        properties.insert_element_before(parse_xml(xml), "w:tblLook", "w:tblCaption", "w:tblDescription")


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
