"""The result as documents, tables and files."""

import dataclasses
import json
import pickle
from math import isfinite

import numpy as np
import pandas as pd
import pytest

import cqsim
from cqsim.errors import Fault

DATA = {
    "id": "demo",
    "years": {"baseline": 2020, "end": 2024},
    "sources": {"page": {"title": "A page"}},
    "indicators": {
        "visitors": {
            "label": {"zh": "游客", "en": "Visitors"},
            "unit": "万人次",
            "baseline": {"value": 100, "sd": "5%", "evidence": "reported", "source": "page"},
            "growth": {"model": "compound", "rate": "6%", "volatility": "8%", "evidence": "assumed"},
            "targets": [
                {"at_least": 120, "year": 2023},
                {"at_least": 125, "reached_by": 2024, "label": "Soon"},
                {"between": [110, 130], "year": 2023},
                {"at_least": {"times_baseline": 1.2}, "year": 2024},
            ],
        },
        "balance": {
            "baseline": {"value": -5, "evidence": "official"},
            "growth": {"model": "linear", "increment": 2, "volatility": 3, "evidence": "official"},
            "targets": [{"at_most": 0, "year": 2022}],
        },
        "double": {"unit": "万人次", "formula": "visitors * 2"},
    },
}


@pytest.fixture(scope="module")
def scenario():
    return cqsim.Scenario(**DATA)


@pytest.fixture(scope="module")
def result(scenario):
    return cqsim.run(scenario, paths=4000, seed=3, progress=False)


TOP = [
    *("cqsim", "format", "scenario", "scenario_sha256", "seed", "paths", "targets", "joint", "notes"),
    *("language", "indicators", "calendar", "scenario_data"),
]
TARGET = [
    *("indicator", "label", "unit", "sense", "value", "when", "year", "baseline", "required", "probability"),
    *("interval", "median", "quantiles", "first_hit", "evidence", "range", "method", "drivers"),
]
REQUIRED = ["growth_in", "cagr", "increment", "multiple", "for_probability"]


def test_the_document_has_the_keys_that_readers_rely_on(result):
    document = json.loads(result.to_json())
    assert list(document) == TOP
    assert (document["cqsim"], document["format"], document["scenario"]) == (cqsim.__version__, 1, "demo")
    assert (document["seed"], document["paths"]) == (3, 4000)
    for number, target in enumerate(document["targets"]):
        assert list(target) == TARGET
        assert list(target["baseline"]) == ["year", "value"]
        assert list(target["required"]) == [*REQUIRED, *(["best"] if number == 2 else [])]
        assert list(target["required"]["for_probability"]) == ["0.5", "0.8", "0.9"]
        assert list(target["quantiles"]) == ["0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95"]
        assert list(target["first_hit"])[-1] == "never"
    joint = ["all", "interval", "at_least", "expected_hits", "combinations", "for_probability", "range"]
    joint += ["method", "at_least_interval"]
    assert list(document["joint"]) == joint
    assert list(document["joint"]["at_least"]) == ["1", "2", "3", "4", "5"]
    assert all(isinstance(note, str) for note in document["notes"])


def test_a_target_says_what_was_asked_for(result):
    targets = result.to_dict()["targets"]
    assert [one["label"] for one in targets] == ["Visitors", "Soon", "Visitors", "Visitors", "balance"]
    assert [one["sense"] for one in targets] == ["at_least", "at_least", "between", "at_least", "at_most"]
    assert [one["when"] for one in targets] == ["year", "reached_by", "year", "year", "year"]
    assert [one["value"] for one in targets] == [120, 125, [110, 130], pytest.approx(120), 0]
    assert [one["year"] for one in targets] == [2023, 2024, 2023, 2024, 2022]
    assert targets[0]["baseline"] == {"year": 2020, "value": pytest.approx(100)}
    assert [one["evidence"] for one in targets] == ["assumed"] * 4 + ["official"]


def test_first_hits_start_after_the_baseline_and_add_up_to_one(result):
    for target in result.to_dict()["targets"]:
        years = [int(year) for year in target["first_hit"] if year != "never"]
        # A limit in a year is kept or not in that year: what comes later does not matter.
        assert years == list(range(2021, 2023 if target["sense"] == "at_most" else 2025))
        assert sum(target["first_hit"].values()) == pytest.approx(1, abs=1e-12)


def test_every_number_is_finite_and_every_chance_a_share(result):
    def numbers(value):
        if isinstance(value, dict | list):
            for one in value.values() if isinstance(value, dict) else value:
                yield from numbers(one)
        elif isinstance(value, float):
            yield value

    assert all(map(isfinite, numbers(result.to_dict())))
    for target in result.to_dict()["targets"]:
        low, high = target["interval"]
        assert 0 <= low <= target["probability"] <= high <= 1
        assert target["median"] == target["quantiles"]["0.5"]
        assert list(target["quantiles"].values()) == sorted(target["quantiles"].values())


