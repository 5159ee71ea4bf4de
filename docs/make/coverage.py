"""Write docs/zh/coverage.md, what is said of every goal of the article: `python docs/make/coverage.py`.

The goals stand in scenarios/goals.csv, one a row. Its column `scenario` names a scenario file, `answer` a target of it:
`visitors`, or `visitors[1]` for the second of the indicator. Without an answer the scenario's `not_targets` must give
the reason, for a goal in the same words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cqsim import NotTarget, Result, Scenario, Target, load, run
from cqsim.answers.target.answer import TargetAnswer
from cqsim.errors import Fault, nearest
from cqsim.messages import say
from cqsim.report.numbers import growth, level, whole_percent
from cqsim.report.wording import wanted
from cqsim.scenario.files.loading import files_at
from cqsim.tables import read_rows

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "zh" / "coverage.md"
PATHS = 200_000
_COLUMNS = ("place", "goal", "figure", "by", "kind", "scenario", "answer")
_ANSWER = re.compile(r"(?P<indicator>[^\[\]]+)(?:\[(?P<number>\d+)\])?")
_HEAD = "| 目标 | 数字 | 期限 | 类型 | 情景文件 | 指标 | 所需增长 | 达标概率 | 依据，或不给概率的理由 |"
_ABOUT = """\
# 目标清单

重庆日报 2022 年两会报道提出的每个目标，以及 cqsim 怎样回答：\
共 {goals} 个，其中 {answered} 个给出概率，{reasons} 个说明为什么不给。

概率只在各情景文件所写的假设下成立，依据一栏是其中最弱的一项；\
每个数字的来源和理由见情景文件，或用 `cqsim sources 文件` 列出。\
本页由 `python docs/make/coverage.py` 写成，每个情景 {paths:,} 条路径，抽样误差不超过 {error} 个百分点；\
请勿手工修改。
"""
_ABOUT_OTHERS = """\
## 其他规划的目标

