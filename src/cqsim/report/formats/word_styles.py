"""The Word document that a report is written into: blank with Chinese fonts, or the user's emptied template."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, cast

import docx
from docx.document import Document as Word
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from cqsim.errors import Fault
from cqsim.reading.files import read_file
from cqsim.reading.texts import kind_of

HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
TABLE = "Light Shading"  # lines above and below and no others, as in statistical yearbooks
CELL, SMALL_CELL, FIGURE = "Table Text", "Table Text Small", "Figure"
SIZES = {CELL: 9.0, SMALL_CELL: 7.5}
"""Type sizes of cells, in points."""
_TEXT_FONTS = ("Times New Roman", "宋体")
_HEAD_FONTS = ("Arial", "微软雅黑")
_HEAD_SIZES = {"Title": 20, "Heading 1": 15, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 10.5}
_INK = RGBColor(0x1F, 0x2A, 0x44)
_MARGIN = Cm(2.5)
_A4 = {
    "page_width": Cm(21),
    "page_height": Cm(29.7),
    **dict.fromkeys(("left_margin", "right_margin", "top_margin", "bottom_margin"), Cm(2.5)),
}
"""What a template that says nothing of its page is given."""
_NARROWEST = Cm(5)
_NO_INDENT = f'<w:ind {nsdecls("w")} w:left="0" w:firstLineChars="0" w:firstLine="0"/>'


def blank() -> Word:
    """An A4 page with fonts for both scripts, marked as Chinese, and page numbers."""
    word = docx.Document()
    _fonts(word)
    _language(word)
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    _page_number(word)
    _own_styles(word)
    return word


def from_template(path: str | PathLike[str]) -> Word:
    """The user's document without its text; styles, margins, headers and footers stay, and missing styles are added.

    Raises
    ------
    Fault
        When the file cannot be read, or is no Word document.
    """
    file = Path(path)
    try:
        content = read_file(file)
    except Fault as reason:
        raise Fault("template_unreadable", file=file.name, reason=reason) from None
    kind = kind_of(content)
    if kind is not None and kind.key not in ("kind.word", "kind.archive"):
        raise Fault("template_kind", file=file.name, kind=kind)
    try:
        word = docx.Document(BytesIO(content))
        _emptied(word)
        _added(word)
        _own_styles(word)
        word.core_properties.title = ""  # where the report's own will stand
        _paged(word)
        width = text_width(word)
    except Exception:  # a damaged document fails anywhere in zipfile, lxml or docx
        raise Fault("template_no_docx", file=file.name) from None
    if width < _NARROWEST:
        raise Fault("template_narrow", file=file.name, width=f"{width.cm:.1f}", least=f"{_NARROWEST.cm:g}")
    return word


def _paged(word: Word) -> None:
    """Give the last page the sides and margins that it says nothing of."""
    page = word.sections[-1]
    for side, length in _A4.items():
        if getattr(page, side) is None:
            setattr(page, side, length)


def text_width(word: Word) -> Length:
    """The width between the margins of the last page."""
    page = word.sections[-1]
    return Length((page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0))


def text_height(word: Word) -> Length:
    """The height between the margins of the last page."""
    page = word.sections[-1]
    return Length((page.page_height or 0) - (page.top_margin or 0) - (page.bottom_margin or 0))


def _emptied(word: Word) -> None:
    """Remove the text; the last section stays, with the headers and footers inherited from earlier ones."""
    body = word.element.body
    last = body.get_or_add_sectPr()
    kinds = {(edge.tag, edge.get(qn("w:type"))) for edge in _edges(last)}
    for earlier in reversed(body.xpath("./w:p/w:pPr/w:sectPr")):
        for edge in _edges(earlier):
            kind = edge.tag, edge.get(qn("w:type"))
            if kind not in kinds:
                last.insert(0, deepcopy(edge))
                kinds.add(kind)
    for element in list(body):
        if element is not last:
            body.remove(element)


def _edges(section: Any) -> list[Any]:
    """The references to headers and footers of a section."""
    return list(section.xpath("./w:headerReference | ./w:footerReference"))


def _added(word: Word) -> None:
    """Copy the styles that a template lacks, under ids of their own, since templates choose theirs freely."""
    given = docx.Document().styles
    for name in ("Title", *HEADINGS, "Caption", "List Bullet", TABLE):
        if _lacks(word, name, given[name].type):
            copied = deepcopy(given[name].element)
            copied.set(qn("w:styleId"), f"cqsim{copied.get(qn('w:styleId'))}")
            for link in copied.xpath("./w:basedOn | ./w:link | ./w:next | ./w:pPr/w:numPr"):
                link.getparent().remove(link)
            word.styles.element.append(copied)


def _lacks(word: Word, name: str, kind: WD_STYLE_TYPE) -> bool:
    """Whether a style is missing; one of that name but of another kind, of letters say, gets another name."""
    if name in word.styles and word.styles[name].type != kind:
        word.styles[name].name = f"{name} (2)"
    return name not in word.styles


def _fonts(word: Word) -> None:
    """Set a Latin and a Chinese font in every style that a report uses."""
    _named(word.styles["Normal"].element.get_or_add_rPr(), _TEXT_FONTS)
    word.styles["Normal"].font.size = Pt(10.5)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name in ("Title", *HEADINGS):
        style = word.styles[name]
        _named(style.element.get_or_add_rPr(), _HEAD_FONTS)
        style.font.size, style.font.color.rgb = Pt(_HEAD_SIZES[name]), _INK
        style.font.italic = False
        style.paragraph_format.space_before = Pt(0 if name == "Title" else 14)
        style.paragraph_format.space_after = Pt(12 if name == "Title" else 6)
    for name in ("List Bullet", "Caption"):
        _named(word.styles[name].element.get_or_add_rPr(), _TEXT_FONTS)
    word.styles["Caption"].font.color.rgb = _INK


def _named(properties: Any, fonts: tuple[str, str]) -> None:
    """Set a Latin and an East Asian font in place of the theme's."""
    element = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        element.attrib.pop(qn(f"w:{kind}Theme"), None)
        element.set(qn(f"w:{kind}"), fonts[kind == "eastAsia"])


def _language(word: Word) -> None:
    """Mark East Asian text as Chinese, and the file as one of a current Word version."""
    for language in word.styles.element.xpath("./w:docDefaults//w:lang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    for language in word.settings.element.xpath("./w:themeFontLang"):
        language.set(qn("w:eastAsia"), "zh-CN")
    for mode in word.settings.element.xpath("./w:compat/w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")


def _page_number(word: Word) -> None:
    paragraph = word.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _own_styles(word: Word) -> None:
    """Add styles for table cells and charts: single-spaced and unindented, whatever the template's body text."""
    for name in (CELL, SMALL_CELL, FIGURE):
        if not _lacks(word, name, WD_STYLE_TYPE.PARAGRAPH):
            continue
        style = cast(ParagraphStyle, word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing = 1.0
        style.element.get_or_add_pPr()._insert_ind(parse_xml(_NO_INDENT))
        if name in SIZES:
            style.font.size = Pt(SIZES[name])
        else:
            shape.keep_with_next = True
            shape.space_before = Pt(6)
