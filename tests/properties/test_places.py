"""Places with the same ids draw independently; files of one place share their draws.

A correlation of n independent pairs is normal with standard deviation 1 / sqrt(n); a test of k of them fails by chance
less than once in a million runs where each is held to the normal quantile of 1e-6 / (2 k).
"""

import numpy as np
from scipy.stats import norm

import cqsim
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.building import plan
from cqsim.targets.goal import Goal
from cqsim.targets.level import Level
from cqsim.targets.when import score

PATHS, END = 16384, 2025


def scenario(place=None, id="plan", **run):
    rate = {"p10": "2%", "p50": "5%", "p90": "9%"}
    growth = {"model": "compound", "rate": rate, "volatility": "9%", "evidence": "assumed"}
    event = {"probability": "20%", "effects": {"x": {"level": "-20%"}}, "evidence": "assumed"}
    x = {"baseline": {"value": 100, "evidence": "official"}, "growth": growth}
    x["targets"] = [{"at_least": 100 * 1.05 ** (year - 2020), "year": year} for year in range(2021, END + 1)]
    named = {} if place is None else {"place": place}
    years = {"baseline": 2020, "end": END}
    return cqsim.Scenario(id=id, **named, years=years, indicators={"x": x}, events={"flood": event}, run=run)


def hits(one):
    """Which yearly targets each path of a block hits, shape (years, paths)."""
    planned = plan(one)
    levels = Workspace(planned, PATHS).draw(RandomSampler(3), 0)
    return np.array([score(target.goal, levels[target.indicator])[0] for target in planned.targets])


def test_two_places_with_equal_ids_are_independent():
    here, there = hits(scenario("Nanchuan")), hits(scenario("Fengjie"))
    correlations = np.corrcoef(here, there)[: len(here), len(here) :]
    bound = norm.isf(1e-6 / (2 * correlations.size)) / np.sqrt(PATHS)
    assert np.abs(correlations).max() < bound


def test_a_place_is_no_other_place_than_none():
    assert not np.array_equal(hits(scenario("Nanchuan")), hits(scenario()))


def test_two_files_of_one_place_share_their_draws():
    assert np.array_equal(hits(scenario("Nanchuan", id="plan")), hits(scenario("Nanchuan", id="renamed")))
    assert np.array_equal(hits(scenario(id="plan")), hits(scenario(id="renamed")))


def test_every_stream_of_a_place_differs_from_that_of_another():
    keys = [{stream.key for stream in plan(scenario(place)).streams} for place in ("Nanchuan", "Fengjie", None)]
    assert len(set.union(*keys)) == sum(map(len, keys))


def test_a_goal_knows_no_growth_model():
    levels = np.array([[100.0, 100.0], [90.0, 120.0]])
    hit, first = score(Goal(Level(), "at_least", (110.0,), False, "year", 1), levels)
    assert hit.tolist() == [False, True]
    assert first.tolist() == [1, 1]
