"""Slips that a file may hold without being wrong: each is told with what was likely meant, and none refuses it."""

import pytest

from cqsim.scenario.cautions import cautions
from cqsim.scenario.files.loading import load

FILE = """\
language: {language}
years: {{baseline: 2021, end: 2026}}
indicators:
  x:
    unit: {unit!r}
    baseline: {{value: {baseline}, evidence: assumed}}
    {history}
    growth: {growth}
    targets: [{target}]
"""
GROWN = "{model: compound, rate: 6%, volatility: 4%, evidence: assumed}"
SHARE = "{model: proportion, change: 1pp, volatility: 1pp, evidence: assumed}"


def told(
    tmp_path,
    language="en",
    unit="万人次",
    baseline="1000",
    growth=GROWN,
    target="{at_least: 1400, year: 2026}",
    history="",
):
    file = tmp_path / "plan.yaml"
    text = FILE.format(language=language, unit=unit, baseline=baseline, growth=growth, target=target, history=history)
    file.write_text(text, encoding="utf-8")
    return [problem.line(None, language) for problem in cautions(load(file))]


def test_a_plain_plan_is_told_nothing(tmp_path):
    assert told(tmp_path) == []
    assert told(tmp_path, unit="%", baseline="56.7", growth=SHARE, target="{at_least: 65, year: 2026}") == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"target": "{at_least: 1400 人次, year: 2026}"},
            "at_least: the baseline 1000 万人次 is 7,143 times 1400 人次; check both figures and "
            "their units (perhaps 1400 万人次 is meant)",
        ),
        (
            {"unit": "%", "baseline": "56.7", "growth": SHARE, "target": "{at_least: 0.65, year: 2026}"},
            "at_least: the baseline 56.7 % is 87 times 0.65; check both figures and their units (perhaps 65% is meant)",
        ),
        (
            {"target": "{at_least: 140000, year: 2026}"},
            "at_least: 140000 is 140 times the baseline 1000 万人次; check both figures and their units",
        ),
        (
            {"target": "{at_least: 12000, year: 2026}"},
            "at_least: from 1000 万人次 it requires 64% a year for 5 years; check the figures and their units",
        ),
        (
            {
                "target": "{at_least: 12000, year: 2026}",
                "history": "history: {values: {2020: 800, 2021: 1000}, evidence: assumed}",
            },
            "at_least: from 1000 万人次 it requires 64% a year for 5 years; check the figures "
            "and their units (the highest of its history is 25% a year)",
        ),
        (
            {"growth": GROWN.replace("6%", "600%")},
            "growth.rate: 600% a year is beyond what indicators change by (perhaps 6% is meant)",
        ),
        (
            {"growth": GROWN.replace("4%", "800%")},
            "growth.volatility: 800% a year is beyond what indicators change by (perhaps 8% is meant)",
        ),
        (
            {"unit": "%", "baseline": "56.7", "growth": SHARE, "target": "{at_least: +8%, year: 2026}"},
            "at_least: +8% is read as the level 8%; is a change by that much meant?",
        ),
        (
            {
                "unit": "%",
                "baseline": "97",
                "growth": SHARE.replace("1pp", "4pp", 1),
                "target": "{at_least: 99, year: 2026}",
            },
            "growth.change: a change of +4 points a year from 97% leaves the scale from 0 to 100 % within a "
            "year: steps are cut off there; is that intended?",
        ),
    ],
)
def test_a_likely_slip_is_told_with_what_may_be_meant(changed, expected, tmp_path):
    assert any(line.endswith(expected) for line in told(tmp_path, **changed))


def test_slips_are_told_in_chinese_too(tmp_path):
    (line,) = told(tmp_path, "zh", target="{at_least: 1400 人次, year: 2026}")
    assert line.endswith("基期 1000 万人次 是 1400 人次 的 7,143 倍；请核对两个数字及其单位（可能应为 1400 万人次）")


def test_check_passes_and_tells_them(tmp_path):
    from click.testing import CliRunner

    from cqsim.cli import main

    told(tmp_path, growth=GROWN.replace("6%", "600%"))
    done = CliRunner().invoke(main, ["check", str(tmp_path / "plan.yaml")])
    assert done.exit_code == 0
    assert "perhaps 6% is meant" in done.stderr
