"""Word documents: what stands in them is the result, and they open in the user's template."""

import itertools
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from tests.report.office_samples import HOSTILE, SCENARIOS, as_pdf_text, clean, hostile_document, needs_office

import cqsim
from cqsim.errors import Fault
from cqsim.report.content.chapters import document
from cqsim.report.document import Bullets, Document, Picture, Table
from cqsim.report.formats.word import word_document
from cqsim.report.formats.word_styles import HEADINGS

RED = RGBColor(0xC0, 0x00, 0x00)


@pytest.fixture(scope="module")
def result():
    return cqsim.run(SCENARIOS / "nanchuan.yaml", paths=2000, seed=1, progress=False)


@pytest.fixture(scope="module")
def report(result):
    return document(result)


@pytest.fixture(scope="module")
def short(report):
    """The report with the charts of its first chapters only: drawing takes most of the time."""
    first, second, *others = report.sections
    return replace(report, sections=(first, second, *map(without_pictures, others)))


def without_pictures(section):
    return replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, Picture)))


@pytest.fixture(scope="module")
def content(report):
    return word_document(report)


@pytest.fixture(scope="module")
def word(content):
    return docx.Document(BytesIO(content))


def texts_of(word, style):
    return [one.text for one in word.paragraphs if one.style.name == style]


def tables_of(report):
    return [block for block in report.blocks() if isinstance(block, Table)]


def pictures_of(report):
    return [block for block in report.blocks() if isinstance(block, Picture)]


def template(folder, *, keep=("Title", *HEADINGS, "Caption", "List Bullet")):
    """A user's document with a header, a narrow page, red headings and text of its own."""
    word = docx.Document()
    word.styles["Heading 1"].font.color.rgb = RED
    page = word.sections[0]
    page.left_margin = page.right_margin = Cm(4)
    page.header.paragraphs[0].text = "南川区统计局"
    page.footer.paragraphs[0].text = "内部资料"
    word.add_paragraph("old words")
    word.add_table(1, 1)
    for name in ("Title", *HEADINGS, "Caption", "List Bullet", "Light Shading"):
        if name not in keep:
            word.styles[name].delete()
    file = folder / "模板.docx"
    word.save(file)
    return file


def test_titles_are_real_headings_in_the_report_s_order(word, report):
    assert texts_of(word, "Title") == [report.title]
    assert texts_of(word, "Heading 1") == [section.title for section in report.sections]


def test_places_stand_above_their_chapters():
    overview = cqsim.overview([SCENARIOS / "tongliang.yaml"], paths=500, progress=False)
    found = document(overview)
    word = docx.Document(BytesIO(word_document(found)))
    assert texts_of(word, "Heading 1") == [section.title for section in found.sections]
    inner = [one.title for section in found.sections for one in section.sections]
    assert texts_of(word, "Heading 2") == inner != []


def test_every_table_and_chart_has_its_caption(word, report):
    captions = [block.caption for block in report.blocks() if isinstance(block, Table | Picture)]
    assert texts_of(word, "Caption") == captions


def test_bullets_are_a_real_list(word, report):
    items = [item for block in report.blocks() if isinstance(block, Bullets) for item in block.items]
    assert texts_of(word, "List Bullet") == items
    assert word.styles["List Bullet"].element.xpath("./w:pPr/w:numPr")


def test_tables_hold_every_cell(word, report):
    assert len(word.tables) == len(tables_of(report))
    for written, table in zip(word.tables, tables_of(report), strict=True):
        texts = [[cell.text for cell in row.cells] for row in written.rows]
        assert texts == [list(table.columns), *([cell.text for cell in row] for row in table.rows)]


def test_the_chances_of_the_first_table_are_those_of_the_result(word, result):
    chances = [float(row.cells[3].text.removesuffix("%")) / 100 for row in word.tables[0].rows[1:]]
    assert chances == pytest.approx([answer.probability for answer in result.answers], abs=0.0005000001)