def test_what_cannot_be_reached_by_growth_is_none_and_not_a_number(result):
    balance = result.to_dict()["targets"][-1]["required"]
    assert balance["cagr"] is None
    assert balance["increment"] == 2.5
    assert set(balance["for_probability"].values()) == {None}


@pytest.mark.parametrize("formula", ["log(0 - a / a)", "1 / (a - a)", "log(a - a)", "-1 / (a - a)"])
def test_an_indicator_without_any_value_still_makes_a_document(formula):
    growth = {"model": "compound", "rate": "5%", "volatility": "5%", "evidence": "assumed"}
    targets = [{"at_least": 1, "year": 2022}, {"at_most": 1, "year": 2022}, {"between": [1, 2], "reached_by": 2022}]
    indicators = {
        "a": {"baseline": {"value": 1, "evidence": "official"}, "growth": growth},
        "b": {"formula": formula, "targets": targets},
    }
    result = cqsim.run(
        cqsim.Scenario(years={"baseline": 2020, "end": 2022}, indicators=indicators), paths=50, progress=False
    )
    document = json.loads(result.to_json())
    assert any("no finite value" in note for note in document["notes"])
    # The note says that paths without a finite value hit nothing.
    assert [target["probability"] for target in document["targets"]] == [0.0, 0.0, 0.0]
    assert [target["first_hit"]["never"] for target in document["targets"]] == [1.0, 1.0, 1.0]
    assert len(result.quantiles("b")) == 3


def test_the_table_of_targets_has_one_row_a_target_and_typed_columns(result):
    frame = result.targets
    assert list(frame.columns) == [
        *("indicator", "label", "unit", "sense", "value", "upper_value", "when", "year", "baseline_year", "baseline"),
        *("required_cagr", "required_increment", "required_multiple", "growth_in", "probability", "interval_low"),
        *(
            "interval_high",
            "range_low",
            "range_high",
            "median",
            "growth_for_50",
            "growth_for_80",
            "growth_for_90",
            "never",
            "evidence",
            "official_class",
        ),
    ]
    assert frame["indicator"].tolist() == ["visitors"] * 4 + ["balance"]
    for column in ("value", "baseline", "probability", "interval_low", "interval_high", "median", "never"):
        assert frame[column].dtype == np.float64, column
    for column in ("year", "baseline_year"):
        assert pd.api.types.is_integer_dtype(frame[column])
    for column in ("required_cagr", "growth_for_50", "growth_for_80", "growth_for_90"):
        assert pd.api.types.is_float_dtype(frame[column])
    assert frame["upper_value"].tolist()[2] == 130


def test_combinations_add_up_to_the_chances_of_targets_and_of_their_number(result):
    joint = result.joint_answer
    shares = np.array([share for _, share in joint.combinations])
    flags = np.array([hits for hits, _ in joint.combinations])
    assert (np.diff(shares) <= 0).all()
    assert shares.sum() == pytest.approx(1)
    assert shares @ flags == pytest.approx([answer.probability for answer in result.answers])
    for count, share in joint.at_least.items():
        assert shares[flags.sum(axis=1) >= count].sum() == pytest.approx(share)
    first = result.to_dict()["joint"]["combinations"][0]
    assert first == {"hit": np.flatnonzero(flags[0]).tolist(), "share": shares[0]}


def test_the_joint_table_counts_down_from_one_target_to_all(result):
    frame = result.joint
    assert list(frame.columns) == ["at_least", "probability"]
    assert frame["at_least"].tolist() == [1, 2, 3, 4, 5]
    assert frame["probability"].is_monotonic_decreasing
    assert frame["probability"].iloc[-1] == result.joint_answer.all


def test_the_table_of_quantiles_has_one_row_a_year(result):
    frame = result.quantiles("visitors")
    assert list(frame.columns) == ["year", "mean", "sd", "p5", "p10", "p25", "p50", "p75", "p90", "p95"]
    assert frame["year"].tolist() == [2020, 2021, 2022, 2023, 2024]
    assert pd.api.types.is_integer_dtype(frame["year"])
    assert (frame.dtypes.iloc[1:] == np.float64).all()
    assert (frame[["p5", "p10", "p25", "p50", "p75", "p90", "p95"]].diff(axis=1).iloc[:, 1:] > 0).all(axis=None)


def test_the_table_of_first_hits_has_never_as_a_missing_year(result):
    frame = result.first_hit("visitors")
    assert list(frame.columns) == ["target", "year", "probability"]
    assert frame["target"].unique().tolist() == [0, 1, 2, 3]
    assert frame["year"].dtype == "Int64"
    assert frame["year"].isna().sum() == 4
    assert frame.groupby("target")["probability"].sum().tolist() == pytest.approx([1, 1, 1, 1])


def test_an_unknown_indicator_is_answered_with_the_nearest_one(result):
    for table in (result.quantiles, result.first_hit):
        with pytest.raises(Fault, match="visitors"):
            table("visitor")


