"""The sources of spread against shares that are known in closed form.

8,192 paths: an R2 has a standard deviation below 0.011, and ranks of a normal sum take a few points from its shares.
"""

import numpy as np
import pytest

import cqsim
from cqsim.answers.target.drivers import drivers
from cqsim.simulation.plan.building import plan


def shares(indicators, target="x", **more):
    scenario = cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators=indicators, **more)
    return {(one.of, one.part): one.share for one in drivers(scenario, plan(scenario), 5, "en")[0]}


def indicator(sd="10%", rate=None, volatility="5%", targets=True):
    growth = {"model": "compound", "rate": rate or {"p10": "1%", "p50": "5%", "p90": "9%"}, "volatility": volatility}
    one = {
        "baseline": {"value": 100, "sd": sd, "evidence": "assumed"},
        "growth": {**growth, "evidence": "assumed"},
    }
    return {**one, "targets": [{"at_least": 130, "year": 2025}]} if targets else one


def test_shares_are_those_of_the_variances_of_the_log_level():
    found = shares({"x": indicator()})
    z = 1.2815515655446004
    spread = (np.log1p(0.09) - np.log1p(0.05)) / z, (np.log1p(0.05) - np.log1p(0.01)) / z
    variances = np.log(1.1) ** 2, 25 * np.mean(np.square(spread)), 5 * 0.05**2
    exact = np.array(variances) / sum(variances)
    assert [found["x", part] for part in ("baseline", "growth", "noise")] == pytest.approx(exact, abs=0.06)


def test_what_is_certain_is_no_source():
    assert set(shares({"x": indicator(sd="0%", rate="5%")})) == {("x", "noise")}


def test_an_unrelated_indicator_is_no_source_even_when_it_is_correlated():
    both = {"x": indicator(), "y": indicator(targets=False)}
    link = [{"between": ["x", "y"], "value": 0.8, "evidence": "assumed"}]
    assert {of for of, _ in shares(both, correlation=link)} == {"x"}


def test_events_are_named_and_sources_come_in_order():
    event = {"probability": "30%", "effects": {"x": {"level": "-40%"}}, "evidence": "assumed"}
    found = shares({"x": indicator(sd="0%", rate="5%")}, events={"flood": event})
    assert next(iter(found)) == ("event flood", "event")
    assert list(found.values()) == sorted(found.values(), reverse=True)
