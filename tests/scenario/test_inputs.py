"""Which figures of each growth model move, and that what is written for them is what the model reads."""

import pytest

import cqsim
from cqsim.scenario.inputs import growth_inputs, inputs, target_inputs

FAN = {"p10": "1%", "p50": "5%", "p90": "10%"}
NOISE = {"volatility": {"p05": "2%", "p95": "8%"}, "persistence": 0.2}
REGIMES = {"up": {"rate": FAN, "volatility": "2%"}, "down": {"rate": "-2%", "volatility": "4%"}}
MODELS = {
    "compound": ({"rate": FAN, **NOISE}, ["rate", "volatility"]),
    "average": ({"model": "compound", "average": {**FAN, "years": 3}, **NOISE}, ["average", "volatility"]),
    "certain average": (
        {"model": "compound", "average": {"rate": "5%", "years": 3}, "volatility": "3%"},
        ["average", "volatility"],
    ),
    "linear": ({"increment": {"p10": -2, "p50": 3, "p90": 6}, "volatility": 2}, ["increment", "volatility"]),
    "relative": ({"model": "linear", "increment": "3%", "volatility": "2%"}, ["increment", "volatility"]),
    "logistic": (
        {"capacity": {"p10": 200, "p50": 300, "p90": 500}, "rate": FAN, **NOISE},
        ["capacity", "rate", "volatility"],
    ),
    "gompertz": ({"capacity": "3 百个", "rate": "5%", "volatility": "0%"}, ["capacity", "rate", "volatility"]),
    "bass": (
        {"capacity": {"distribution": "uniform", "low": 200, "high": 300}, "innovation": "2%", "imitation": "30%"},
        ["capacity", "innovation", "imitation", "volatility"],
    ),
    "staged": (
        {"stages": [{"start": 2022, "end": 2023, "rate": "8%"}, {"start": 2024, "end": 2025, "rate": FAN}], **NOISE},
        ["stages[0].rate", "stages[1].rate", "volatility"],
    ),
    "regimes": (
        {"regimes": REGIMES, "switching": {"up": {"up": "80%", "down": "20%"}, "down": {"up": "50%", "down": "50%"}}},
        ["regimes.up.rate", "regimes.up.volatility", "regimes.down.rate", "regimes.down.volatility"],
    ),
    "count": ({"per_year": {"low": 14, "mode": 20, "high": 30}}, ["per_year"]),
    "milestones": (
        {"projects": {"park": {"probability": {"p10": "20%", "p50": "50%", "p90": "90%"}, "earliest": 2023}}},
        ["projects.park.probability"],
    ),
    "fixed": ({}, []),
    "named": (
        {
            "model": "compound",
            "rate": {"distribution": "normal", "mean": "5%", "sd": "2%", "low": "-1%"},
            "volatility": "1%",
        },
        ["rate", "volatility"],
    ),
    "shares": (
        {"model": "compound", "rate": {"distribution": "empirical", "values": ["1%", "5%"]}, "volatility": "1%"},
        ["volatility"],
    ),
}


def scenario(growth, name="compound", **target):
    x = {"unit": "个", "growth": {"model": name, "evidence": "assumed", **growth}}
    if x["growth"]["model"] not in ("count", "milestones"):
        x["baseline"] = {"value": 20, "evidence": "assumed"}
    x["targets"] = [{"year": 2025, **(target or {"at_least": 120})}]
    return cqsim.Scenario(years={"baseline": 2021, "end": 2025}, indicators={"x": x})


@pytest.mark.parametrize("name", MODELS)
def test_the_figures_that_are_drawn_once_a_path_move(name):
    growth, keys = MODELS[name]
    assert [movable.key for movable in growth_inputs(scenario(growth, name), "x")] == keys


