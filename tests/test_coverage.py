"""The page of goals: in step with the scenario files, complete, and clear about a row that fits none."""

import importlib.util
import re
from pathlib import Path

import pytest

import cqsim
from cqsim.scenario.files.loading import files_at

ROOT = Path(__file__).parent.parent
SCENARIOS = ROOT / "scenarios"
TEXT = """\
title: 某区
sources: {book: {title: 规划}}
years: {baseline: 2021, end: 2026}
indicators:
  visitors:
    label: 游客
    unit: 万人次
    baseline: {value: 100, evidence: reported}
    growth: {model: compound, rate: 5%, volatility: 8%, evidence: derived}
    targets: [{at_least: 120, year: 2024, source: book}, {at_least: 130, year: 2026}, {at_least: 900, year: 2026}]
  parks:
    label: 公园
    unit: 个
    growth: {model: milestones, projects: {one: {probability: 100%, earliest: 2023, number: 2}}, evidence: official}
    targets: [{at_least: 2, reached_by: 2025}]
not_targets:
  - {goal: 更多企业, reason: 没有数字}
  - {goal: 更好的路, reason: 没有年份}
"""
HEAD = "place,goal,figure,by,kind,scenario,answer\n"
ROWS = """\
甲区,游客,130 万人次,2026 年,水平,plan,visitors[1]
甲区,更多企业,,,定性,plan,
乙区,公园,2 个,2025 年,计数,plan.yaml,parks
"""


@pytest.fixture(scope="module")
def coverage():
    spec = importlib.util.spec_from_file_location("make_coverage", ROOT / "docs" / "make" / "coverage.py")
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(importlib.sys.modules, spec.name, module)  # dataclasses look their module up
        spec.loader.exec_module(module)
    return module


@pytest.fixture
def write(tmp_path):
    def go(rows):
        (tmp_path / "plan.yaml").write_text(TEXT, encoding="utf-8")
        (tmp_path / "goals.csv").write_text(HEAD + rows, encoding="utf-8")
        return tmp_path

    return go


def cells(page, start):
    """The cells of the one row of a page that begins so."""
    (line,) = [line for line in page.splitlines() if line.startswith(f"| {start} |")]
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_the_page_and_the_files_are_in_step(coverage):
    assert coverage.page(SCENARIOS) == coverage.PAGE.read_text(encoding="utf-8")


def test_every_goal_target_and_reason_stands_on_the_page(coverage):
    text = coverage.PAGE.read_text(encoding="utf-8")
    scenarios = {Path(file).stem: cqsim.load(file) for file in files_at(SCENARIOS)}
    goals = coverage.read_goals(SCENARIOS / "goals.csv", scenarios)
    rows = [line for line in text.splitlines() if line.startswith("| ") and "](../../scenarios/" in line]
    targets = {
        (name, id, n)
        for name, one in scenarios.items()
        for id in one.indicators
        for n in range(len(one.indicators[id].targets))
    }
    reasons = {(name, one.goal) for name, scenario in scenarios.items() for one in scenario.not_targets}
    named = {(goal.file, *goal.target) for goal in goals if goal.answer}
    told = {(goal.file, goal.goal) for goal in goals if not goal.answer}
    assert named <= targets
    assert told <= reasons
    assert len(rows) == len(goals) + len(targets - named) + len(reasons - told)
    for goal in goals:
        assert any(line.startswith(f"| {coverage._cell(goal.goal)} |") for line in rows)
    for _, goal in reasons:
        assert any(f"| {coverage._cell(goal)} |" in line for line in rows)
    assert re.search(rf"共 {len(goals)} 个，其中 {sum(bool(goal.answer) for goal in goals)} 个给出概率", text)


