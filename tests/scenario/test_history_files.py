"""Histories in CSV files: what is read, what is refused and where, and what contradicts the baseline."""

from contextlib import suppress

import pytest
from click.testing import CliRunner

import cqsim
from cqsim import ScenarioError
from cqsim.cli import main

TEXT = """\
format: 1
years: {baseline: 2021, end: 2026}
sources:
  book: {title: Yearbook}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 3103, evidence: reported}
    history: {file: past.csv, evidence: reported}
    growth: {model: compound, rate: 7%, volatility: 9%, evidence: assumed}
    targets: [{at_least: 5000, year: 2026}]
"""
PLAIN = "year,value\n2019,2800\n2020,1900\n2021,3103\n"
LINE = 9


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "area"
    folder.mkdir()
    path = folder / "district.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def read(file):
    """Load the scenario with a file of some content beside it."""

    def load(content, encoding="utf-8", text=TEXT, **options):
        file.write_text(text, encoding="utf-8")
        file.with_name("past.csv").write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return cqsim.load(file, **options)

    return load


@pytest.fixture
def refused(read, file):
    """What is said of a file, less its own name; it always stands at the line of the history."""

    def find(content, **options):
        with pytest.raises(ScenarioError) as caught:
            read(content, **options)
        (line,) = str(caught.value).splitlines()
        assert line.startswith(f"{file}:{LINE}:")
        return line.partition("history.file: ")[2]

    return find


def points(scenario):
    return scenario.indicators["visitors"].history.points


def values(scenario):
    return scenario.indicators["visitors"].history.levels("万人次")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_files_of_spreadsheets_and_statistics_offices_are_read(encoding, read):
    scenario = read("year,value,note\n2020,1900 万人次,疫情\n2021,0.3103 亿人次,恢复\n", encoding)
    assert values(scenario) == {2020: 1900, 2021: pytest.approx(3103)}
    assert [point.note for point in points(scenario)] == ["疫情", "恢复"]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        "value,year\n2800,2019\n1900,2020\n3103,2021\n",
        'year,value,note\n2019,"2800","a, b"\n"2020",1900,"two\nlines"\n2021, 3103 ,\n',
        "year,value\n2021,3103\n\n2019,2800\n,\n2020,1900",
        " year , value \n2019,2800\n2020,1900\n2021,3103,\n",
    ],
)
def test_quotes_line_ends_order_and_empty_rows_change_nothing(content, read):
    assert values(read(content)) == {2019: 2800, 2020: 1900, 2021: 3103}