@pytest.mark.parametrize("name", MODELS)
def test_what_is_written_for_a_slider_is_read_back_as_it_stands_on_it(name):
    base = scenario(MODELS[name][0], name)
    for number, movable in enumerate(growth_inputs(base, "x")):
        assert movable.low <= movable.value <= movable.high
        assert movable.low < movable.high
        for value in (movable.low, movable.value, movable.value + movable.step, movable.high):
            moved = base.replace({movable.path: movable.at(value)})
            again = growth_inputs(moved, "x")[number]
            assert again.value == pytest.approx(value, rel=1e-4, abs=1e-9)
            assert type(again.written) is type(movable.written)
        assert base.replace({movable.path: movable.at(movable.value)}) == base


def test_a_distribution_keeps_its_width_on_its_own_scale():
    rate, volatility = growth_inputs(scenario(MODELS["compound"][0]), "x")
    assert rate.at(10.0) == {"p10": "5.80952%", "p50": "10%", "p90": "15.2381%"}  # growth factors times 1.1 / 1.05
    assert volatility.value == pytest.approx(4.0)  # the geometric mean of 2 and 8
    assert volatility.at(8.0) == {"p05": "4%", "p95": "16%"}
    (chance,) = growth_inputs(scenario(MODELS["milestones"][0], "milestones"), "x")
    assert chance.at(80.0) == {"p10": "50%", "p50": "80%", "p90": "97.2973%"}  # odds times four
    (number,) = growth_inputs(scenario(MODELS["count"][0], "count"), "x")
    assert number.at(30.0) == {"low": 21, "mode": 30, "high": 45}


def test_what_a_history_decides_does_not_move():
    past = {
        "unit": "个",
        "history": {"points": [{"year": 2018 + n, "value": 90 + n} for n in range(4)], "evidence": "assumed"},
    }
    x = {**past, "targets": [{"at_least": 120, "year": 2025}]}
    fitted = cqsim.Scenario(years={"baseline": 2021, "end": 2025}, indicators={"x": x})
    assert growth_inputs(fitted, "x") == []


@pytest.mark.parametrize(
    ("target", "levels"),
    [
        ({"at_least": 120}, {"at_least": 120.0}),
        ({"at_most": "2 百个"}, {"at_most": 2.0}),
        ({"between": [110, 130]}, {"between[0]": 110.0, "between[1]": 130.0}),
        ({"at_least": {"times_baseline": 1.5}}, {"at_least.times_baseline": 1.5}),
        ({"at_least": -20}, {"at_least": -20.0}),
        ({"at_least": 0}, {}),
    ],
)
def test_the_levels_of_a_target_move(target, levels):
    growth = {"increment": 1, "volatility": 2}
    base = scenario(growth, "linear", **target)
    inputs = target_inputs(base, "x", 0)
    assert {movable.key: movable.value for movable in inputs} == levels
    for movable in inputs:
        assert base.replace({movable.path: movable.at(movable.value)}) == base
        moved = base.replace({movable.path: movable.at(movable.value + movable.step)})
        assert movable.value + movable.step in [pytest.approx(one.value) for one in target_inputs(moved, "x", 0)]


def test_targets_on_what_is_counted_move_by_whole_numbers():
    (movable,) = target_inputs(scenario(MODELS["count"][0], "count", at_least=8), "x", 0)
    assert (movable.low, movable.high, movable.step) == (3, 24, 1)


FILES = ["nanchuan", "chongqing_2025", "science_city", "yongchuan", "fengjie", "tongliang"]


def test_targets_baselines_growth_events_and_levers_move():
    paths = [movable.path for movable in inputs(cqsim.load("scenarios/nanchuan.yaml"))]
    assert len(paths) == len(set(paths))
    for kind in ("targets[0]", "baseline", "growth", "events.", "levers."):
        assert any(kind in path for path in paths), kind


@pytest.mark.parametrize("name", FILES)
def test_every_input_of_a_file_can_be_set_to_its_ends_and_back(name):
    base = cqsim.load(f"scenarios/{name}.yaml")
    for movable in inputs(base):
        assert movable.low <= movable.value <= movable.high
        assert base.replace({movable.path: movable.at(movable.value)}) == base
        for end in {movable.low, movable.high} - {movable.value}:
            assert base.replace({movable.path: movable.at(end)}) != base
