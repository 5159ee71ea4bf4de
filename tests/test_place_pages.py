"""The percentages in the tables of docs/zh/places are what the scenarios give."""

import re
from pathlib import Path

import pytest
import yaml

import cqsim
from cqsim.scenario.nouns.text import text_in

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs" / "zh" / "places").glob("*.md"))
# A page rounds to whole percent, 0.5 points off at most. The other point is more than six standard errors of 100,000
# paths, which chance exceeds less than twice in a billion percentages; the seeds are fixed as well.
PATHS, TOLERANCE = 100_000, 0.015


def tables(page):
    """Every table of a page: its head and its rows, as cells."""
    for block in re.findall(r"(?:^\|.*\n)+", page.read_text(encoding="utf-8"), re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines())
        yield head, rows


def stated(scenario, page):
    """What each percentage of a page says: a change of the scenario, the indicator, the chance as written."""
    cases = {text_in(case.label, "zh"): name for name, case in scenario.cases.items()}
    for head, rows in tables(page):
        for row in rows:
            cells = dict(zip(head, row, strict=True))
            code = re.search(r"`([^`]+)`", cells["指标"])[1]
            if "改后" in cells:
                change = re.search(r"`([^`]+)`", row[0])[1]
                yield "", code, cells["原来"]
                yield change, code, cells["改后"]
                continue
            yield "", code, cells["概率"]
            yield from ((cases[name], code, cells[name]) for name in head if name in cases)


def changed(scenario, change):
    """The scenario as it stands, one of its cases, or with a value set as on the command line."""
    path, is_set, value = change.partition("=")
    if is_set:
        return scenario.replace({path: yaml.safe_load(value)})
    return scenario.case(change) if change else scenario


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_percentage_of_a_table_is_what_the_scenario_gives(page):
    scenario = cqsim.load(ROOT / "scenarios" / f"{page.stem}.yaml")
    statements = list(stated(scenario, page))
    answered = {}
    for change in dict.fromkeys(change for change, _, _ in statements):
        result = cqsim.run(changed(scenario, change), paths=PATHS, range=False, progress=False)
        answered[change] = {one.indicator: one.probability for one in result.answers}
    wrong = [
        (change, indicator, written, found)
        for change, indicator, written in statements
        if abs((found := answered[change][indicator]) - int(re.fullmatch(r"<?(\d+)%", written)[1]) / 100) > TOLERANCE
    ]
    assert wrong == []
    assert {indicator for change, indicator, _ in statements if not change} == set(answered[""])


def test_every_place_has_a_page_with_two_assumptions_that_were_moved():
    assert [page.stem for page in PAGES] == sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
    for page in PAGES:
        moved = [row for head, rows in tables(page) if "改后" in head for row in rows]
        assert len({re.search(r"`([^`=]+)=", row[0])[1] for row in moved}) >= 2