def test_every_column_is_kept(read):
    scenario = read("year,value,source,evidence,published,note\n2020,1900,book,official,2022,first estimate\n")
    (point,) = points(scenario)
    assert (point.year, str(point.value), point.source, point.evidence) == (2020, "1900", "book", "official")
    assert (point.published, point.note) == (2022, "first estimate")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("year,value\n2019,2800\n,1900\n", "past.csv, row 3: the column 'year' is empty"),
        ("year,value\n2019,2800\n2020,\n", "past.csv, row 3: the column 'value' is empty"),
        ("year,value\n2019,about 2800\n", "past.csv, row 2, column 'value': 'about 2800' is not a number"),
        ("year,value\n2019,2800\n2020,—\n", "past.csv, row 3, column 'value': '—' is not a number"),
        ('year,value\n2019,"2,800"\n', "past.csv, row 2, column 'value': '2,800' is not a number"),
        ("year,value\nFY19,2800\n", "past.csv, row 2, column 'year': 'FY19' is not a year between 1900 and 2200"),
        ("year,value\n2019.5,2800\n", "past.csv, row 2, column 'year': '2019.5' is not a year between 1900 and 2200"),
        ("year,value\n", "past.csv holds a header and no rows"),
        ("year,value\n20190,2800\n", "past.csv, row 2, column 'year': '20190' is not a year between 1900 and 2200"),
        (
            "year,value,published\n2019,2800,soon\n",
            "past.csv, row 2, column 'published': 'soon' is not a year between 1900 and 2200",
        ),
        ("year,value\n2019,2800\n2020,1\n2019,9\n", "past.csv, row 4: the year 2019 is already in row 2"),
        ("year,value\n2019,nan\n", "past.csv, row 2, column 'value': 'nan' is not a number"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(content, said, refused):
    assert refused(content).startswith(said)


def test_an_unknown_column_is_answered_with_the_nearest_name(refused):
    said = refused("year,valeu\n2019,2800\n")
    assert "'valeu'" in said
    assert "did you mean 'value'" in said
    assert "published" in refused("year,value,remark\n2019,2800,x\n")


@pytest.mark.parametrize(("content", "column"), [("year\n2019\n", "value"), ("value\n1\n", "year"), ("", "year")])
def test_a_missing_column_is_named(content, column, refused):
    assert refused(content) == f"past.csv: the column '{column}' is missing"


def test_a_file_that_is_no_text_is_refused(refused):
    assert refused(b"year,value\n2019,\xff\xff\xff\n").startswith("past.csv is not UTF-8, and not certainly GBK")


def test_a_file_that_is_not_there_is_refused(refused, read):
    said = refused(PLAIN, text=TEXT.replace("past.csv", "lost.csv"))
    assert said.startswith("lost.csv cannot be read")
    said = refused(PLAIN, text=TEXT.replace("past.csv", "."))
    assert "cannot be read" in said


def test_an_unknown_grade_of_a_row_is_refused(read):
    with pytest.raises(ScenarioError, match="official"):
        read("year,value,evidence\n2019,2800,certain\n")


def test_an_unknown_source_of_a_row_is_refused(read):
    with pytest.raises(ScenarioError, match="book"):
        read("year,value,source\n2019,2800,bok\n")


def test_a_value_in_another_kind_of_unit_is_refused(read):
    with pytest.raises(ScenarioError, match="亿元"):
        read("year,value\n2019,28 亿元\n")


@pytest.mark.parametrize("way", ["../past.csv", "{outside}", "link.csv", "inner/../../past.csv", "folder/past.csv"])
def test_a_file_outside_the_folder_of_the_scenario_is_read_only_when_that_is_allowed(way, file, read):
    outside = file.parents[1] / "past.csv"
    outside.write_text(PLAIN, encoding="utf-8")
    (file.parent / "inner").mkdir()
    (file.parent / "link.csv").symlink_to(outside)
    (file.parent / "folder").symlink_to(file.parents[1], target_is_directory=True)
    text = TEXT.replace("past.csv", way.format(outside=outside))
    with pytest.raises(ScenarioError, match=r"outside the scenario's folder.*--allow-outside"):
        read(PLAIN, text=text)
    assert values(read(PLAIN, text=text, outside=True))[2021] == 3103


def test_the_commands_read_such_a_file_only_when_told_to(file, read):
    (file.parents[1] / "past.csv").write_text(PLAIN, encoding="utf-8")
    file.write_text(TEXT.replace("past.csv", "../past.csv"), encoding="utf-8")
    for command in (["check"], ["run", "--paths", "100"], ["sources"]):
        assert CliRunner().invoke(main, [*command, str(file)]).exit_code == 2
        assert CliRunner().invoke(main, [*command, str(file), "--allow-outside"]).exit_code == 0


def test_a_file_in_a_folder_below_is_read(file, read):
    (file.parent / "data").mkdir()
    (file.parent / "data" / "past.csv").write_text(PLAIN, encoding="utf-8")
    assert values(read(PLAIN, text=TEXT.replace("past.csv", "data/past.csv")))[2019] == 2800


@pytest.mark.parametrize(("past", "told"), [(3103, False), (3110, False), (3300, True), (310.3, True)])
def test_a_history_that_contradicts_the_baseline_is_told_with_both_figures(past, told, file, read):
    scenario = read(PLAIN.replace("3103", str(past)))
    checked = CliRunner().invoke(main, ["check", str(file)])
    notes = cqsim.run(scenario, paths=100, progress=False).notes
    assert checked.exit_code == 0
    assert bool(checked.stderr) == told
    found = [note for note in notes if "the history has" in note]
    assert len(found) == told
    for text in (checked.stderr, *found) if told else ():
        assert f"{past:g} 万人次 for 2021" in text
        assert "3103 万人次" in text
    if told:
        assert checked.stderr.startswith(f"caution: {file}:8:")


def test_growth_from_the_past_reads_the_file(read):
    bootstrap = TEXT.replace("model: compound, rate: 7%, volatility: 9%", "model: bootstrap, block: 1")
    content = "year,value\n" + "".join(f"{2017 + step},{1000 * 1.1**step:.4f}\n" for step in range(5))
    result = cqsim.run(read(content, text=bootstrap), paths=200, progress=False)
    assert result.answers[0].median == pytest.approx(3103 * 1.1**5, rel=1e-5)
    with pytest.raises(ScenarioError, match="2020"):
        read(content.replace("2020,", "2024,"), text=bootstrap)
    with pytest.raises(ScenarioError, match="4"):
        read("year,value\n2020,1\n2021,2\n", text=bootstrap)


def test_a_scenario_is_saved_and_loaded_with_the_file_beside_it(file, read):
    scenario = read("year,value,source\n2020,1900 万人次,book\n2021,3103,\n")
    copy = file.with_name("copy.yaml")
    scenario.save(copy)
    assert "1900" not in copy.read_text(encoding="utf-8")
    assert cqsim.load(copy) == scenario
    file.with_name("past.csv").unlink()
    with pytest.raises(ScenarioError, match=r"past\.csv cannot be read"):
        cqsim.load(copy)


def test_another_value_leaves_what_was_read_from_the_file(read):
    scenario = read(PLAIN).replace({"indicators.visitors.growth.rate": "3%"})
    assert values(scenario) == {2019: 2800, 2020: 1900, 2021: 3103}


def test_another_file_is_never_shown_with_the_values_of_the_first(read):
    scenario = read(PLAIN)
    with suppress(ScenarioError):  # it may be refused: only `load` reads files
        other = scenario.replace({"indicators.visitors.history.file": "other.csv"})
        assert values(other) != values(scenario)


def test_values_in_the_scenario_itself_are_the_same_history(read):
    inline = TEXT.replace("file: past.csv", "values: {2019: 2800, 2020: 1900, 2021: 3103}")
    assert values(read(PLAIN, text=inline)) == values(read(PLAIN))


def test_a_result_does_not_change_when_the_history_is_only_shown(read):
    inline = TEXT.replace("    history: {file: past.csv, evidence: reported}\n", "")
    one, other = (cqsim.run(read(PLAIN, text=text), paths=500, progress=False) for text in (TEXT, inline))
    assert one.quantile_rows("visitors") == other.quantile_rows("visitors")


def test_years_as_offices_and_spreadsheets_write_them_are_read(read):
    assert values(read("year,value\n2019年,2800\n2020.0,1900\n2021,3103\n")) == {2019: 2800, 2020: 1900, 2021: 3103}
