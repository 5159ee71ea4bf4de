"""The page on data: its code runs, and it names every file and column that there is."""

import re
from pathlib import Path

import pandas as pd

import cqsim

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")


def test_the_python_of_the_page_runs(tmp_path, monkeypatch):
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    code = PAGE.split("```python\n")[1].split("```")[0]
    exec(compile(code, "data.md", "exec"), {})
    table = pd.read_csv("visitors_iamc.csv")
    assert table["Scenario"].unique().tolist() == ["nanchuan", "optimistic", "cautious"]


def test_the_page_names_every_file_and_every_column(tmp_path):
    comparison = cqsim.compare("scenarios/nanchuan.yaml", paths=200, progress=False)
    comparison.save(tmp_path)
    named = set(re.findall(r"`([^`]+)`", PAGE))
    assert {one.name for one in tmp_path.iterdir()} <= named
    assert set(comparison.tidy.columns) | set(comparison.tidy["statistic"]) <= named
