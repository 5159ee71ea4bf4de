"""Events and levers: what is off changes nothing, what is certain is what was written, and order never matters."""

import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FEW = settings(derandomize=True, deadline=None, max_examples=10)
REGIMES = {
    "regimes": {"up": {"rate": "7%", "volatility": "3%"}, "down": {"rate": "-6%", "volatility": "9%"}},
    "switching": {"up": {"up": "80%", "down": "20%"}, "down": {"up": "50%", "down": "50%"}},
}
RATE = {"p10": "2%", "p50": "7%", "p90": "13%"}
MODELS = {
    "compound": {"model": "compound", "rate": RATE, "volatility": "9%", "persistence": 0.3},
    "average": {"model": "compound", "average": {**RATE, "years": 4}, "volatility": "9%"},
    "linear": {"model": "linear", "increment": {"low": -2, "mode": 5, "high": 9}, "volatility": 8},
    "logistic": {"model": "logistic", "capacity": "300%", "rate": RATE, "volatility": "9%"},
    "gompertz": {"model": "gompertz", "capacity": "300%", "rate": RATE, "volatility": "9%"},
    "bass": {"model": "bass", "capacity": "300%", "innovation": "3%", "imitation": "38%", "volatility": "9%"},
    "staged": {"model": "staged", "stages": [{"start": 2021, "end": 2023, "rate": RATE}], "volatility": "9%"},
    "bootstrap": {"model": "bootstrap", "block": 2},
    "regimes": {"model": "regimes", **REGIMES},
    "proportion": {"model": "proportion", "change": "2pp", "volatility": "3pp"},
    "count": {"model": "count", "per_year": {"p10": 2, "p50": 4, "p90": 7}, "dispersion": 2.5},
    "fixed": {"model": "fixed"},
}
NO_GROWTH_EFFECT = ("linear", "bass", "count", "fixed")


def data(name, **changes):
    whole = name == "count"
    x = {
        "unit": "%" if name == "proportion" else "",
        "baseline": {"value": 40, "evidence": "official", **({} if whole else {"sd": "5%"})},
        "growth": {**MODELS[name], "evidence": "assumed"},
        "targets": [{"at_least": 50, "year": 2025}, {"at_most": 60, "reached_by": 2024}],
    }
    if name == "bootstrap":
        x["history"] = {"values": {str(2014 + step): 30 + step + step % 3 for step in range(7)}, "evidence": "official"}
    y = {
        "baseline": {"value": 10, "sd": "5%", "evidence": "official"},
        "growth": {"model": "compound", "rate": RATE, "volatility": "9%", "evidence": "assumed"},
        "targets": [{"at_least": 15, "year": 2025}],
    }
    site = {
        "growth": {
            "model": "milestones",
            "projects": {"site": {"probability": "60%", "earliest": 2021, "delay": {"low": 0, "mode": 1, "high": 3}}},
            "evidence": "assumed",
        }
    }
    return {"years": {"baseline": 2020, "end": 2025}, "indicators": {"x": x, "y": y, "site": site}, **changes}


def document(result):
    """The whole document, less what names the file."""
    found = json.loads(result.to_json())
    for key in ("scenario_sha256", "scenario_data", "calendar"):  # what the file says
        found.pop(key)
    return found, {id: result.quantile_rows(id) for id in result.scenario.indicators}


def off(name):
    effect = {"level": "-30%"} if name in NO_GROWTH_EFFECT else {"level": "-30%", "growth": "3pp"}
    block = {"probability": "0%", "effects": {"x": effect}, "evidence": "assumed"}
    sized = {"level": "1 size"} if name in NO_GROWTH_EFFECT else {"growth": "1 size"}
    return {
        "events": {
            "a": {**block, "recovery": 2},
            "b": {**block, "once": True, "size": "-20%", "effects": {"x": sized}},
            "c": {"rate": 0, "effects": {"x": effect}, "evidence": "official"},
        },
        "levers": {"d": {**block, "start": 2022}, "e": {**block, "when": "site", "ramp": 2}},
    }


