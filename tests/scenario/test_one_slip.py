"""One slip is one problem: what rests on a bad block is not blamed for it."""

import pytest

import cqsim
from cqsim import ScenarioError

TEXT = """\
years: {baseline: 2020, end: 2023}
sources: {page: {title: A page}}
indicators:
  x:
    unit: 万人次
    baseline: {value: 100, evidence: official, source: page}
    history: {values: {2017: 80, 2018: 90, 2019: 95, 2020: 100}, evidence: official}
    growth: {model: compound, rate: 7%, volatility: 9%, evidence: assumed}
    targets: [{at_least: 130, year: 2023}]
  y:
    unit: 元/人次
    baseline: {formula: 300 万元 / x, evidence: derived}
    growth: {model: logistic, capacity: 400%, rate: 9%, volatility: 5%, evidence: assumed}
  share:
    unit: "%"
    baseline: {value: 40, evidence: official}
    growth: {model: proportion, change: 1pp, volatility: 2pp, evidence: assumed}
  z: {unit: 万元, formula: x * y, targets: [{at_least: 300, year: 2023}]}
  park:
    growth: {model: milestones, projects: {a: {probability: 20%, earliest: 2021}}, evidence: assumed}
  shops:
    growth: {model: count, per_year: 4, evidence: assumed}
events:
  flood: {probability: 5%, size: -20%, effects: {x: {level: 1 size}, shops: {level: 1 size}}, evidence: assumed}
levers:
  a: {when: park, effects: {x: {growth: +1pp}, y: {growth: +1pp}, share: {growth: +1pp}}, evidence: assumed}
correlation: [{between: [x, y], value: 0.5, evidence: assumed}]
cases:
  good: {set: {indicators.x.growth.rate: 9%, levers.a.probability: 50%}}
"""
SLIPS = {
    "rate without its sign": ("rate: 7%", "rate: 7"),
    "rate of another indicator": ("rate: 9%, volatility: 5%", "rate: 9, volatility: 5%"),
    "unknown model": ("model: logistic", "model: logistics"),
    "share of a project": ("probability: 20%", "probability: 120%"),
    "change of a share": ("change: 1pp", "change: about 1"),
    "count": ("per_year: 4", "per_year: many"),
    "baseline": ("value: 100", "value: 1 hundred thousand,"),
    "event": ("probability: 5%", "probability: 105%"),
    "lever": ("when: park, ", "when: prak, "),
    "link": ("value: 0.5", "value: 1.5"),
    "source": ("title: A page", "titel: A page"),
    "case": ("probability: 50%", "probability: 150%"),
    "unit": ("unit: 元/人次", "unit: 3"),
}


def lines(tmp_path, text):
    file = tmp_path / "district.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        cqsim.load(file)
    return [line.removeprefix(f"{file}:") for line in str(caught.value).splitlines()]


def test_the_scenario_without_a_slip_is_sound(tmp_path):
    file = tmp_path / "district.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert len(cqsim.load(file).indicators) == 6


@pytest.mark.parametrize("slip", SLIPS)
def test_one_slip_is_told_at_its_own_line_and_nothing_else_is(slip, tmp_path):
    written, slipped = SLIPS[slip]
    assert TEXT.count(written) == 1
    found = lines(tmp_path, TEXT.replace(written, slipped))
    line = TEXT[: TEXT.index(written)].count("\n") + 1
    assert {one.split(":")[0] for one in found} == {str(line)}


@pytest.mark.parametrize("slip", [slip for slip in SLIPS if slip not in ("baseline", "source")])
def test_a_slip_hides_no_other(slip, tmp_path):
    written, slipped = SLIPS[slip]
    text = TEXT.replace(written, slipped).replace("value: 100, evidence: official", "value: 100, evidence: oficial")
    found = {one.split(":")[0] for one in lines(tmp_path, text)}
    assert "6" in found
    assert len(found) == 2
