"""The JSON Schema that editors use: sound, complete, in both languages, and as strict as it can be."""

import copy
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from tests.strategies import scenario_data

from cqsim import Scenario
from cqsim.distributions.base import REGISTRY as DISTRIBUTIONS
from cqsim.growth.base import REGISTRY as MODELS
from cqsim.scenario.data.yaml_text import parse
from cqsim.scenario.files.packaged import schema_text, starter_text
from cqsim.scenario.files.schema import schema

NANCHUAN = (Path(__file__).parents[2] / "scenarios" / "nanchuan.yaml").read_text(encoding="utf-8")
SCHEMA = json.loads(schema_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
NAMED = [
    {"distribution": "pert", "low": "1%", "mode": "2%", "high": "6%"},
    {"distribution": "triangular", "low": "1%", "mode": "2%", "high": "6%"},
    {"distribution": "uniform", "low": "1%", "high": "6%"},
    {"distribution": "normal", "mean": "7%", "sd": "3%", "low": "0%"},
    {"distribution": "student_t", "mean": "7%", "sd": "3%", "df": 4, "low": "0%", "high": "20%"},
    {"distribution": "lognormal", "mean": "7%", "sd": "3%"},
    {"distribution": "beta", "alpha": 2, "beta": 5, "low": "0%", "high": "10%"},
    {"distribution": "empirical", "values": ["3%", "1%", "8%"]},
]
SHORT = [
    "7%",
    "-2.5%",
    {"p10": "2%", "p50": "7%", "p90": "13%"},
    {"p05": "2%", "p95": "13%"},
    {"low": "2%", "mode": "7%", "high": "13%"},
    *NAMED,
]


def base():
    return {
        "format": 1,
        "id": "demo",
        "years": {"baseline": 2021, "end": 2026},
        "indicators": {
            "x": {
                "unit": "万人次",
                "baseline": {"value": 100, "evidence": "official"},
                "growth": {"model": "compound", "rate": "7%", "volatility": "9%", "evidence": "assumed"},
                "targets": [{"at_least": 130, "year": 2026}],
            }
        },
    }


def with_value(path, value):
    data = found = base()
    *above, last = path.split(".")
    for key in above:
        found = found.setdefault(key, {}) if isinstance(found, dict) else found[int(key)]
    found[last] = value
    return data


def faults(data):
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_the_shipped_schema_is_the_one_that_follows_from_the_nouns():
    assert schema() == SCHEMA
    assert schema_text().endswith("\n")


def test_it_is_sound_draft_7_and_all_its_references_lead_somewhere():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    named = set(re.findall(r'"\$ref": "#/definitions/([^"]+)"', json.dumps(SCHEMA)))
    assert named <= set(SCHEMA["definitions"])
    # Everything that is defined is used, or is the whole.
    assert set(SCHEMA["definitions"]) <= named
    assert "x-cqsim" not in schema_text()
    assert "prefixItems" not in schema_text()


def test_every_property_is_described_in_chinese_and_english():
    definitions = {"Scenario": SCHEMA, **SCHEMA["definitions"]}
    for name, definition in definitions.items():
        for field, about in definition.get("properties", {}).items():
            chinese, *_, english = about["description"].split(" / ")
            assert re.search(r"[\u4e00-\u9fff]", chinese), (name, field)
            assert re.search(r"[A-Za-z]{2}", english), (name, field)
            assert not re.search(r"[\u4e00-\u9fff]{4}", english), (name, field)


def test_no_block_takes_unknown_keys_but_those_with_names_of_their_own():
    for name, definition in {"Scenario": SCHEMA, **SCHEMA["definitions"]}.items():
        if "properties" in definition and name != "Average":
            assert definition.get("additionalProperties") is False, name


def test_every_model_and_distribution_has_its_definition():
    for registry, union in ((MODELS, "Growth"), (DISTRIBUTIONS, "Uncertain")):
        offered = {one["$ref"].rpartition("/")[2] for one in SCHEMA["definitions"][union]["anyOf"]}
        assert {registry.find(name).__name__ for name in registry.shipped()} <= offered


@pytest.mark.parametrize("text", [NANCHUAN, starter_text("zh"), starter_text("en")], ids=["nanchuan", "zh", "en"])
def test_the_shipped_scenarios_pass(text):
    assert faults(yaml.safe_load(text)) == []
    assert faults(parse(text).data) == []


@settings(max_examples=60, derandomize=True, deadline=None)
@given(data=scenario_data())
def test_any_sound_scenario_passes_as_it_is_written_and_as_it_is_saved(data):
    assert faults(data) == []
    assert faults(parse(Scenario.model_validate(data).to_yaml()).data) == []


@pytest.mark.parametrize("value", SHORT, ids=str)
def test_every_form_of_an_uncertain_rate_passes_and_loads(value):
    data = with_value("indicators.x.growth.rate", value)
    assert faults(data) == []
    Scenario.model_validate(data)


ACCEPTED = {
    "indicators.x.baseline.value": [100, "100", "3 亿人次", 1e4, "1e4", {"p10": 90, "p50": 100, "p90": 120}],
    "indicators.x.baseline.sd": ["8%", "8 万人次"],
    "indicators.x.label": ["游客", {"zh": "游客", "en": "Visitors"}],
    "indicators.x.growth.persistence": [0.3, {"low": 0.1, "mode": 0.2, "high": 0.5}],
    "indicators.x.targets": [
        [{"at_least": "130 万人次", "year": 2026}],
        [{"at_most": {"times_baseline": 2}, "reached_by": 2026}],
        [{"between": [100, "130 万人次"], "year": 2025, "source": "page", "label": {"zh": "甲", "en": "A"}}],
    ],
    "indicators.x.history": [
        {"values": {"2019": 90, "2020": "95 万人次"}, "evidence": "official"},
        {"file": "past.csv", "evidence": "official"},
        {"points": [{"year": 2019, "value": 90, "published": 2021}], "evidence": "official"},
    ],
    "indicators.x.observations": [
        {"values": {"2024": 110}, "evidence": "official"},
        {"file": "came.csv", "evidence": "official"},
        {"points": [{"year": 2024, "value": 110, "source": "page", "published": 2025}], "evidence": "official"},
    ],
    "events": [
        {"e": {"probability": "5%", "effects": {"x": {"level": "-20%"}}, "recovery": "never", "evidence": "assumed"}},
        {
            "e": {
                "rate": 0.3,
                "size": "-2%",
                "effects": {"x": {"growth": "1 size"}},
                "recovery": 2,
                "evidence": "assumed",
            }
        },
    ],
    "levers": [{"l": {"start": 2023, "cost": "3 亿元", "effects": {"x": {"growth": "+1pp"}}, "evidence": "assumed"}}],
    "cases": [{"good": {"set": {"indicators.x.growth.rate": {"p05": "1%", "p95": "9%"}}}, "best": {"extends": "good"}}],
    "run": [{"accuracy": "0.1pp", "seed": 2022}, {"paths": 1000}, {"correlation": "nearest"}],
    "correlation": [[{"between": ["x", "y"], "value": 0.5, "of": "noise", "evidence": "assumed"}], []],
    "indicators.x.growth": [
        {"model": "compound", "average": {"p10": "2%", "p50": "7%", "p90": "9%", "years": 5}, "volatility": "2%"},
        {"model": "compound", "average": {"rate": "7%", "years": 5}, "volatility": "2%", "last_growth": "3%"},
        {"model": "linear", "increment": "5%"},
        {"model": "logistic", "capacity": "300%", "rate": "7%", "volatility": "2%"},
        {"model": "milestones", "projects": {"a": {"probability": "5%", "earliest": 2023, "number": 4}}},
        {"model": "count", "per_year": {"low": 1, "mode": 3, "high": 9}, "dispersion": 2, "cumulative": True},
    ],
}


@pytest.mark.parametrize(("path", "value"), [(path, one) for path, many in ACCEPTED.items() for one in many], ids=str)
def test_every_way_to_write_a_block_passes(path, value):
    value = copy.deepcopy(value)
    if path.endswith("growth"):
        value["evidence"] = "assumed"
    assert faults(with_value(path, value)) == []


REFUSED = {
    "format": [2, "1"],
    "years": [{"baseline": 2021}, {"baseline": "2021", "end": 2026}, {"baseline": 2021, "end": 2026, "start": 2020}],
    "indicators": [[], {"x": 3}],
    "language": ["fr"],
    "indicators.x.baseline": [{"value": 100}, {"value": 100, "evidence": "certain"}, 100],
    "indicators.x.baseline.value": [True, "about 100", [100], {"p10": 1, "p50": 2}],
    "indicators.x.growth": [{"rate": "7%", "volatility": "2%", "evidence": "assumed"}, {"model": "magic"}],
    "indicators.x.growth.model": ["compund", 3],
    "indicators.x.growth.rate": [{"p10": "1%", "p50": "2%", "p95": "3%"}, {"distribution": "normal", "mean": "7%"}],
    "indicators.x.growth.speed": ["7%"],
    "indicators.x.unit": [3],
    "indicators.x.observations": [{"values": {"2024": 110}}, {"2024": 110}],
    "indicators.x.targets": [{"at_least": 130, "year": 2026}, [{"at_least": 130, "year": "2026"}]],
    "correlation": [[{"between": ["x"], "value": 0.5, "evidence": "assumed"}], [{"between": ["x", "y"], "value": 0.5}]],
    "run": [{"seed": -1}, {"seed": 1.5}, {"speed": 3}, {"correlation": "best"}],
    "events": [{"e": {"probability": "5%", "evidence": "assumed"}}],
    "title": [3],
}


@pytest.mark.parametrize(("path", "value"), [(path, one) for path, many in REFUSED.items() for one in many], ids=str)
def test_what_is_wrong_does_not_pass(path, value):
    assert faults(with_value(path, value))
