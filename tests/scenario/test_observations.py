"""Observations are what came: they are kept and listed, and change no digit of what is said of the future."""

import json

import pytest
from click.testing import CliRunner

import cqsim
from cqsim import ScenarioError
from cqsim.cli import main
from cqsim.scenario.provenance import figures, unsourced

PAST = "    history: {values: {2018: 80, 2019: 90, 2020: 70, 2021: 100}, evidence: official, source: book}\n"
TEXT = (
    """\
years: {baseline: 2021, end: 2026}
sources: {book: {title: Yearbook}, news: {title: A newspaper}}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 100, sd: 5%, evidence: official, source: book}
"""
    + PAST
    + """\
    growth: {model: bootstrap, evidence: official, source: book}
    targets: [{at_least: 120, year: 2026, source: book}, {at_least: 110, reached_by: 2025, source: book}]
  spend:
    unit: 元/人次
    baseline: {value: 500, evidence: official, source: book}
    growth: {model: compound, rate: {p10: 1%, p50: 4%, p90: 8%}, volatility: 5%, evidence: official, source: book}
  revenue:
    unit: 亿元
    formula: visitors * spend
    targets: [{at_least: 6, year: 2026, source: book}]
"""
)
POINTS = """\
    observations:
      evidence: reported
      points:
        - {year: 2022, value: 0.0104 亿人次, source: book, evidence: official}
        - {year: 2023, value: 121, source: news, published: 2024, note: preliminary}
"""
# Far from what any path does, worse known than anything else, and on an indicator of every kind.
CAME = TEXT.replace(PAST, PAST + "    observations: {values: {2019: 1, 2022: 9e9}, evidence: assumed, note: x}\n")
CAME = CAME.replace("元/人次\n", "元/人次\n    observations: {values: {2022: -1}, evidence: assumed}\n")
CAME += "    observations: {values: {2022: 0, 2190: 3}, evidence: assumed}\n"


@pytest.fixture
def read(tmp_path):
    def load(text, name="district.yaml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return cqsim.load(file)

    return load


def with_points(points=POINTS):
    return TEXT.replace(PAST, PAST + points)


def observed(scenario):
    return scenario.indicators["visitors"].observations


def test_no_digit_of_a_result_changes(read):
    texts = (TEXT, CAME)
    one, other = (cqsim.run(read(text), paths=3000, seed=4, progress=False) for text in texts)
    first, second = one.to_dict(), other.to_dict()
    for key in ("scenario_sha256", "scenario_data"):  # what the file says
        assert first.pop(key) != second.pop(key)
    assert first == second
    assert [answer.evidence for answer in other.answers] == ["official"] * 3
    for id in ("visitors", "spend", "revenue"):
        assert one.quantile_rows(id) == other.quantile_rows(id)


def test_a_model_that_needs_a_history_does_not_take_observations_for_one(read):
    with pytest.raises(ScenarioError, match="needs a history"):
        read(TEXT.replace("    history:", "    observations:"))


def test_points_keep_all_that_is_said_of_them(read):
    scenario = read(with_points())
    assert observed(scenario).levels("万人次") == {2022: pytest.approx(104), 2023: 121}
    first, second = observed(scenario).points
    assert (first.source, first.evidence, first.published) == ("book", "official", None)
    assert (second.source, second.evidence, second.published, second.note) == ("news", None, 2024, "preliminary")


def test_a_csv_file_is_read_as_for_a_history(read, tmp_path):
    (tmp_path / "came.csv").write_text("year,value,source\n2022,104,book\n2023,0.0121 亿人次,news\n", encoding="gbk")
    scenario = read(with_points("    observations: {file: came.csv, evidence: reported}\n"))
    assert observed(scenario).levels("万人次") == {2022: 104, 2023: pytest.approx(121)}
    copy = tmp_path / "copy.yaml"
    scenario.save(copy)
    assert "104" not in copy.read_text(encoding="utf-8")
    assert cqsim.load(copy) == scenario


def test_a_file_outside_the_folder_is_refused(read, tmp_path):
    with pytest.raises(ScenarioError, match=r"observations\.file: .*--allow-outside"):
        read(with_points(f"    observations: {{file: {tmp_path.parent}/came.csv, evidence: reported}}\n"))


def test_a_scenario_with_observations_is_saved_and_loaded_equal(read, tmp_path):
    scenario = read(with_points())
    scenario.save(tmp_path / "copy.yaml")
    assert cqsim.load(tmp_path / "copy.yaml") == scenario
    value = {"values": {"2022": 105}, "evidence": "reported"}
    assert observed(scenario.replace({"indicators.visitors.observations": value})).levels("万人次") == {2022: 105}


def test_they_are_listed_with_their_sources_and_no_target_rests_on_them(read, tmp_path):
    found = {figure.path: figure for figure in figures(read(with_points()))}
    here = "indicators.visitors.observations"
    listed = [(path.removeprefix(here), figure.title) for path, figure in found.items() if path.startswith(here)]
    assert listed == [("", None), (".points[0]", "Yearbook"), (".points[1]", "A newspaper")]
    assert {figure.used_by for path, figure in found.items() if path.startswith(here)} == {()}
    assert found[f"{here}.points[1]"].figures == "year: 2023, value: 121, published: 2024"
    printed = CliRunner().invoke(main, ["sources", str(tmp_path / "district.yaml"), "--json"]).stdout
    assert {one["path"] for one in json.loads(printed)} == set(found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: news, ", "", "source"),
        ("evidence: reported\n", "evidence: assumed\n", None),
        ("source: book, evidence: official}", "source: book, evidence: assumed}", "reason"),
    ],
)
def test_strict_checks_want_a_source_or_a_reason_of_each_value(old, new, said, read):
    assert unsourced(read(with_points())) == []
    problems = unsourced(read(with_points(POINTS.replace(old, new))))
    lines = [problem.line(None, "en") for problem in problems]
    assert len(lines) == (said is not None)
    for line in lines:
        assert line.startswith("indicators.visitors.observations: ")
        assert said in line


def test_what_the_block_says_covers_its_values(read):
    covered = "    observations: {points: [{year: 2022, value: 104}], evidence: official, source: book}\n"
    assert unsourced(read(with_points(covered))) == []
    assert [point.source for point in observed(read(with_points(covered))).covered()] == ["book"]