@pytest.mark.parametrize("name", MODELS)
def test_changes_with_no_chance_leave_every_figure_as_it_is_without_them(name, run):
    expected, found = document(run(data(name))), document(run(data(name, **off(name))))
    assert found == expected


@pytest.mark.parametrize("chance", [{"probability": "0%"}, {"rate": 0}])
def test_an_event_that_cannot_happen_is_no_assumption_that_a_target_rests_on(chance, run):
    event = {**chance, "effects": {"x": {"level": "-30%"}}, "evidence": "assumed"}
    assert document(run(data("compound", events={"a": event}))) == document(run(data("compound")))


@pytest.mark.parametrize("name", ["compound", "logistic", "gompertz", "staged", "regimes", "proportion"])
def test_a_certain_lever_on_growth_is_the_same_as_writing_its_points_into_the_growth(name, run):
    lever = {"effects": {"x": {"growth": "+1.5pp"}}, "evidence": "assumed"}
    plain = data(name)
    growth = plain["indicators"]["x"]["growth"]
    certain = {"rate": "7%", "stages": [{"start": 2021, "end": 2023, "rate": "7%"}], "change": "2pp", **REGIMES}
    growth |= {key: value for key, value in certain.items() if key in growth}
    raised = json.loads(json.dumps(plain).replace('"7%"', '"8.5%"').replace('"-6%"', '"-4.5%"'))
    raised["indicators"]["y"] = plain["indicators"]["y"]
    if name == "proportion":
        raised["indicators"]["x"]["growth"]["change"] = "3.5pp"
    found, expected = run({**plain, "levers": {"a": lever}}), run(raised)
    for one, other in zip(found.answers, expected.answers, strict=True):
        assert one.probability == other.probability
        assert one.first_hit == other.first_hit
    for one, other in zip(found.quantile_rows("x"), expected.quantile_rows("x"), strict=True):
        assert one == pytest.approx(other, rel=1e-12)


def test_a_certain_lever_on_growth_shifts_uncertain_rates_of_every_path(run):
    shifted = {"distribution": "uniform", "low": "3%", "high": "9%"}
    raised = {"distribution": "uniform", "low": "4.5%", "high": "10.5%"}
    lever = {"effects": {"x": {"growth": "+1.5pp"}}, "evidence": "assumed"}
    found, expected = data("compound", levers={"a": lever}), data("compound")
    found["indicators"]["x"]["growth"]["rate"] = shifted
    expected["indicators"]["x"]["growth"]["rate"] = raised
    for one, other in zip(run(found).quantile_rows("x"), run(expected).quantile_rows("x"), strict=True):
        assert one == pytest.approx(other, rel=1e-12)


def changing(name):
    """Many events and levers on both indicators."""
    kind = "level" if name in NO_GROWTH_EFFECT else "growth"
    size = {"p10": "-45%", "p50": "-25%", "p90": "-8%"}
    points = "-10%" if kind == "level" else "-1pp"
    return {
        "events": {
            "flood": {
                "probability": "15%",
                "size": size,
                "recovery": 2,
                "effects": {"x": {"level": "1 size"}, "y": {"level": "0.5 size", "growth": "0.1 size"}},
                "evidence": "assumed",
            },
            "boom": {"rate": 0.3, "size": "12%", "effects": {"x": {"level": "1 size"}}, "evidence": "assumed"},
            "law": {"probability": "40%", "once": True, "effects": {"x": {kind: points}}, "evidence": "assumed"},
        },
        "levers": {
            "fair": {"probability": "70%", "effects": {"x": {"level": "+5%"}}, "evidence": "assumed"},
            "road": {"when": "site", "effects": {"y": {"growth": "+2pp"}}, "ramp": 3, "evidence": "assumed"},
            "club": {"start": 2022, "delay": {"low": 0, "mode": 1, "high": 3}, "evidence": "assumed"}
            | {"effects": {"x": {"level": "+7%"}, "y": {"level": "+3%", "growth": "1pp"}}},
        },
    }


