"""What is bent: every scenario, every YAML block of the pages, and small tables of every kind."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)

HISTORY = """\
format: 1
years: {baseline: 2023, end: 2027}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 120, evidence: official}
    history: {file: visitors.csv, evidence: official}
    observations: {file: came.csv, evidence: official}
    growth: {model: trend, evidence: derived}
    targets: [{at_least: 150, year: 2026}, {at_most: 300, reached_by: 2027}]
"""
VISITORS = "year,value\n2018,80\n2019,86\n2020,70\n2021,88\n2022,101\n2023,120\n"
CAME = "year,value,published\n2024,125,2025\n2025,131,2026\n"
SERIES = "series,period,value\n" + "".join(
    f"{name},{2010 + step},{start * factor**step:.2f}\n"
    for name, start, factor in (("a", 100, 1.05), ("b", 40, 0.98), ("c", 7, 1.2))
    for step in range(12)
)
TARGETS = "series,period,target,sense\na,2021,180,at_least\nb,2021,30,at_most\n"
YARDSTICKS = "series,period,value,direction,target,target_year\n" + "".join(
    f"{name},{2010 + step},{start * factor**step:.2f},{direction if step == 0 else ''},,\n"
    for name, start, factor, direction in (("a", 100, 1.05, "increase"), ("b", 40, 0.98, "decrease"))
    for step in range(10)
)


@cache
def scenario_texts() -> tuple[str, ...]:
    """Every scenario of the project as text, and those in pages that begin as one."""
    files = [*ROOT.glob("scenarios/*.yaml"), *ROOT.glob("tests/bad_scenarios/*.yaml"), *ROOT.glob("docs/**/*.yaml")]
    files += ROOT.glob("src/cqsim/scenario/files/starter.*.yaml")
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in sorted(files)]
    pages = [page.read_text(encoding="utf-8") for page in sorted(ROOT.glob("docs/[ez]*/**/*.md"))]
    return (*texts, HISTORY, *(block for page in pages for block in _BLOCK.findall(page)))


@cache
def _weights() -> tuple[float, ...]:
    """Small files are bent more often: as much can be wrong in them, and they are read sooner."""
    return tuple(1 / (200 + len(text)) for text in scenario_texts())


def some_text(random: Random) -> str:
    return random.choices(scenario_texts(), _weights())[0]


@cache
def _trees() -> tuple[Any, ...]:
    """The scenarios that run, as data."""
    return tuple(data for text in scenario_texts() if isinstance(data := _read(text), dict) and "indicators" in data)


@cache
def _tree_weights() -> tuple[float, ...]:
    return tuple(1 / (200 + len(str(tree))) for tree in _trees())


def some_tree(random: Random) -> dict[str, Any]:
    return yaml.safe_load(yaml.safe_dump(random.choices(_trees(), _tree_weights())[0], allow_unicode=True))


def _read(text: str) -> Any:
    if len(text) > 40_000 or "<<:" in text or "&" in text:
        return None
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
