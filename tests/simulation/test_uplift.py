"""Uplifts that hit, against trying every uplift of a grid on every path."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqsim.simulation.counts.uplift import Coverage
from cqsim.targets.goal import Goal
from cqsim.targets.level import Level
from cqsim.targets.uplifts import Intervals, directions, intervals, jointly

GENTLE = settings(derandomize=True, deadline=None, max_examples=80)
UPLIFTS = np.linspace(-2.9873, 2.9873, 611)
level = st.one_of(st.floats(1, 400), st.sampled_from([np.nan, 0.0, -5.0, 100.0]))


@st.composite
def blocks(draw, years=4, paths=6):
    """Levels of some paths, from a positive baseline on; some have no value in some years."""
    rows = [[draw(st.floats(50, 200)) for _ in range(paths)]]
    rows += [[draw(level) for _ in range(paths)] for _ in range(years)]
    return np.array(rows)


@st.composite
def goals(draw, senses=("at_least", "at_most", "between"), due=4, share=False):
    sense = draw(st.sampled_from(senses))
    low = draw(st.floats(5, 60) if share else st.floats(20, 300))
    levels = (low, low * draw(st.floats(1.01, 1.5))) if sense == "between" else (low,)
    relative = draw(st.booleans())
    if relative:
        levels = tuple(one / 100 for one in levels)
    return Goal(Level(), sense, levels, relative, draw(st.sampled_from(["year", "reached_by"])), due, is_share=share)


def tried(goal, levels, uplift):
    """Which paths hit when their levels, or odds for shares, are multiplied by exp(uplift * t) after t years."""
    own = levels[0] if goal.relative else 1.0
    steps = [goal.due] if goal.when == "year" else range(1, goal.due + 1)
    hit = np.zeros(levels.shape[1], bool)
    for step in steps:
        lifted = levels[step] * np.exp(uplift * step)
        if goal.is_share:
            odds = levels[step] / (100 - levels[step]) * np.exp(uplift * step)
            lifted = 100 * odds / (1 + odds)
        high_enough = goal.sense == "at_most" or lifted >= goal.bounds[0] * own
        low_enough = goal.sense == "at_least" or lifted <= goal.bounds[-1] * own
        hit |= np.asarray(high_enough) & np.asarray(low_enough)
    return hit


def covered(found, paths, uplift):
    """How many intervals of each path hold the uplift."""
    begun = np.ones(paths) if found.starts is None else (np.atleast_2d(found.starts) <= uplift).sum(axis=0)
    over = np.zeros(paths) if found.ends is None else (np.atleast_2d(found.ends) < uplift).sum(axis=0)
    return begun - over


@GENTLE
@given(goal=goals(), levels=blocks())
def test_a_path_s_intervals_hold_the_uplifts_under_which_it_hits(goal, levels):
    found = intervals(goal, levels)
    for uplift in UPLIFTS:
        np.testing.assert_array_equal(covered(found, levels.shape[1], uplift), tried(goal, levels, uplift))


@GENTLE
@given(goal=goals(share=True), seed=st.integers(0, 1000))
def test_uplifts_of_a_share_multiply_its_odds(goal, seed):
    levels = np.random.default_rng(seed).uniform(0.5, 99.5, (5, 6))
    levels[3, 0] = np.nan
    found = intervals(goal, levels)
    for uplift in UPLIFTS:
        np.testing.assert_array_equal(covered(found, levels.shape[1], uplift), tried(goal, levels, uplift))


@st.composite
def aims(draw):
    """Up to four goals of two indicators, and the indicator of each; at most one may hold in any of several years."""
    chosen = draw(st.lists(goals(), min_size=1, max_size=4))
    is_union = [goal.sense == "between" and goal.when == "reached_by" for goal in chosen]
    kept = [goal for number, goal in enumerate(chosen) if not (is_union[number] and any(is_union[:number]))]
    return kept, [draw(st.integers(0, 1)) for _ in kept]


@GENTLE
@given(aims=aims(), seed=st.integers(0, 1000))
def test_one_effort_moves_each_indicator_one_way(aims, seed):
    chosen, owners = aims
    levels = 100 * np.exp(np.random.default_rng(seed).normal(0, 0.3, (2, 5, 40)).cumsum(axis=1))
    ways = directions([(owner, goal.sense) for owner, goal in zip(owners, chosen, strict=True)])
    together = jointly([intervals(goal, levels[owner]) for goal, owner in zip(chosen, owners, strict=True)], ways)
    if 0 in ways:
        assert together is None
        return
    for effort in UPLIFTS[::5]:
        hits = [tried(goal, levels[owner], way * effort) for goal, owner, way in zip(chosen, owners, ways, strict=True)]
        np.testing.assert_array_equal(covered(together, 40, effort), np.logical_and.reduce(hits))


def test_an_indicator_with_a_target_to_be_reached_rises_whatever_else_is_asked_of_it():
    asked = [(0, "at_most"), (0, "at_least"), (0, "between"), (1, "at_most"), (1, "between"), (2, "between")]
    assert directions(asked) == [1, 1, 1, -1, -1, 0]


def test_efforts_without_a_direction_or_with_two_unions_are_not_given():
    levels = np.exp(np.random.default_rng(1).standard_normal((4, 50))) * 100
    single = intervals(Goal(Level(), "at_least", (90.0,), False, "year", 3), levels)
    union = intervals(Goal(Level(), "between", (90.0, 110.0), False, "reached_by", 3), levels)
    assert jointly([single, union], [1, 1]) is not None
    assert jointly([union, union], [1, 1]) is None
    assert jointly([union, single], [0, 1]) is None
    assert jointly([None, single], [1, 1]) is None
    assert jointly([], []) is None


def test_no_multiple_of_a_positive_level_reaches_zero_or_below():
    assert intervals(Goal(Level(), "at_least", (0.0,), False, "year", 1), np.ones((2, 3))) is None
    assert intervals(Goal(Level(), "between", (-1.0, 1.0), False, "year", 1), np.ones((2, 3))) is None


@GENTLE
@given(goal=goals(), seed=st.integers(0, 1000), chance=st.sampled_from([0.3, 0.5, 0.8, 0.9]))
def test_the_uplift_found_for_a_chance_gives_that_chance(goal, seed, chance):
    growths = np.random.default_rng(seed).normal(0.02, 0.08, (4, 4000))
    levels = 100 * np.exp(np.vstack([np.zeros(4000), np.cumsum(growths, axis=0)]))
    coverage = Coverage.of(intervals(goal, levels))
    uplift = coverage.needed(chance, 4000)
    if uplift is None:
        best = max(tried(goal, levels, one).mean() for one in UPLIFTS)
        assert best < chance + 0.01
        return
    # One bucket holds few paths: 2**-14 of a growth whose density is below 40 in each of four years.
    found = tried(goal, levels, uplift).mean()
    assert found >= chance - 0.01
    if goal.sense != "between":
        assert found <= chance + 0.01


def test_the_uplift_nearest_to_none_is_taken_where_several_reach_the_chance():
    found = Intervals(np.full(100, 0.10), np.full(100, 0.30))
    assert Coverage.of(found).needed(0.5, 100) == pytest.approx(0.10, abs=2**-13)
    found = Intervals(np.full(100, -0.30), np.full(100, -0.10))
    assert Coverage.of(found).needed(0.5, 100) == pytest.approx(-0.10, abs=2**-13)


def test_the_best_uplift_lies_where_most_intervals_overlap():
    starts, ends = np.array([0.0, 0.1, 0.2, 0.21]), np.array([0.15, 0.3, 0.25, 0.22])
    uplift, chance = Coverage.of(Intervals(starts, ends)).best(4)
    assert chance == pytest.approx(0.75)
    assert 0.21 - 2**-13 <= uplift <= 0.22 + 2**-13


def test_coverages_merge_to_that_of_all_paths():
    draw = np.random.default_rng(3)
    starts = draw.normal(0, 0.1, 1000)
    ends = starts + 0.1
    whole = Coverage.of(Intervals(starts, ends))
    merged = Coverage.of(Intervals(starts[:300], ends[:300]))
    merged.merge(Coverage.of(Intervals(starts[300:], ends[300:])))
    assert merged.best(1000) == whole.best(1000)
    assert merged.needed(0.2, 1000) == whole.needed(0.2, 1000)


def test_no_uplift_brings_a_share_to_its_ends():
    assert (
        intervals(Goal(Level(), "at_least", (100.0,), False, "year", 1, is_share=True), np.full((2, 3), 50.0)) is None
    )
    found = intervals(Goal(Level(), "at_least", (2.0,), True, "year", 1, is_share=True), np.full((2, 3), 50.0))
    assert found is None or not np.isfinite(found.starts).any()
