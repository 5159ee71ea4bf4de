"""Where every figure comes from, and which targets rest on it."""

from pathlib import Path

import pytest
import yaml

import cqsim
from cqsim.scenario.provenance import figures, unsourced

NANCHUAN = Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml"
TEXT = """\
years: {baseline: 2020, end: 2025}
sources: {book: {title: Yearbook 2020}}
indicators:
  visitors:
    label: {zh: 游客, en: Visitors}
    baseline: {value: 100, sd: 5%, evidence: reported, source: book, note: counted}
    history: {values: {2019: 90, 2020: 100}, evidence: official, source: book}
    growth: {model: compound, rate: {p10: 1%, p50: 3%, p90: 6%}, volatility: 9%, evidence: assumed, note: judged}
    targets: [{at_least: 120, year: 2025, source: book}]
  spend:
    baseline: {formula: 500 / visitors, evidence: derived}
    growth: {model: compound, rate: 1%, volatility: 1%, evidence: assumed, note: judged}
  revenue:
    formula: visitors * spend
    targets: [{at_least: 600, year: 2025, note: announced}]
  park:
    growth:
      model: milestones
      projects: {park: {probability: 50%, earliest: 2022}}
      evidence: assumed
      note: judged
  alone:
    baseline: {value: 1, evidence: official, source: book}
    growth: {model: fixed, evidence: assumed, note: judged}
events:
  flood: {probability: 10%, effects: {visitors: {level: -20%}}, evidence: assumed, note: judged}
levers:
  pull: {when: park, effects: {spend: {growth: +1pp}}, evidence: assumed, note: judged}
correlation: []
"""
USED_BY = {
    "indicators.visitors.baseline": ("Visitors", "revenue"),
    "indicators.visitors.growth": ("Visitors", "revenue"),
    "indicators.visitors.targets[0]": ("Visitors",),
    "indicators.visitors.history": ("Visitors", "revenue"),
    "indicators.spend.baseline": ("revenue",),
    "indicators.spend.growth": ("revenue",),
    "indicators.revenue.targets[0]": ("revenue",),
    "indicators.park.growth": ("revenue",),
    "indicators.alone.baseline": (),
    "indicators.alone.growth": (),
    "events.flood": ("Visitors", "revenue"),
    "levers.pull": ("revenue",),
}


@pytest.fixture
def read(tmp_path):
    def load(text=TEXT):
        file = tmp_path / "district.yaml"
        file.write_text(text, encoding="utf-8")
        return cqsim.load(file)

    return load


def blocks(data, path=""):
    """Every block of a file that states figures: those with evidence, and every target."""
    if isinstance(data, list):
        for number, one in enumerate(data):
            yield from blocks(one, f"{path}[{number}]")
    elif isinstance(data, dict):
        if "evidence" in data or "at_least" in data or "at_most" in data or ("between" in data and "year" in data):
            yield path, data
        for key, one in data.items():
            if path or key in ("indicators", "events", "levers", "correlation"):
                yield from blocks(one, f"{path}.{key}" if path else key)


def test_every_figure_of_the_shipped_scenario_is_listed_with_all_that_is_said_of_it():
    data = yaml.safe_load(NANCHUAN.read_text(encoding="utf-8"))
    found = {figure.path: figure for figure in figures(cqsim.load(NANCHUAN))}
    expected = dict(blocks(data))
    assert len(expected) > 15
    assert set(found) == set(expected)
    for path, block in expected.items():
        figure = found[path]
        assert (figure.evidence, figure.source) == (block.get("evidence"), block.get("source"))
        assert figure.note == block.get("note")
        assert figure.title == (data["sources"][block["source"]]["title"] if "source" in block else None)
        for key in set(block) - {"evidence", "source", "note", "model", "label"}:
            assert f"{key}: " in figure.figures


def test_every_figure_that_a_target_rests_on_names_it():
    found = {figure.path: figure.used_by for figure in figures(cqsim.load(NANCHUAN), "en")}
    assert {"Annual visitors", "Tourism revenue"} <= set(found["indicators.visitors.baseline"])
    assert found["indicators.spend.growth"] == ("Tourism revenue",)
    assert found["indicators.tcm.growth"] == ("Chinese-medicine industry output",)
    assert all(found.values())


def test_dependents_reach_through_formulas_baselines_changes_and_milestones(read):
    assert {figure.path: figure.used_by for figure in figures(read())} == USED_BY


def test_a_link_between_indicators_is_listed_with_the_targets_of_both(read):
    link = "correlation: [{between: [visitors, spend], value: 0.3, evidence: assumed, note: judged}]"
    found = figures(read(TEXT.replace("correlation: []", link)))[-1]
    assert (found.path, found.used_by) == ("correlation[0]", ("Visitors", "revenue"))


def test_figures_stand_as_they_were_written_in_the_order_of_the_file(read):
    found = {figure.path: figure.figures for figure in figures(read())}
    assert found["indicators.visitors.baseline"] == "value: 100, sd: 5%"
    assert found["indicators.visitors.growth"] == "rate: {p10: 1%, p50: 3%, p90: 6%}, volatility: 9%"
    assert found["indicators.visitors.targets[0]"] == "at_least: 120, year: 2025"
    assert found["events.flood"] == "probability: 10%, effects: {visitors: {level: -20%}}"
    assert [path for path in found if path.startswith("indicators.visitors")] == list(found)[:4]


def test_labels_are_in_the_language_that_is_asked_for(read):
    assert figures(read(), "zh")[0].used_by == ("游客", "revenue")


def test_a_scenario_without_gaps_lacks_nothing(read):
    assert unsourced(cqsim.load(NANCHUAN)) == []
    assert unsourced(read()) == []


LACKS = {
    "visitors.baseline": ("reported, source: book, note: counted", "reported", "source"),
    "visitors.history": (
        "2020: 100}, evidence: official, source: book",
        "2020: 100}, evidence: official, note: seen",
        "source",
    ),
    "visitors.growth": (
        "volatility: 9%, evidence: assumed, note: judged",
        "volatility: 9%, evidence: assumed",
        "reason",
    ),
    "visitors.targets[0]": ("{at_least: 120, year: 2025, source: book}", "{at_least: 120, year: 2025}", "source"),
    "spend.baseline": ("{formula: 500 / visitors, evidence: derived}", "{value: 5, evidence: derived}", "source"),
    "events.flood": ("-20%}}, evidence: assumed, note: judged", "-20%}}, evidence: assumed", "reason"),
    "levers.pull": ("+1pp}}, evidence: assumed, note: judged", "+1pp}}, evidence: assumed", "reason"),
}


@pytest.mark.parametrize("path", LACKS)
def test_a_figure_without_source_or_reason_is_named(path, read):
    text, without, said = LACKS[path]
    assert TEXT.count(text) == 1
    (problem,) = unsourced(read(TEXT.replace(text, without)))
    assert f"{path}: " in problem.line(None, "en")
    assert said in problem.fault.text("en")


def test_goals_that_are_no_targets_stand_in_the_notes_with_their_reason(read):
    goal = "not_targets:\n  - {goal: more large firms, reason: no figure was named, source: book}\n"
    for language, said in (("en", "no figure was named"), ("zh", "不给概率")):
        notes = cqsim.run(read(TEXT + goal), paths=100, language=language, progress=False).notes
        (found,) = [note for note in notes if "more large firms" in note]
        assert said in found
        assert "no figure was named" in found