def test_the_result_speaks_the_language_that_is_asked_for(scenario):
    chinese = cqsim.run(scenario, paths=100, language="zh", progress=False)
    assert chinese.answers[0].label == "游客"
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in note) for note in chinese.notes)
    assert cqsim.run(scenario, paths=100, progress=False).answers[0].label == "Visitors"


def test_notes_say_what_is_plugged_in_and_what_is_assumed(result):
    interval, _, plugged, assumed = result.notes[:4]
    assert "4,000" in interval
    assert "3" in interval
    for path in ("visitors.growth.rate", "visitors.growth.volatility", "balance.growth.increment"):
        assert path in plugged
    assert "visitors.growth" in assumed
    assert "balance" not in assumed


def test_saved_files_repeat_the_result(result, tmp_path):
    result.save(tmp_path / "out")
    names = {"result.json", "summary.csv", "quantiles.csv", "tidy.csv", "manifest.json"}
    assert {file.name for file in (tmp_path / "out").iterdir()} == names
    assert json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8")) == result.to_dict()
    summary = pd.read_csv(tmp_path / "out" / "summary.csv", encoding="utf-8-sig")
    assert summary["probability"].tolist() == result.targets["probability"].tolist()
    quantiles = pd.read_csv(tmp_path / "out" / "quantiles.csv", encoding="utf-8-sig")
    assert quantiles["indicator"].unique().tolist() == ["visitors", "balance", "double"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario_sha256"] == result.scenario.sha256
    assert (manifest["seed"], manifest["paths"]) == (3, 4000)


def test_a_scenario_can_be_pickled_and_is_equal_and_hashes_alike(scenario):
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert hash(again) == hash(scenario) == hash(cqsim.Scenario(**DATA))
    assert again.sha256 == scenario.sha256
    assert scenario.replace({"years.end": 2025}) != scenario


def test_a_scenario_is_frozen_all_the_way_down(scenario):
    visitors = scenario.indicators["visitors"]
    parts = (scenario, visitors, visitors.baseline, visitors.growth, visitors.targets[0], scenario.run, scenario.years)
    for part in parts:
        with pytest.raises((ValueError, TypeError)):
            setattr(part, next(iter(type(part).model_fields)), None)
    for mapping in (scenario.indicators, scenario.sources):
        with pytest.raises(TypeError):
            mapping["new"] = None
        with pytest.raises(TypeError):
            mapping.clear()
        with pytest.raises(TypeError):
            mapping |= {"new": None}
    assert isinstance(visitors.targets, tuple)
    with pytest.raises(dataclasses.FrozenInstanceError):
        visitors.baseline.value.number = 1.0


def test_a_result_can_be_pickled(result):
    assert pickle.loads(pickle.dumps(result)).to_json() == result.to_json()


def test_a_result_shows_itself_in_a_notebook(result):
    page = result._repr_html_()
    assert "demo" in page
    assert "Visitors" in page


def test_rates_of_stages_and_regimes_that_are_plugged_in_are_named():
    shares = {"up": {"up": "80%", "down": "20%"}, "down": {"up": "50%", "down": "50%"}}
    growths = {
        "a": {"model": "staged", "stages": [{"start": 2021, "end": 2023, "rate": "5%"}], "volatility": "5%"},
        "b": {
            "model": "regimes",
            "regimes": {"up": {"rate": "5%", "volatility": "3%"}, "down": {"rate": "-6%", "volatility": "9%"}},
            "switching": shares,
        },
    }
    indicators = {
        id: {
            "baseline": {"value": 100, "evidence": "official"},
            "growth": {**growth, "evidence": "official"},
            "targets": [{"at_least": 110, "year": 2023}],
        }
        for id, growth in growths.items()
    }
    scenario = cqsim.Scenario(years={"baseline": 2020, "end": 2023}, indicators=indicators)
    plugged = cqsim.run(scenario, paths=100, progress=False).notes[2]
    for path in ("a.growth.rate", "a.growth.volatility", "b.growth.up.rate", "b.growth.down.volatility"):
        assert path in plugged


@pytest.mark.filterwarnings("error")
def test_a_history_near_the_largest_number_still_makes_a_document():
    history = {"values": {"2017": 80, "2018": 1e308, "2019": 101, "2020": 120}, "evidence": "official"}
    growth = {"model": "trend", "evidence": "derived"}
    indicators = {"a": {"history": history, "growth": growth, "targets": [{"at_least": 150, "year": 2022}]}}
    scenario = cqsim.Scenario(years={"baseline": 2020, "end": 2022}, indicators=indicators)
    document = json.loads(cqsim.run(scenario, paths=256, range=False).to_json())
    assert [row["year"] for row in document["indicators"][0]["years"]] == [2020, 2021, 2022]
    assert 0 <= document["targets"][0]["probability"] <= 1