def test_heads_are_repeated_and_rows_are_not_broken(word):
    for table in word.tables:
        assert table.style.name == "Light Shading"
        heads = [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows]
        assert heads == [True, *[False] * (len(heads) - 1)]
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)


def test_no_table_is_wider_than_the_text(word):
    for table in word.tables:
        widths = [column.width for column in table.columns]
        assert sum(widths) == pytest.approx(Cm(16), rel=0.01)
        assert min(widths) > Cm(0.9)


def test_the_table_of_inputs_is_in_smaller_type(word):
    styles = [table.rows[1].cells[0].paragraphs[0].style for table in word.tables]
    assert styles[-1].font.size < styles[1].font.size


def test_charts_are_16_cm_wide_and_described(word, report):
    shapes = list(word.inline_shapes)
    assert len(shapes) == len(pictures_of(report)) > 10
    assert {round(shape.width.cm, 2) for shape in shapes} == {16.0}
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [one.alt for one in pictures_of(report)]


def test_nothing_that_introduces_something_is_left_alone_on_a_page(word):
    paragraphs = word.paragraphs
    for name in HEADINGS:
        assert word.styles[name].paragraph_format.keep_with_next
    for before, after in itertools.pairwise(paragraphs):
        if after._p.xpath(".//w:drawing") and before.style.name == "Normal":
            assert before.paragraph_format.keep_with_next
    assert word.styles["Figure"].paragraph_format.keep_with_next


def test_styles_name_a_chinese_font_and_the_language_is_chinese(word):
    for name in ("Normal", "Title", *HEADINGS, "List Bullet", "Caption"):
        fonts = word.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) in ("宋体", "微软雅黑")
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert [one.get(qn("w:eastAsia")) for one in word.styles.element.xpath("./w:docDefaults//w:lang")] == ["zh-CN"]


def test_the_page_is_a4(word):
    page = word.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)


def test_properties_say_what_it_is_and_no_time(word, report):
    found = word.core_properties
    assert (found.title, found.author, found.comments) == (report.title, "cqsim", "")
    assert found.created == found.modified


def test_the_same_report_gives_the_same_bytes(short):
    assert word_document(short) == word_document(short)


def test_a_template_keeps_its_looks_and_loses_its_text(tmp_path, short):
    word = docx.Document(BytesIO(word_document(short, template(tmp_path))))
    page = word.sections[0]
    assert page.header.paragraphs[0].text == "南川区统计局"
    assert page.footer.paragraphs[0].text == "内部资料"
    assert word.styles["Heading 1"].font.color.rgb == RED
    assert texts_of(word, "Heading 1") == [section.title for section in short.sections]
    assert "old words" not in [one.text for one in word.paragraphs]
    assert len(word.tables) == len(tables_of(short))
    room = page.page_width - page.left_margin - page.right_margin
    assert {shape.width for shape in word.inline_shapes} == {room}
    assert all(sum(column.width for column in table.columns) < room * 1.01 for table in word.tables)


def test_styles_that_a_template_lacks_are_added(tmp_path, short):
    word = docx.Document(BytesIO(word_document(short, template(tmp_path, keep=()))))
    assert texts_of(word, "Title") == [short.title]
    assert texts_of(word, "Heading 1") == [section.title for section in short.sections]
    assert all(text.startswith("• ") for text in texts_of(word, "List Bullet"))
    ids = [style.style_id for style in word.styles]
    assert len(ids) == len(set(ids))


def test_headers_of_earlier_sections_of_a_template_stay(tmp_path, report):
    file = template(tmp_path)
    word = docx.Document(file)
    word.add_section()
    word.save(file)
    found = docx.Document(BytesIO(word_document(Document("t", "zh"), file)))
    assert len(found.sections) == 1
    assert found.sections[0].header.paragraphs[0].text == "南川区统计局"


