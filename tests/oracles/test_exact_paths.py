"""Events and levers that are certain, without noise: every path is the table made by hand."""

import numpy as np
import pytest
from tests.oracles.kernel import indicator, levels, world

FLAT = {"model": "compound", "rate": "0%", "volatility": "0%"}
STEADY = {"model": "compound", "rate": "3%", "volatility": "0%"}


def shock(effect="-20%", kind="level", **more):
    return {"probability": "100%", "effects": {"x": {kind: effect}}, "evidence": "assumed", **more}


def lever(effect, kind="growth", **more):
    return {"effects": {"x": {kind: effect}}, "evidence": "assumed", **more}


def path(growth, start=100, unit="", years=5, others=None, **changes):
    """The yearly levels from the baseline on, after checking that all paths are the same."""
    indicators = {"x": indicator(growth, start, unit=unit), **(others or {})}
    found = levels(world(2020 + years, indicators=indicators, **changes), 50)["x"]
    np.testing.assert_array_equal(found, found[:, :1] * np.ones(50))
    return found[:, 0]


def check_levels(found, table):
    np.testing.assert_allclose(found, table, rtol=1e-12)


def grown(*rates, start=100):
    return start * np.cumprod([1, *(1 + rate / 100 for rate in rates)])


@pytest.mark.parametrize(
    ("recovery", "powers"),
    [
        # A shock every year: the powers of 0.8 add up, each fading in equal steps.
        (1, [0, 1, 1, 1, 1, 1]),
        (2, [0, 1, 1.5, 1.5, 1.5, 1.5]),
        (3, [0, 1, 5 / 3, 2, 2, 2]),
        (4, [0, 1, 1.75, 2.25, 2.5, 2.5]),
        ("never", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_shocks_of_every_year_fade_one_over_the_other(recovery, powers):
    check_levels(path(FLAT, events={"e": shock(recovery=recovery)}), 100 * 0.8 ** np.array(powers))


SINGLE = {1: [1], 2: [1, 1 / 2], 3: [1, 2 / 3, 1 / 3], "never": [1] * 4}


@pytest.mark.parametrize("recovery", SINGLE)
def test_a_single_shock_is_full_in_its_year_and_shrinks_in_a_straight_line_on_the_log_scale(recovery):
    events = {"e": shock(recovery=recovery, once=True)}
    found = levels(world(2024, indicators={"x": indicator(FLAT)}, events=events), 500)["x"]
    tables = [
        100 * 0.8 ** np.array(([0] * (1 + before) + SINGLE[recovery] + [0] * 4)[:5], float) for before in range(4)
    ]
    distances = np.abs(found[:, :, None] - np.array(tables).T[:, None, :]).max(axis=0)
    assert distances.min(axis=1).max() < 1e-9
    assert set(distances.argmin(axis=1).tolist()) == {0, 1, 2, 3}


def test_two_events_multiply_and_leave_the_growth_below_them():
    events = {"e": shock("-20%", recovery=2), "f": shock("+10%", recovery=1)}
    found = path(STEADY, years=3, events=events)
    check_levels(found, [100, 103 * 0.8 * 1.1, 103 * 1.03 * 0.8**1.5 * 1.1, 100 * 1.03**3 * 0.8**1.5 * 1.1])


def test_a_growth_effect_that_fades_adds_less_every_year():
    events = {"e": shock("-2pp", "growth", recovery=2)}
    check_levels(path(STEADY, years=3, events=events), grown(1, 0, 0))
    assert path(STEADY, years=3, events={"e": shock("-2pp", "growth")})[-1] == pytest.approx(grown(1, -1, -3)[-1])


def test_a_multiple_of_the_size_is_taken_before_the_logarithm():
    events = {"e": shock("0.5 size", size="-40%", recovery=1)}
    check_levels(path(FLAT, years=2, events=events), [100, 80, 80])
    events = {"e": shock("0.5 size", "growth", size="-40%", recovery=1)}
    check_levels(path(FLAT, years=2, events=events), [100, 80, 64])


@pytest.mark.parametrize(
    ("more", "rates"),
    [
        ({}, (5, 5, 5, 5, 5)),
        ({"start": 2021}, (5, 5, 5, 5, 5)),
        ({"start": 2023}, (3, 3, 5, 5, 5)),
        ({"start": 2022, "delay": 1}, (3, 3, 5, 5, 5)),
        ({"delay": 1.5}, (3, 3, 5, 5, 5)),
        ({"delay": 1.4}, (3, 5, 5, 5, 5)),
        ({"ramp": 2}, (4, 5, 5, 5, 5)),
        ({"start": 2022, "ramp": 4}, (3, 3.5, 4, 4.5, 5)),
        ({"start": 2025}, (3, 3, 3, 3, 5)),
        ({"delay": 9}, (3, 3, 3, 3, 3)),
        ({"probability": "0%"}, (3, 3, 3, 3, 3)),
    ],
)
def test_a_lever_adds_its_points_from_its_first_year_on(more, rates):
    check_levels(path(STEADY, levers={"a": lever("+2pp", **more)}), grown(*rates))


@pytest.mark.parametrize(
    ("more", "powers"),
    [
        ({}, [0, 1, 1, 1, 1, 1]),
        ({"start": 2023}, [0, 0, 0, 1, 1, 1]),
        ({"start": 2022, "ramp": 3}, [0, 0, 1 / 3, 2 / 3, 1, 1]),
    ],
)
def test_a_lever_on_the_level_builds_up_on_the_log_scale(more, powers):
    check_levels(path(FLAT, levers={"a": lever("+30%", "level", **more)}), 100 * 1.3 ** np.array(powers))


def test_levers_and_events_on_one_indicator_add_up():
    levers = {"a": lever("+2pp", start=2022), "b": lever("-1pp", start=2023), "c": lever("+10%", "level", start=2022)}
    found = path(STEADY, years=3, levers=levers, events={"e": shock(recovery=1)})
    check_levels(found, grown(3, 5, 4) * [1, 0.8, 0.8 * 1.1, 0.8 * 1.1])


def reached(year, chance="100%"):
    growth = {"model": "milestones", "projects": {"site": {"probability": chance, "earliest": year}}}
    return {"site": indicator(growth, None)}


@pytest.mark.parametrize(
    ("year", "chance", "more", "rates"),
    [
        (2022, "100%", {}, (3, 5, 5, 5, 5)),
        (2018, "100%", {}, (5, 5, 5, 5, 5)),
        (2022, "100%", {"delay": 2}, (3, 3, 3, 5, 5)),
        (2022, "100%", {"ramp": 2}, (3, 4, 5, 5, 5)),
        (2030, "100%", {}, (3, 3, 3, 3, 3)),
        (2022, "0%", {}, (3, 3, 3, 3, 3)),
        (2022, "100%", {"probability": "0%"}, (3, 3, 3, 3, 3)),
    ],
)
def test_a_lever_that_waits_for_a_milestone_works_from_the_year_in_which_it_is_reached(year, chance, more, rates):
    check_levels(
        path(STEADY, others=reached(year, chance), levers={"a": lever("+2pp", when="site", **more)}), grown(*rates)
    )


def test_on_every_path_the_lever_follows_its_own_milestone():
    projects = {"site": {"probability": "60%", "earliest": 2021, "delay": {"low": 0, "mode": 2, "high": 6}}}
    indicators = {"x": indicator(STEADY), "site": indicator({"model": "milestones", "projects": projects}, 4)}
    found = levels(world(2025, indicators=indicators, levers={"a": lever("+2pp", when="site")}), 2000)
    open_now = found["site"][1:] > 4
    np.testing.assert_allclose(found["x"][1:] / found["x"][:-1], np.where(open_now, 1.05, 1.03), rtol=1e-12)
    assert 0.3 < open_now[-1].mean() < 0.6


def test_changes_of_logistic_growth_move_its_rate_and_multiply_its_level():
    growth = {"model": "logistic", "capacity": 400, "rate": "100%", "volatility": "0%"}
    # Odds of the capacity start at 1/3 and double every year; from 2022 on they triple.
    odds = np.array([1 / 3, 2 / 3, 2, 6])
    levers = {"a": lever("+100pp", start=2022)}
    check_levels(path(growth, years=3, levers=levers), 400 * odds / (1 + odds))
    found = path(growth, years=3, levers=levers, events={"e": shock(recovery=1)})
    check_levels(found, 400 * odds / (1 + odds) * [1, 0.8, 0.8, 0.8])


def test_changes_of_a_share_move_its_odds_and_its_yearly_points():
    growth = {"model": "proportion", "change": "10pp", "volatility": "0pp"}
    odds = np.array([1, 1.5, 2.25, 3.375])
    found = path(growth, 50, "%", 3, events={"e": shock(recovery=1)})
    check_levels(found, 100 * odds * [1, 0.8, 0.8, 0.8] / (1 + odds * [1, 0.8, 0.8, 0.8]))
    # 25 points more at the baseline of one half are odds of 3 : 1 instead of 1.5 : 1.
    odds = np.array([1, 1.5, 1.5 * 17 / 3, 1.5 * (17 / 3) ** 2])
    found = path(growth, 50, "%", 3, levers={"a": lever("+25pp", start=2022)})
    check_levels(found, 100 * odds / (1 + odds))


def test_a_change_of_a_count_is_one_of_its_yearly_mean():
    base = {"x": indicator({"model": "count", "per_year": 20}, None)}
    more = {"x": indicator({"model": "count", "per_year": 30}, None)}
    changed = levels(world(2023, indicators=base, levers={"a": lever("+50%", "level", start=2022)}), 3000)["x"]
    plain, larger = (levels(world(2023, indicators=one), 3000)["x"] for one in (base, more))
    np.testing.assert_array_equal(changed[1], plain[1])
    np.testing.assert_array_equal(changed[2:], larger[2:])


def test_changes_of_the_other_models():
    stages = [{"start": 2021, "end": 2022, "rate": "10%"}, {"start": 2023, "end": 2023, "rate": "0%"}]
    growth = {"model": "staged", "stages": stages, "volatility": "0%"}
    check_levels(path(growth, years=3, levers={"a": lever("+2pp", start=2022)}), grown(10, 12, 2))
    ways = {name: {"rate": "4%", "volatility": "0%"} for name in ("up", "down")}
    half = {"up": "50%", "down": "50%"}
    growth = {"model": "regimes", "regimes": ways, "switching": {"up": half, "down": half}}
    check_levels(path(growth, years=3, levers={"a": lever("+2pp", start=2022)}), grown(4, 6, 6))
    growth = {"model": "linear", "increment": 10}
    check_levels(path(growth, years=3, events={"e": shock(recovery=2)}), [100, 88, 120 * 0.8**1.5, 130 * 0.8**1.5])
    check_levels(path({"model": "fixed"}, years=2, events={"e": shock()}), [100, 80, 64])
    growth = {"model": "compound", "average": {"rate": "3%", "years": 3}, "volatility": "0%"}
    check_levels(path(growth, years=3, levers={"a": lever("+2pp", start=2022)}), grown(3, 5, 5))
    growth = {"model": "gompertz", "capacity": 100 * np.e, "rate": "100%", "volatility": "0%"}
    # The log gap of one halves in the first year; 100 points more divide it by three.
    found = path(growth, years=2, levers={"a": lever("+100pp", start=2022)})
    check_levels(found, 100 * np.exp(1 - np.array([1, 1 / 2, 1 / 6])))


def test_changes_of_growth_from_the_past_add_to_its_yearly_rate():
    past = {"values": {"2017": 100, "2018": 110, "2019": 121, "2020": 133.1}, "evidence": "official"}
    x = {"x": indicator({"model": "bootstrap", "block": 1}, 100, history=past)}
    found = levels(world(2023, indicators=x, levers={"a": lever("+2pp", start=2022)}), 20)["x"]
    np.testing.assert_allclose(found[:, 0], grown(10, 12, 12), rtol=1e-9)


def test_growth_pushed_below_a_full_loss_is_held_just_above_it():
    found = path(STEADY, years=2, levers={"a": lever("-150pp")})
    check_levels(found, [100, 0.1, 0.0001])


@pytest.mark.parametrize("kind", ["events", "levers"])
def test_a_lasting_change_before_an_indicator_s_baseline_is_in_that_baseline(kind):
    indicators = {"x": indicator(FLAT, 100), "y": indicator(FLAT, 100)}
    indicators["y"]["baseline"]["year"] = 2022
    both = {"x": {"level": "-20%"}, "y": {"level": "-20%"}}
    change = {"probability": "100%", "effects": both, "evidence": "assumed"}
    found = levels(world(2024, indicators=indicators, **{kind: {"e": change}}), 5)
    assert np.isnan(found["y"][:2]).all()
    # What was measured in 2022 holds whatever happened until then; only what comes later changes it.
    powers = {"events": ([0, 1, 2, 3, 4], [0, 1, 2]), "levers": ([0, 1, 1, 1, 1], [0, 0, 0])}[kind]
    check_levels(found["x"][:, 0], 100 * 0.8 ** np.array(powers[0]))
    check_levels(found["y"][2:, 0], 100 * 0.8 ** np.array(powers[1]))
