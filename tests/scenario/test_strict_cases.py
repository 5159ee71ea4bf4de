"""`check --strict` and the blocks that a case puts in the place of others."""

import pytest

import cqsim
from cqsim.scenario.files.loading import inspect

TEXT = """\
years: {baseline: 2021, end: 2023}
sources: {page: {title: A page}}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 100, evidence: reported, source: page}
    growth: {model: compound, rate: 5%, volatility: 5%, evidence: assumed, note: judgement}
    targets: [{at_least: 110, year: 2023, source: page}]
cases:
  good:
    set:
      indicators.visitors.growth.rate: 9%
      indicators.visitors.baseline: BASELINE
"""


def test_a_block_of_a_case_needs_its_source_too(tmp_path):
    file = tmp_path / "district.yaml"
    file.write_text(TEXT.replace("BASELINE", "{value: 105, evidence: official}"), encoding="utf-8")
    with pytest.raises(cqsim.ScenarioError) as caught:
        inspect(file, strict=True)
    (line,) = str(caught.value).splitlines()
    assert line.removeprefix(f"{file}:").startswith("13:37  cases.good.set.indicators.visitors.baseline:")
    assert "source" in line


def test_a_block_with_its_source_passes(tmp_path):
    file = tmp_path / "district.yaml"
    file.write_text(TEXT.replace("BASELINE", "{value: 105, evidence: official, source: page}"), encoding="utf-8")
    assert inspect(file, strict=True)[1] == []