def test_lines_of_a_template_s_text_do_not_cut_charts(tmp_path):
    file = template(tmp_path)
    word = docx.Document(file)
    word.styles["Normal"].paragraph_format.line_spacing = Cm(1)
    word.save(file)
    found = docx.Document(BytesIO(word_document(hostile_document(), file)))
    assert found.styles["Figure"].paragraph_format.line_spacing == 1.0


def template_parts():
    content = BytesIO()
    docx.Document().save(content)
    with ZipFile(content) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(parts):
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def damaged():
    """Templates of which a part is missing, empty, cut in half or of another kind."""
    whole = template_parts()
    for name, part in whole.items():
        yield packed({other: content for other, content in whole.items() if other != name})
        yield packed({**whole, name: b""})
        yield packed({**whole, name: part[: len(part) // 2]})
    styles, text = whole["word/styles.xml"], whole["word/document.xml"]
    for kind in (b"character", b"table", b"numbering"):
        yield packed({**whole, "word/styles.xml": styles.replace(b'w:type="paragraph"', b'w:type="%s"' % kind)})
    yield packed({**whole, "word/styles.xml": styles.replace(b'w:type="table"', b'w:type="paragraph"')})
    for number in (b"x", b"100", b"-5"):
        yield packed({**whole, "word/document.xml": re.sub(rb'w:w="\d+"', b'w:w="%s"' % number, text)})
    yield packed({**whole, "word/document.xml": re.sub(rb"<w:body>.*</w:body>", b"", text, flags=re.DOTALL)})
    yield packed({**whole, "word/document.xml": re.sub(rb"<w:body>.*</w:body>", b"<w:body/>", text, flags=re.DOTALL)})
    content = packed(whole)
    yield from (content[: len(content) * part // 10] for part in range(10))


@pytest.mark.parametrize("template", list(damaged()))
def test_a_damaged_template_is_used_or_refused_in_one_sentence(tmp_path, template):
    file = tmp_path / "t.docx"
    file.write_bytes(template)
    content, said = None, "t.docx"
    try:
        content = word_document(hostile_document(), file)
    except Fault as fault:
        said = str(fault)
    assert "t.docx" in said
    assert "\n" not in said
    assert content is None or docx.Document(BytesIO(content)).paragraphs


@pytest.mark.parametrize("wrong", [b"", b"plain text", b"PK\x05\x06" + b"\0" * 18])
def test_a_template_that_is_no_word_document_is_one_sentence(tmp_path, wrong):
    file = tmp_path / "t.docx"
    file.write_bytes(wrong)
    with pytest.raises(Fault) as caught:
        word_document(Document("t", "zh"), file)
    said = "t.docx is not a sound Word document (.docx); open it in Word, save it as .docx and use that"
    assert str(caught.value) == said


def test_a_workbook_is_no_template(tmp_path):
    from cqsim.report.formats.workbook import workbook

    file = tmp_path / "t.docx"
    file.write_bytes(workbook(Document("t", "zh")))
    with pytest.raises(Fault, match=r"t\.docx is an Excel workbook, not a Word document"):
        word_document(Document("t", "zh"), file)


def test_a_template_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(Fault, match=r"the template t\.docx cannot be read: there is no such file"):
        word_document(Document("t", "zh"), tmp_path / "t.docx")


def test_harmful_labels_are_words_like_others():
    content = word_document(hostile_document())
    word = docx.Document(BytesIO(content))
    cells = [table.rows[1].cells[0].text for table in word.tables]
    assert cells == [clean(text) for text in HOSTILE]
    assert texts_of(word, "Heading 1") == [" ".join(clean(text).split()) for text in HOSTILE]
    assert not re.search(rb"<script>", word.element.xml.encode())
    assert word_document(hostile_document()) == content


@needs_office
def test_libreoffice_prints_it(tmp_path, content, report):
    file = tmp_path / "report.docx"
    file.write_bytes(content)
    pages = as_pdf_text(file, tmp_path)
    assert len(pages) > 1
    found = "".join("".join(pages).split())
    for section in report.sections:
        assert "".join(section.title.split()) in found
