import json

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from cqsim.cli import main

HEADER = "series,period,value,target,target_year,direction\n"
GOOD = "visitors,2015,100,150,2030,increase\nvisitors,2022,114,,,\n"
WITH_FAULTS = (
    HEADER
    + GOOD
    + "排放,2015,100,50,2030,decrease\n排放,2018,91,,,\n排放,2018,90,,,\n排放,2016,95,,,\n排放,2019,about 80,,,\n"
    + "排放,2020,nan,,,\n排放,2021,,,,\n,2022,79,,,\n排放,2022,79,,,\n"
)


def invoke(tmp_path, text, *arguments, encoding="utf-8"):
    file = tmp_path / "data.csv"
    file.write_text(text, encoding=encoding)
    return CliRunner().invoke(main, ["yardsticks", str(file), *arguments])


def document(tmp_path, text):
    found = invoke(tmp_path, text, "--json", "--lang", "en")
    assert found.exit_code == 0
    return json.loads(found.stdout)


def test_json_has_every_rule_of_every_series(tmp_path):
    found = document(tmp_path, HEADER + GOOD)
    (one,) = found["series"]
    assert (one["series"], one["years"]) == ("visitors", [2015, 2022])
    assert one["cagr_observed"] == pytest.approx(1.14 ** (1 / 7) - 1)
    assert one["cagr_required"] == pytest.approx(1.5 ** (1 / 15) - 1)
    assert {name: rule["class"] for name, rule in one["rules"].items()} == {
        "statcan_2025": "acceleration_needed",
        "open_sdg_2023": "acceleration_needed",
        "eurostat": "moderate",
        "unsd_chart": "fair",
        "escap_current": None,
        "escap_anticipated": "accelerate",
    }
    ratio = one["cagr_observed"] / one["cagr_required"]
    rule = one["rules"]["statcan_2025"]
    assert (rule["measure"], rule["value"]) == ("ratio", pytest.approx(ratio))
    assert found["aggregate"] == {
        "class": "acceleration_needed",
        "score": rule["score"],
        "counted": 1,
        "left_out": 0,
    }
    assert found["problems"] == []


def test_bad_rows_are_named_and_the_rest_is_classed(tmp_path):
    found = invoke(tmp_path, WITH_FAULTS, "--json", "--lang", "en")
    assert found.exit_code == 0
    assert found.stderr.splitlines() == [
        "排放: data.csv, row 6: the year 2018 is already in row 5",
        "排放: data.csv, row 7: the year 2016 is before 2018 in row 5; sort the rows by year",
        "排放: data.csv, row 8, column 'value': 'about 80' is not a number",
        "排放: data.csv, row 9, column 'value': 'nan' is not a number",
        "排放: data.csv, row 10: the column 'value' is empty",
        "data.csv, row 11: the column 'series' is empty",
    ]
    read = json.loads(found.stdout)
    assert read["problems"] == found.stderr.splitlines()
    alone = HEADER + "排放,2015,100,50,2030,decrease\n排放,2018,91,,,\n排放,2022,79,,,\n"
    assert read["series"][1] == document(tmp_path, alone)["series"][0]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("a,2015,1,,,up\n", "data.csv, row 2: 'up' is not a direction"),
        ("a,2015,1,,,\n", "it has no direction"),
        ("a,2015,x,,,increase\n", "it has no usable value"),
        ("a,2015,1,8,,increase\n", "target and target_year must be given together"),
        ("a,2015,1,,2030,increase\n", "target and target_year must be given together"),
        ("a,2015,1,lots,2030,increase\n", "column 'target': 'lots' is not a number"),
        ("a,2015,1,8,20300,increase\n", "column 'target_year': '20300' is not a year between 1900 and 2200"),
        ("a,15,1,8,2030,increase\n", "column 'period': '15' is not a year between 1900 and 2200"),
        ("a,2015,1,8,2030,increase\na,2016,1,9,,\n", "row 3, column 'target': 9 differs from 8"),
    ],
)
def test_a_series_that_cannot_be_classed_says_why_and_leaves_the_others(tmp_path, rows, said):
    found = invoke(tmp_path, HEADER + rows + GOOD, "--json", "--lang", "en")
    assert found.exit_code == 0
    assert said in found.stderr
    assert all(line.startswith("a: ") for line in found.stderr.splitlines())
    assert [one["series"] for one in json.loads(found.stdout)["series"]] == ["visitors"]


def test_the_target_may_stand_in_any_row_and_in_one_without_a_value(tmp_path):
    first = document(tmp_path, HEADER + GOOD)
    last = "visitors,2015,100,,,\nvisitors,2022,114,,2030,increase\nvisitors,,,150,,\n"
    assert document(tmp_path, HEADER + last) == first


def test_files_of_spreadsheets_are_read(tmp_path):
    text = (HEADER + GOOD).replace("visitors", "游客")
    found = [invoke(tmp_path, text, "--json", encoding=encoding) for encoding in ("utf-8", "utf-8-sig", "gb18030")]
    assert {one.stdout for one in found} == {found[0].stdout}
    assert json.loads(found[0].stdout)["series"][0]["series"] == "游客"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("series,period,amount\n", "unknown column 'amount'"),
        ("series,period,value\n", "the column 'direction' is missing"),
        (HEADER, "there is no series that can be classed"),
        (HEADER + "a,2015,x,,,increase\n", "there is no series that can be classed"),
    ],
)
def test_nothing_to_class_is_exit_code_2(tmp_path, text, said):
    found = invoke(tmp_path, text, "--json", "--lang", "en")
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr


def test_a_missing_file_is_exit_code_2():
    found = CliRunner().invoke(main, ["yardsticks", "nowhere.csv", "--lang", "en"])
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("nowhere.csv cannot be read: ")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ["有进展但需加快", "尚可但需加快", "得分 +0.64", "实际/所需 69%", "全部序列", "平均得分 +0.64"]),
        (
            "en",
            ["moderate", "score +0.64", "ratio 69%", "2.8 of 10", "mean score +0.64, acceleration needed; 1 counted"],
        ),
    ],
)
def test_the_table_shows_class_ratio_and_score(tmp_path, language, said):
    found = invoke(tmp_path, HEADER + GOOD, "--lang", language)
    assert (found.exit_code, found.stderr) == (0, "")
    assert all(text in found.stdout for text in said)
    table = found.stdout.split("\n\n")[0].splitlines()
    assert max(map(cell_len, table)) <= 120


def test_the_table_is_in_chinese_when_nothing_is_said(tmp_path):
    assert invoke(tmp_path, HEADER + GOOD).stdout == invoke(tmp_path, HEADER + GOOD, "--lang", "zh").stdout


def test_names_of_series_neither_steer_the_terminal_nor_mark_up(tmp_path):
    found = invoke(tmp_path, (HEADER + GOOD).replace("visitors", "\x1b[31m[red]x"), "--lang", "en")
    assert "\x1b" not in found.stdout
    assert "[red]x" in found.stdout
