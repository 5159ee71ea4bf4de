"""`--out` with cases."""

import json

import pandas as pd
from click.testing import CliRunner

from cqsim.cli import main

TEXT = """\
years: {baseline: 2021, end: 2023}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 100, evidence: assumed}
    growth: {model: compound, rate: 5%, volatility: 5%, evidence: assumed}
    targets: [{at_least: 110, year: 2023}]
cases:
  good: {set: {indicators.visitors.growth.rate: 9%}}
"""


def test_all_cases_are_written_beside_the_scenario(tmp_path):
    file = tmp_path / "district.yaml"
    file.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "out"
    found = CliRunner().invoke(main, ["run", str(file), "--case", "all", "--paths", "5000", "--out", str(out)])
    assert found.exit_code == 0
    document = json.loads((out / "result.json").read_text(encoding="utf-8"))
    table = pd.read_csv(out / "cases.csv", encoding="utf-8-sig")
    assert list(document["cases"]) == ["good"]
    assert table.case.unique().tolist() == ["good"]
    differences = [one["difference"] for one in document["cases"]["good"]["differences"]]
    assert table.difference.tolist() == differences
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["flags"] == {"paths": 5000, "case": "all"}