以下目标不在该报道中：出自其他公开的规划和计划，或是情景文件自设的参照线（名称中已注明不是公布的目标）。
"""


class GoalsError(Exception):
    """What is wrong with the goals, a line a row."""


@dataclass(frozen=True)
class Goal:
    """One row of goals.csv."""

    row: int
    place: str = ""
    goal: str = ""
    figure: str = ""
    by: str = ""
    kind: str = ""
    scenario: str = ""
    answer: str = ""

    @property
    def file(self) -> str:
        """The name of the scenario file, less its ending."""
        return Path(self.scenario).stem

    @property
    def target(self) -> tuple[str, int]:
        """The indicator and the number of its target that the answer names."""
        found = _ANSWER.fullmatch(self.answer)
        return (found["indicator"], int(found["number"] or 0)) if found else (self.answer, 0)


def page(folder: Path) -> str:
    """The page for the scenario files and goals.csv of a folder.

    Raises
    ------
    GoalsError
        Naming every row that fits no scenario.
    """
    scenarios = {Path(file).stem: load(file) for file in files_at(folder)}
    goals = read_goals(folder / "goals.csv", scenarios)
    results = {name: run(one, paths=PATHS, language="zh", progress=False) for name, one in scenarios.items()}
    answers = {name: _by_target(result) for name, result in results.items()}
    answered = sum(bool(goal.answer) for goal in goals)
    values = {"goals": len(goals), "answered": answered, "reasons": len(goals) - answered}
    parts = [_ABOUT.format(**values, paths=PATHS, error=_error())]
    for place in dict.fromkeys(goal.place for goal in goals):
        parts.append(f"## {place}\n")
        parts.append(_table(_HEAD, [_row(goal, scenarios, answers) for goal in goals if goal.place == place]))
    return "\n".join([*parts, *_others(goals, results, answers)])


def read_goals(path: Path, scenarios: Mapping[str, Scenario]) -> list[Goal]:
    """The goals of a file; see `page`."""
    try:
        goals = [Goal(row.number, **row.cells) for row in read_rows(path, _COLUMNS, _COLUMNS)]
    except Fault as fault:
        raise GoalsError(str(fault)) from None
    found = [f"{path.name}, row {goal.row}: {text}" for goal in goals for text in _misfits(goal, goals, scenarios)]
    if found:
        raise GoalsError("\n".join(found))
    return goals


def _misfits(goal: Goal, goals: list[Goal], scenarios: Mapping[str, Scenario]) -> Iterator[str]:
    empty = [name for name in ("place", "goal", "scenario") if not getattr(goal, name)]
    if empty:
        yield f"empty: {', '.join(empty)}"
        return
    first = next(one.row for one in goals if (one.place, one.goal) == (goal.place, goal.goal))
    if first != goal.row:
        yield f"the goal stands in row {first} already"
    scenario = scenarios.get(goal.file)
    if scenario is None:
        yield _missing("scenario", goal.scenario, scenarios)
    elif goal.answer:
        yield from _misfit_target(goal, scenario)
    elif goal.goal not in (written := [one.goal for one in scenario.not_targets]):
        yield _missing("goal in its not_targets", goal.goal, written)


def _misfit_target(goal: Goal, scenario: Scenario) -> Iterator[str]:
    id, number = goal.target
    indicator = scenario.indicators.get(id)
    if indicator is None:
        yield _missing("indicator", id, scenario.indicators)
    elif number >= len(indicator.targets):
        yield f"{id} has {len(indicator.targets)} targets; there is no {goal.answer} (the first is {id}[0])"


def _missing(kind: str, name: str, allowed: Mapping[str, object] | list[str]) -> str:
    near = nearest(name, allowed)
    return f"there is no {kind} '{name}'" + (f" (did you mean '{near}'?)" if near else "")


Answers = Mapping[str, Mapping[tuple[str, int], TargetAnswer]]


def _by_target(result: Result) -> dict[tuple[str, int], TargetAnswer]:
    found: dict[tuple[str, int], TargetAnswer] = {}
    for answer in result.answers:
        number = sum(indicator == answer.indicator for indicator, _ in found)
        found[answer.indicator, number] = answer
    return found


def _row(goal: Goal, scenarios: Mapping[str, Scenario], answers: Answers) -> list[str]:
    said = [goal.goal, goal.figure, goal.by, goal.kind, _link(goal.file)]
    if goal.answer:
        return [*said, *_answer_cells(answers[goal.file][goal.target])]
    reason = next(one.reason for one in scenarios[goal.file].not_targets if one.goal == goal.goal)
    return [*said, "", "", "不给", reason]


def _answer_cells(answer: TargetAnswer) -> list[str]:
    """Indicator, required growth, probability and evidence."""
    required = answer.required
    pace = f"{level(required.increment, answer.unit)}/年" if required.cagr is None else growth(required.cagr, "zh")
    asked = f"{answer.label} {wanted(answer, 'zh')}"
    return [asked, pace, whole_percent(answer.probability), say(f"evidence.{answer.evidence}", "zh")]


def _others(goals: list[Goal], results: Mapping[str, Result], answers: Answers) -> list[str]:
    """Targets, and goals without a chance, that no row names."""
    named = {(goal.file, *goal.target) for goal in goals if goal.answer}
    told = {(goal.file, goal.goal) for goal in goals}
    targets = [
        [result.title, _link(name), *_answer_cells(answer), _source(result.scenario, answer.target)]
        for name, result in results.items()
        for key, answer in answers[name].items()
        if (name, *key) not in named
    ]
    reasons = [
        [result.title, _link(name), one.goal, one.reason, _source(result.scenario, one)]
        for name, result in results.items()
        for one in result.scenario.not_targets
        if (name, one.goal) not in told
    ]
    parts = [_ABOUT_OTHERS] if targets or reasons else []
    if targets:
        parts.append(_table("| 情景 | 情景文件 | 指标 | 所需增长 | 达标概率 | 依据 | 出处 |", targets))
    if reasons:
        parts.append(_table("| 情景 | 情景文件 | 目标 | 不给概率的理由 | 出处 |", reasons))
    return parts


def _source(scenario: Scenario, said: Target | NotTarget) -> str:
    return scenario.sources[said.source].title if said.source else ""


def _table(head: str, rows: list[list[str]]) -> str:
    rule = "| --- " * (head.count("|") - 1) + "|"
    lines = [head, rule, *("| " + " | ".join(map(_cell, row)) + " |" for row in rows)]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split()) or "—"


def _link(name: str) -> str:
    return f"[{name}](../../scenarios/{name}.yaml)"


def _error() -> str:
    """Half width of the widest 95 % interval, in percentage points."""
    return f"{100 * 1.96 * (0.25 / PATHS) ** 0.5:.1f}"


def main() -> None:
    """Write the page, or tell what is wrong with the goals."""
    try:
        text = page(ROOT / "scenarios")
    except GoalsError as error:
        sys.exit(str(error))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
