"""Tables in CSV: no cell is lost, and a row that cannot be split is named with its likely cause."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqsim.answers.assessments import read_assessments
from cqsim.answers.backtest.data import read_series
from cqsim.errors import Fault
from cqsim.tables import read_rows

COLUMNS = ("year", "value", "note")


def rows(folder, content, columns=COLUMNS, required=COLUMNS[:2]):
    file = Path(folder, "past.csv")
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(row.number, row.cells) for row in read_rows(file, columns, required)]


def said(folder, content, language="en"):
    with pytest.raises(Fault) as caught:
        rows(folder, content)
    return caught.value.text(language)


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("2018,1,100", "'1,100' looks like a number with a thousands separator; write 1100"),
        ("2018,1,234,567", "'1,234,567' looks like a number with a thousands separator; write 1234567"),
        ("2018,1,100.5", "'1,100.5' looks like a number with a thousands separator; write 1100.5"),
        ("2018,-1,100", "'-1,100' looks like a number with a thousands separator; write -1100"),
        ("2018,3,5", "'3,5' looks like a number with a decimal comma; write 3.5"),
        ("2018,12,75%", "'12,75' looks like a number with a decimal comma; write 12.75"),
        ("2018,5,a, b", "put text that contains a comma in quotes"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_more_cells_than_columns_are_an_error_with_the_comma_that_made_them(row, cause, end, tmp_path):
    has_note = "a, b" in row
    head = "year,value,note" if has_note else "year,value"
    text = said(tmp_path, end.join([head, "2016,742", "2017,900", row, "2019,1500", ""]))
    assert text == f"past.csv, row 4: {row.count(',') + 1} cells under {head.count(',') + 1} columns ({cause})"


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("2018,1,100", "'1,100' looks like a number with a thousands separator; write 1100"),
        ("2018,1500,5", "'1500,5' looks like a number with a decimal comma; write 1500.5"),
        ("2018,12,75%,", "'12,75%' looks like a number with a decimal comma; write 12.75%"),
    ],
)
def test_the_end_of_a_number_is_no_note(row, cause, tmp_path):
    text = said(tmp_path, f"year,value,note\n2017,900\n{row}\n")
    assert text.startswith("past.csv, row 3: the note ")
    assert text.endswith(f"({cause})")


@pytest.mark.parametrize("note", ["见注1", "2018", "rebased, 100", "第 3 版"])
def test_other_notes_are_notes(note, tmp_path):
    assert rows(tmp_path, f'year,value,note\n2018,1,"{note}"\n')[0][1]["note"] == note


def test_empty_cells_at_the_end_are_none(tmp_path):
    assert rows(tmp_path, "year,value,,\n2018,1,,,,\n,,,,,\n2019,2\n") == [
        (2, {"year": "2018", "value": "1"}),
        (4, {"year": "2019", "value": "2"}),
    ]


@pytest.mark.parametrize("head", ["year,value,value", "year, value ,value", "year,value,year"])
def test_a_column_that_appears_twice_is_refused(head, tmp_path):
    assert "appears twice" in said(tmp_path, f"{head}\n2018,1,2\n")


def test_a_column_without_a_name_is_refused(tmp_path):
    assert said(tmp_path, "year,,value\n2018,9,1\n").startswith("past.csv: column 2 has no name in the first row")


@pytest.mark.parametrize(("sign", "name"), [(";", ";"), ("\t", "Tab"), ("|", "|"), ("，", "，")])
def test_other_separators_are_named(sign, name, tmp_path):
    whole = said(tmp_path, f"year{sign}value\n2018{sign}1\n")
    assert whole.startswith(f"past.csv, row 1: the columns are separated by '{name}'")
    assert said(tmp_path, f"year,value\n2017,3\n2018{sign}1\n").startswith("past.csv, row 3: the columns are separated")


@pytest.mark.parametrize(
    "content",
    [
        'year,value\n2017,3\n"2018,1\n2019,2\n',
        'year,value\n2017,3\n2018,"1\n2019,2\n',
        'year,value\n2017,3\n2018,"1\n2019,2"\n',
        'year,value\n2017,3\n"2018,1\n2019,2\n"2020,1\n',
        'year,value\n2017,3\n2018,"1"5\n',
        'year,value,note\n2017,3,x\n2018,1,"first\n2019,2,x\n',
    ],
)
def test_a_quote_that_is_not_closed_is_named_by_the_row_in_which_it_opens(content, tmp_path):
    assert said(tmp_path, content).startswith("past.csv, row 3: a quote opens in this row and is not closed")


def test_a_cell_beyond_the_reader_s_limit_is_an_error_of_its_row(tmp_path):
    assert said(tmp_path, f"year,value\n2018,{'9' * 200_000}\n").startswith("past.csv, row 2: a cell is longer than")


def test_zero_bytes_are_refused(tmp_path):
    assert (
        said(tmp_path, "year,value\n2017,3\n2018,1\0\n")
        == "past.csv, row 3, column 'value': the cell contains a zero byte"
    )


def test_lines_end_where_spreadsheets_end_them(tmp_path):
    content = "year,value,note\n2018,1,a\u2028b\u0085c\fd\n2019,x,e\n"
    assert [number for number, _ in rows(tmp_path, content)] == [2, 3]


cells = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cc", "Cs"]), max_size=8)


@given(st.lists(st.tuples(st.integers(1900, 2200), cells), min_size=1, max_size=5))
def test_what_a_csv_writer_writes_is_read_back(tmp_path_factory, table):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([("year", "value", "note"), *((year, "1 人", note) for year, note in table)])
    read = rows(tmp_path_factory.mktemp("written"), text.getvalue())
    assert [cells.get("note", "") for _, cells in read] == [note.strip() for _, note in table]


GBK, BIG5 = "重庆市游客人次", "重慶市遊客人次"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GBK, "utf-8"),
        (GBK, "utf-8-sig"),
        (GBK, "gbk"),
        (GBK, "utf-16"),
        (GBK, "utf-16-le"),
        (GBK, "utf-16-be"),
        (GBK, "utf-32"),
        (BIG5, "big5"),
    ],
)
def test_encodings_that_can_be_told_are_read(text, encoding, tmp_path):
    read = rows(tmp_path, f"year,value,note\n2018,1,{text}\n".encode(encoding))
    assert read == [(2, {"year": "2018", "value": "1", "note": text})]


@pytest.mark.parametrize(
    "content", [b"year,value\n2018,1\xe9\n", b"year,value,note\n2018,1,20 \xb0C\n", b"\xff\xff\xff"]
)
def test_encodings_that_cannot_be_told_are_refused(content, tmp_path):
    assert "is not UTF-8, and not certainly GBK, Big5 or UTF-16" in said(tmp_path, content)
    assert "另存为 UTF-8" in said(tmp_path, content, "zh")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04....xl/workbook.xml", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!DOCTYPE html><html>", "a web page"),
    ],
)
def test_files_that_are_no_tables_are_named(content, kind, tmp_path):
    assert said(tmp_path, content).startswith(f"past.csv is {kind}")


def test_no_reader_of_series_loses_a_cell(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("series,period,value\na,2000,1,100\n", encoding="utf-8")
    with pytest.raises(Fault, match="row 2: 4 cells under 3 columns"):
        list(read_series(data, None, 1))
    data.write_text("series,period,value,direction\na,2000,1,100,increase\n", encoding="utf-8")
    with pytest.raises(Fault, match="row 2: 5 cells under 4 columns"):
        read_assessments(data)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e999", "1_000", "9" * 5000, "5%", "five", "５"])
def test_targets_of_series_are_finite_numbers(value, tmp_path):
    data, targets = tmp_path / "data.csv", tmp_path / "targets.csv"
    data.write_text("series,period,value\na,2000,1\na,2001,2\na,2002,3\n", encoding="utf-8")
    targets.write_text(f"series,period,target,sense\na,2002,{value},at_least\n", encoding="utf-8")
    with pytest.raises(Fault, match=r"row 2, column 'target': '.{1,121}' is not a number"):
        list(read_series(data, targets, 1))


@pytest.mark.parametrize("period", ["9" * 5000, "2_002", "2002.5", "x"])
def test_periods_are_whole_numbers(period, tmp_path):
    data, targets = tmp_path / "data.csv", tmp_path / "targets.csv"
    data.write_text(f"series,period,value\na,{period},1\na,2001,2\na,2002,3\n", encoding="utf-8")
    (skipped,) = read_series(data, None, 1)
    assert "is not a number in column period" in str(skipped.fault)
    data.write_text("series,period,value\na,2000,1\na,2001,2\na,2002,3\n", encoding="utf-8")
    targets.write_text(f"series,period,target,sense\na,{period},1,at_least\n", encoding="utf-8")
    with pytest.raises(Fault, match="column 'period'"):
        list(read_series(data, targets, 1))


def test_a_row_without_a_series_is_named(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("series,period,value\na,2000,1\n,2001,2\n", encoding="utf-8")
    with pytest.raises(Fault, match=r"data\.csv, row 3: the column 'series' is empty"):
        list(read_series(data, None, 1))
