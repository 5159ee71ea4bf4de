"""Workbooks: numbers are those of the result, and nothing in them computes."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from tests.report.office_samples import HOSTILE, SCENARIOS, as_pdf_text, clean, hostile_document, needs_office

import cqsim
from cqsim.messages import say
from cqsim.report.content.chapters import document
from cqsim.report.document import Bullets, Cell, Document, Section, Table
from cqsim.report.formats.number_formats import number_format
from cqsim.report.formats.workbook import workbook


@pytest.fixture(scope="module")
def comparison():
    return cqsim.compare(SCENARIOS / "nanchuan.yaml", paths=2000, seed=1, progress=False)


@pytest.fixture(scope="module")
def result(comparison):
    return comparison.results["base"]


@pytest.fixture(scope="module")
def report(comparison):
    return document(comparison)


@pytest.fixture(scope="module")
def content(report):
    return workbook(report)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(BytesIO(content))


def tables_of(report):
    return [block for block in report.blocks() if isinstance(block, Table)]


def cells_of(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_one_sheet_a_table_after_the_contents(book, report):
    assert book.sheetnames[0] == "目录"
    assert book.sheetnames[1:] == [table.caption for table in tables_of(report)]


def test_the_contents_link_every_sheet(book):
    links = [row[0].hyperlink.location for row in book.worksheets[0].iter_rows() if row[0].hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_the_contents_hold_all_that_is_said_in_words(book, report, result):
    found = {row[0].value for row in book.worksheets[0].iter_rows()}
    said = {block for block in report.blocks() if isinstance(block, str)}
    listed = {f"• {item}" for block in report.blocks() if isinstance(block, Bullets) for item in block.items}
    assert said | listed <= found
    assert any(result.scenario.sha256 in text for text in listed)


def test_every_number_is_a_number_and_every_text_a_text(book, report):
    for sheet, table in zip(book.worksheets[1:], tables_of(report), strict=True):
        assert [cell.value for cell in sheet[1]] == list(table.columns)
        for number, row in enumerate(table.rows, 2):
            for written, cell in zip(sheet[number], row, strict=True):
                if cell.value is None:
                    assert written.value == (cell.text or None)
                else:
                    assert written.data_type == "n"
                    assert written.value == pytest.approx(cell.value, rel=1e-12)


def test_the_chances_are_those_of_the_result(book, result):
    assert [row[3].value for row in book.worksheets[1].iter_rows(min_row=2, max_row=11)] == pytest.approx(
        [answer.probability for answer in result.answers], rel=1e-12
    )


def test_a_number_that_cannot_show_all_has_the_text_as_its_comment(book, report):
    caption = say("title.cases", "zh")
    cases = next(table for table in tables_of(report) if table.caption == caption)
    sheet = book[cases.caption]
    assert sheet["B2"].comment is None
    assert sheet["C2"].comment.text == cases.rows[0][2].text
    assert "个百分点" in sheet["C2"].comment.text


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (Cell("4.87 %", 4.87, "number"), ('#,##0.00" %"', True)),
        (Cell("-4.5%/yr", -0.045, "percent"), ('0.0%"/yr"', True)),
        (Cell("0.12%", 0.0012, "percent"), ("0.00%", True)),
        (Cell(">99.99%", 0.99999, "percent"), ('">99.99%"', True)),
        (Cell('5 "x"', 5.0, "number"), ("#,##0", False)),
        (Cell("5 m2", 5.0, "number"), ("#,##0", False)),
        (Cell("none", 5.0, "number"), ("General", False)),
    ],
)
def test_a_format_shows_a_number_as_the_report_does(cell, expected):
    assert number_format(cell) == expected


def test_heads_stay_in_sight_and_columns_fit(book, report):
    for sheet, table in zip(book.worksheets[1:], tables_of(report), strict=True):
        assert sheet.freeze_panes == "B2"
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert max(widths) <= 45
        for cell, width in zip(table.columns, widths, strict=True):
            assert 2 * len(cell) <= width or not cell.isalpha() or cell.isascii()


def test_charts_draw_the_cells_of_their_tables(content):
    with ZipFile(BytesIO(content)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert "<c:f>'各目标：所需增速与达标概率'!$D$2:$D$11</c:f>" in charts[0]
    assert [f"首次达到的年份!${column}$2:${column}$11</c:f>" in charts[1] for column in "BCDEFG"] == [True] * 6


def test_nothing_computes(content):
    book = openpyxl.load_workbook(BytesIO(content))
    assert [cell.coordinate for cell in cells_of(book) if cell.data_type == "f"] == []


def test_the_same_report_gives_the_same_bytes(report, content):
    assert workbook(report) == content


def test_properties_carry_no_time(book, report):
    assert (book.properties.title, book.properties.creator) == (report.title, "cqsim")
    assert book.properties.created.year == 2000


def test_harmful_labels_stay_texts():
    content = workbook(hostile_document())
    book = openpyxl.load_workbook(BytesIO(content))
    found = cells_of(book)
    assert {cell.data_type for cell in found} == {"s", "n"}
    assert [cell for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row if cell.hyperlink] == []
    written = {cell.value for cell in found if cell.data_type == "s"}
    assert {clean(text) for text in HOSTILE if text} <= written
    with ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 1 + len(HOSTILE)
    assert all(b"<f>" not in sheet for sheet in sheets)
    assert workbook(hostile_document()) == content


def test_names_of_sheets_are_such_as_excel_allows():
    names = openpyxl.load_workbook(BytesIO(workbook(hostile_document()))).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 1 + len(HOSTILE)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'")


def test_tables_of_the_same_caption_get_sheets_of_their_own():
    table = Table("A Caption", ("x",), ((Cell("1"),),))
    other = Table("a caption", ("x",), ())
    found = Document("t", "en", (Section("one", (table, other), (Section("two", (table,)),)),))
    book = openpyxl.load_workbook(BytesIO(workbook(found)))
    assert book.sheetnames == ["Contents", "A Caption", "a caption 2", "A Caption 3"]
    lines = [row[0].value for row in book.worksheets[0].iter_rows()]
    assert lines == ["t", "Contents", "one › A Caption", "one › a caption", "one › two › A Caption"]


@needs_office
def test_libreoffice_prints_it(tmp_path, content, result):
    file = tmp_path / "report.xlsx"
    file.write_bytes(content)
    pages = as_pdf_text(file, tmp_path)
    assert len(pages) > 1
    assert "###" not in "".join(pages)
    found = "".join("".join(pages).split())
    for answer in result.answers:
        assert answer.label in found
