"""Several scenarios at a glance: the same figures as of each alone."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest
from rich.cells import cell_len

import cqsim
from cqsim.errors import Fault
from cqsim.report.formats.console import print_overview
from cqsim.report.numbers import growth, interval, probability

TEXT = """\
title: {{zh: {zh}, en: {en}}}
language: {language}
years: {{baseline: 2021, end: 2026}}
indicators:
  visitors:
    label: {{zh: 游客, en: Visitors}}
    unit: 万人次
    baseline: {{value: 100, sd: 5%, evidence: reported}}
    growth: {{model: compound, rate: {rate}, volatility: 8%, evidence: derived}}
    targets: [{{at_least: 130, year: 2026}}{more}]
"""
MORE = ", {between: [100, 120], reached_by: 2025}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    for name, values in {
        "east": {"zh": "东区", "en": "East", "language": "zh", "rate": "5%", "more": MORE},
        "west": {"zh": "西区", "en": "West", "language": "en", "rate": "2%", "more": ""},
    }.items():
        (folder / f"{name}.yaml").write_text(TEXT.format(**values), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def found(folder):
    return cqsim.overview(folder, paths=3000, seed=4, progress=False)


def test_every_result_is_that_of_the_scenario_alone_in_one_language(folder, found):
    assert found.language == "zh"
    documents = json.loads(found.to_json())["scenarios"]
    assert [document["scenario"] for document in documents] == ["east", "west"]
    for document in documents:
        alone = cqsim.run(folder / f"{document['scenario']}.yaml", paths=3000, seed=4, language="zh", progress=False)
        assert document == json.loads(alone.to_json())


def test_a_language_that_is_asked_for_holds_for_all(folder):
    english = cqsim.overview([folder / "east.yaml"], paths=100, language="en", progress=False)
    assert english.frame["place"].unique().tolist() == ["East"]
    assert english.frame["label"].dropna().tolist() == ["Visitors", "Visitors"]


def test_the_frame_has_a_row_for_each_target_and_one_for_all_of_a_scenario(found):
    frame = found.frame
    assert frame["scenario"].tolist() == ["east"] * 3 + ["west"] * 2
    assert frame["place"].tolist() == ["东区"] * 3 + ["西区"] * 2
    assert frame["indicator"].isna().tolist() == [False, False, True, False, True]
    east, west = found.results
    chances = [*(one.probability for one in east.answers), east.joint_answer.all]
    chances += [west.answers[0].probability, west.joint_answer.all]
    assert frame["probability"].tolist() == chances
    ends = [*(one.interval for one in east.answers), east.joint_answer.interval]
    ends += [west.answers[0].interval, west.joint_answer.interval]
    assert list(frame[["interval_low", "interval_high"]].itertuples(index=False, name=None)) == ends
    assert frame["required_cagr"].iloc[0] == pytest.approx(1.3 ** (1 / 5) - 1)
    assert frame["year"].iloc[0] == 2026
    assert frame["upper_value"].iloc[1] == 120
    assert frame["evidence"].iloc[0] == "derived"


def test_the_lowest_probability_is_that_of_all_targets(found):
    chances = [answer.probability for result in found.results for answer in result.answers]
    assert found.lowest == min(chances)
    assert found.lowest < max(chances)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_holds_every_place_target_and_chance(language, folder):
    overview = cqsim.overview(folder, paths=3000, seed=4, language=language, progress=False)
    text = io.StringIO()
    print_overview(overview, text)
    lines = text.getvalue().splitlines()
    rows = [line for line in lines if "%" in line and "~" in line]
    expected = []
    for result in overview.results:
        expected += [(growth(one.required.cagr, language), one.probability, one.interval) for one in result.answers]
        if len(result.answers) > 1:
            expected.append(("2", result.joint_answer.all, result.joint_answer.interval))
    assert len(rows) == len(expected) == 4
    for row, (first, value, ends) in zip(rows, expected, strict=True):
        assert first in row
        assert probability(value) in row
        assert interval(*ends) in row
    titles = [result.title for result in overview.results]
    assert [sum(title in line for line in lines) for title in titles] == [1, 1]
    assert titles == (["东区", "西区"] if language == "zh" else ["East", "West"])
    head = next(number for number, line in enumerate(lines) if set(line.strip()) == {"─"})
    assert len({cell_len(line) for line in lines[: head + 8]}) == 1


def test_saving_writes_a_folder_for_each_scenario_and_the_table(found, tmp_path):
    found.save(tmp_path / "new" / "out", {"paths": 3000})
    out = tmp_path / "new" / "out"
    assert sorted(one.name for one in out.iterdir()) == ["east", "manifest.json", "overview.csv", "tidy.csv", "west"]
    table = pd.read_csv(out / "overview.csv", encoding="utf-8-sig")
    assert table["probability"].tolist() == found.frame["probability"].tolist()
    assert list(table.columns) == list(found.frame.columns)
    for result in found.results:
        result.save(tmp_path / "alone", {"paths": 3000})
        below = {one.name: one.read_bytes() for one in (out / result.scenario.id).iterdir()}
        assert below == {one.name: one.read_bytes() for one in (tmp_path / "alone").iterdir()}


def tree(folder):
    return {str(one.relative_to(folder)): one.is_file() and one.read_bytes() for one in folder.rglob("*")}


def no_exchange(*_):
    raise OSError(38, "Function not implemented")


@pytest.mark.parametrize("locked", ["east/result.json", "west/summary.csv", "overview.csv"])
def test_all_files_are_written_or_none(locked, found, tmp_path, monkeypatch):
    cqsim.Overview(found.results[:1], "zh").save(tmp_path)
    (tmp_path / "east" / "result.json").write_text("old")
    (tmp_path / "mine.txt").write_text("mine")
    before = tree(tmp_path)
    replace = Path.replace

    def refuse(self, target):
        if Path(target) == tmp_path / locked:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        patched.setattr("cqsim.disk.successor.exchange", no_exchange)
        with pytest.raises(PermissionError):
            found.save(tmp_path)
    assert tree(tmp_path) == before
    found.save(tmp_path)
    assert tree(tmp_path).keys() > before.keys()


def test_a_file_in_the_place_of_a_folder_stays_and_nothing_is_written(found, tmp_path):
    (tmp_path / "west").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(NotADirectoryError):
        found.save(tmp_path)
    with pytest.raises(OSError, match="west"):
        found.save(tmp_path / "west" / "below" / "it")
    assert tree(tmp_path) == before


def test_nothing_to_run_is_refused():
    with pytest.raises(Fault, match="at least 1"):
        cqsim.overview([])