def shuffled(mapping, order):
    return dict(order.sample(list(mapping.items()), len(mapping)))


@FEW
@given(seed=st.integers(0, 10**6), name=st.sampled_from(sorted(MODELS)))
def test_the_order_of_events_levers_and_effects_changes_nothing(run, seed, name):
    order, changes = random.Random(seed), changing(name)
    expected = run(data(name, **changes), paths=2000)
    for blocks in changes.values():
        for block in blocks.values():
            effects = {id: shuffled(effect, order) for id, effect in block["effects"].items()}
            block["effects"] = shuffled(effects, order)
    mixed = {kind: shuffled(blocks, order) for kind, blocks in changes.items()}
    found = run(data(name, **mixed), paths=2000)
    assert [one.to_dict() for one in found.answers] == [one.to_dict() for one in expected.answers]
    assert document(found)[1] == document(expected)[1]


@pytest.mark.parametrize("kind", ["events", "levers"])
def test_another_change_leaves_what_it_does_not_touch_as_it_was(kind, run):
    changes = changing("compound")
    expected = run(data("compound", **changes))
    changes[kind] = {"aa": {"probability": "50%", "effects": {"x": {"level": "-40%"}}, "evidence": "assumed"}} | (
        changes[kind]
    )
    found = run(data("compound", **changes))
    for id in ("y", "site"):
        assert found.quantile_rows(id) == expected.quantile_rows(id)
    assert found.quantile_rows("x") != expected.quantile_rows("x")


@pytest.mark.parametrize("place", ["levers.fair", "levers.club", "events.boom", "events.law"])
def test_what_is_switched_off_equals_what_is_not_there_and_leaves_the_draws_of_the_rest(place, run):
    changes, (kind, id) = changing("compound"), place.split(".")
    without = {one: {key: block for key, block in blocks.items() if key != id} for one, blocks in changes.items()}
    changes[kind][id] |= {"rate": 0} if "rate" in changes[kind][id] else {"probability": "0%"}
    found, expected = run(data("compound", **changes)), run(data("compound", **without))
    assert document(found)[1] == document(expected)[1]
    assert [one.probability for one in found.answers] == [one.probability for one in expected.answers]


@pytest.mark.parametrize("chance", ["10%", "50%", "90%"])
def test_a_likelier_lever_is_pulled_on_more_of_the_same_paths(chance, run):
    # On common draws a higher chance never takes a lever away: hits of a lever that only helps cannot fall.
    found = []
    for probability in ("0%", chance, "100%"):
        lever = {"probability": probability, "effects": {"x": {"growth": "+3pp"}}, "evidence": "assumed"}
        result = run(data("compound", levers={"a": lever}))
        found.append([answer.probability for answer in result.answers])
    assert (np.diff(np.array(found), axis=0)[:, 0] > 0).all()


def test_more_years_change_no_draw_of_the_earlier_ones(run):
    changes = changing("compound")
    changes["events"].pop("law")  # a single event is spread over all years
    shorter = data("compound", **changes)
    longer = {**shorter, "years": {"baseline": 2020, "end": 2030}}
    found, expected = run(longer), run(shorter)
    for id in shorter["indicators"]:
        assert found.quantile_rows(id)[:6] == expected.quantile_rows(id)


def test_an_indicator_that_starts_earlier_changes_no_draw_of_an_event(run):
    found = data("compound", **changing("compound"))
    expected = run(found)
    found["indicators"]["old"] = {
        "baseline": {"value": 5, "year": 2014, "evidence": "official"},
        "growth": {"model": "compound", "rate": "3%", "volatility": "9%", "evidence": "assumed"},
    }
    again = run(found)
    for id in ("x", "y", "site"):
        assert again.quantile_rows(id) == expected.quantile_rows(id)
