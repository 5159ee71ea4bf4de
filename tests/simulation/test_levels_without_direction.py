"""What harms stays harm below zero, and what is beyond any number is no miss."""

import warnings

import numpy as np
import pytest

import cqsim
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.building import plan


def linear(baseline, increment, effect):
    growth = {"model": "linear", "increment": increment, "volatility": 2, "evidence": "assumed"}
    indicators = {
        "x": {
            "unit": "万人",
            "baseline": {"value": baseline, "evidence": "assumed"},
            "growth": growth,
            "targets": [{"at_least": 0, "year": 2026}],
        }
    }
    event = {"probability": "50%", "effects": {"x": {"level": effect}}, "evidence": "assumed"}
    return cqsim.Scenario(years={"baseline": 2021, "end": 2026}, indicators=indicators, events={"flood": event})


@pytest.mark.parametrize(("effect", "sign"), [("-20%", -1), ("+20%", 1)])
def test_an_effect_moves_every_path_the_same_way(effect, sign):
    """Levels start above zero and pass it: with the event no path is better off for harm, nor worse off for help."""
    with_it = Workspace(plan(linear(3, -2, effect)), 4000).draw(RandomSampler(1), 0).copy()
    without = Workspace(plan(linear(3, -2, effect).replace({"events.flood.probability": "0%"})), 4000)
    moved = with_it - without.draw(RandomSampler(1), 0)
    assert (sign * moved >= -1e-12).all()
    assert (sign * moved > 1e-3).any()
    assert (with_it < 0).any()
    assert (with_it > 0).any()


def test_a_path_beyond_any_number_is_counted_apart_and_warns_of_nothing():
    growth = {"model": "compound", "rate": "7%", "volatility": "8e+100%", "evidence": "assumed"}
    indicators = {
        "x": {
            "unit": "元",
            "baseline": {"value": 8.2, "evidence": "official"},
            "growth": growth,
            "targets": [{"at_least": 13, "year": 2024}, {"at_most": 13, "year": 2024}],
        }
    }
    scenario = cqsim.Scenario(years={"baseline": 2021, "end": 2024}, indicators=indicators)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = cqsim.run(scenario, paths=1000, progress=False)
    last = result.indicator("x").years[-1]
    above, below = (answer.probability for answer in result.answers)
    assert 0 < last.undefined < 1
    # What grew beyond any number is no level above 13, and no level below either.
    assert above == 0
    assert above + below + last.undefined == pytest.approx(1)
    assert any(f"{last.undefined:.2%}" in note and "no finite value" in note for note in result.notes)
    assert np.isfinite(result.quantiles("x")["p5"]).all()
