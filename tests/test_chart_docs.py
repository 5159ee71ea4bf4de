"""Every kind of chart stands in docs/charts.md, and its lines of code run."""

import re
from pathlib import Path

from matplotlib.axes import Axes

from cqsim.report.figures import CHARTS

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/charts.md").read_text(encoding="utf-8")


def test_every_kind_has_a_line_of_code_and_is_explained_where_it_needs_it():
    assert set(re.findall(r"\.plot\.(\w+)\(", TEXT)) == set(CHARTS)


def test_the_lines_of_code_give_axes(monkeypatch):
    monkeypatch.chdir(ROOT)
    code = TEXT.split("```python\n")[1].split("```")[0].replace('.yaml")', '.yaml", paths=500, progress=False)')
    setup = "\n".join(line for line in code.splitlines() if not re.search(r"\.plot\.", line))
    names = {}
    exec(setup, names)
    charts = [line.partition("#")[0] for line in code.splitlines() if ".plot." in line]
    assert len(charts) == len(CHARTS) - 2  # the diagram of a backtest needs a file of series, a look-back another run
    assert all(isinstance(eval(line, names), Axes) for line in charts)
