"""The page that looks back on Chongqing is what the code gives, and its reading fits what was decided."""

import importlib.util
import re
from pathlib import Path

import pytest

import cqsim

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_lookback", ROOT / "docs" / "make" / "lookback.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(maker):
    return maker.looked_back()


def test_the_page_and_the_code_are_in_step(maker, found):
    assert maker.page(found) == maker.PAGE.read_text(encoding="utf-8")


def test_every_target_stands_in_one_of_its_tables(maker, found):
    text = maker.PAGE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!---|目标 )(.*?) \|", text, re.MULTILINE)
    assert len(rows) == len(found.outcomes)
    assert sum("达标 |" in line for line in text.splitlines()) == len(found.scored)


def test_the_realised_values_are_those_of_the_scenario_file(found):
    scenario = cqsim.load(ROOT / "scenarios/chongqing_2025.yaml")
    for one in found.scored:
        indicator = scenario.indicators[one.answer.indicator]
        assert indicator.observations.levels(indicator.unit)[one.realised.year] == one.realised.value


def test_a_reading_that_no_longer_fits_is_refused(maker):
    scenario = cqsim.load(ROOT / "scenarios/chongqing_2025.yaml")
    more = {"indicators.industrial_va.observations": {"values": {"2025": 9500}, "evidence": "assumed", "note": "x"}}
    with pytest.raises(maker.ReadingError, match="other targets are decided now"):
        maker.page(cqsim.lookback(scenario.replace(more), 2021, paths=1000, progress=False))
    higher = {"indicators.cars.observations": {"values": {"2025": 2000}, "evidence": "assumed", "note": "x"}}
    with pytest.raises(maker.ReadingError, match="lies elsewhere"):
        maker.page(cqsim.lookback(scenario.replace(higher), 2021, paths=1000, progress=False))
    likely = {"indicators.cars.growth.rate": "10.5%"}
    with pytest.raises(maker.ReadingError, match="chances are others"):
        maker.page(cqsim.lookback(scenario.replace(likely), 2021, paths=1000, progress=False))