def test_a_goal_is_shown_with_its_target_or_its_reason(coverage, write):
    folder = write(ROWS)
    page = coverage.page(folder)
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["甲区", "乙区", "其他规划的目标"]
    result = cqsim.run(folder / "plan.yaml", paths=200_000, range=False, progress=False)
    chance = f"{result.answers[1].probability:.0%}"
    link = "[plan](../../scenarios/plan.yaml)"
    wanted = "游客 ≥ 130 万人次 2026 年"
    assert cells(page, "游客") == ["游客", "130 万人次", "2026 年", "水平", link, wanted, "5.4%/年", chance, "推算"]
    assert cells(page, "更多企业") == ["更多企业", "—", "—", "定性", link, "—", "—", "不给", "没有数字"]
    assert cells(page, "公园")[5:] == ["公园 ≥ 2 个 到 2025 年", "0.5 个/年", "100%", "官方"]
    assert "共 3 个，其中 2 个给出概率，1 个说明为什么不给" in page


def test_what_no_goal_names_stands_among_the_other_plans(coverage, write):
    others = coverage.page(write(ROWS)).partition("## 其他规划的目标")[2]
    rows = [line.split(" | ") for line in others.splitlines() if line.startswith("| 某区 ")]
    assert [row[2] for row in rows] == ["游客 ≥ 120 万人次 2024 年", "游客 ≥ 900 万人次 2026 年", "更好的路"]
    assert rows[1][4] in ("0%", "<1%")
    assert [row[-1].removesuffix(" |") for row in rows] == ["规划", "—", "—"]
    complete = "丙,a,,,水平,plan,visitors\n丙,b,,,水平,plan,visitors[2]\n丙,更好的路,,,定性,plan,\n"
    assert "其他规划" not in coverage.page(write(ROWS + complete))


BROKEN = {
    "甲区,x0,,,水平,plam,visitors": "there is no scenario 'plam' (did you mean 'plan'?)",
    "甲区,x1,,,水平,plan,visitor": "there is no indicator 'visitor' (did you mean 'visitors'?)",
    "甲区,x2,,,水平,plan,visitors[3]": "visitors has 3 targets; there is no visitors[3] (the first is visitors[0])",
    "甲区,x3,,,水平,plan,visitors[a]": "there is no indicator 'visitors[a]' (did you mean 'visitors'?)",
    "甲区,更多企,,,定性,plan,": "there is no goal in its not_targets '更多企' (did you mean '更多企业'?)",
    ",x,,,,,visitors": "empty: place, scenario",
    "甲区,游客,,,水平,plan,visitors": "the goal stands in row 2 already",
}


@pytest.mark.parametrize(("row", "said"), BROKEN.items())
def test_a_broken_row_is_named_by_its_number(row, said, coverage, write):
    with pytest.raises(coverage.GoalsError) as caught:
        coverage.page(write(f"{ROWS}{row}\n"))
    assert str(caught.value) == f"goals.csv, row 5: {said}"


def test_all_broken_rows_are_told_in_one_go(coverage, write):
    with pytest.raises(coverage.GoalsError) as caught:
        coverage.page(write(ROWS + "\n".join(list(BROKEN)[:5])))
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        f"goals.csv, row {number}" for number in range(5, 10)
    ]


def test_a_file_with_other_columns_is_refused(coverage, write):
    folder = write("")
    (folder / "goals.csv").write_text("place,goal\n", encoding="utf-8")
    with pytest.raises(coverage.GoalsError, match=r"goals\.csv: the column 'figure' is missing"):
        coverage.page(folder)
    (folder / "goals.csv").unlink()
    with pytest.raises(coverage.GoalsError, match=r"goals\.csv cannot be read"):
        coverage.page(folder)


@pytest.mark.parametrize(
    ("chance", "shown"),
    [
        (0, "0%"),
        (1e-6, "<1%"),
        (0.0049, "<1%"),
        (0.005, "<1%"),
        (0.0051, "1%"),
        (0.995, ">99%"),
        (0.294, "29%"),
        (0.996, ">99%"),
        (1, "100%"),
    ],
)
def test_a_chance_is_never_rounded_to_certainty(chance, shown, coverage):
    assert coverage.whole_percent(chance) == shown
