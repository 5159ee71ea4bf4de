"""What every measure promises: its uplift makes it hold, its required growth meets it, its words are said twice."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cqsim.targets.goal import SENSES, Goal
from cqsim.targets.level import Level
from cqsim.targets.when import last_step, score, years_that_count

MEASURES = [Level()]
GENTLE = settings(derandomize=True, deadline=None, max_examples=60)
EACH = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)


def paths(seed, years=4, count=50):
    growth = np.random.default_rng(seed).normal(0.03, 0.1, (years, count))
    return 100 * np.exp(np.vstack([np.zeros(count), np.cumsum(growth, axis=0)]))


def lifted(levels, uplift):
    return levels * np.exp(np.arange(len(levels))[:, None] * uplift)


@EACH
@GENTLE
@given(seed=st.integers(0, 1000), bound=st.floats(60, 180), step=st.integers(1, 4))
def test_the_needed_uplift_brings_each_path_to_the_bound(measure, seed, bound, step):
    levels = paths(seed)
    goal = Goal(measure, "at_least", (bound,), False, "year", step)
    needed = measure.needed(goal, bound, levels, step)
    np.testing.assert_allclose(measure.value(lifted(levels, needed), step), bound, rtol=1e-9)


@EACH
@GENTLE
@given(baseline=st.floats(1, 1e4), announced=st.floats(1, 1e4), due=st.integers(1, 20))
def test_the_required_growth_meets_the_announced_value(measure, baseline, announced, due):
    goal = Goal(measure, "at_least", (announced,), False, "year", due)
    required = measure.required(goal, baseline, announced)
    constant = baseline * (1 + required.cagr) ** np.arange(due + 1)[:, None]
    assert measure.value(constant, due)[0] == pytest.approx(announced, rel=1e-9)
    hit, _ = score(goal, constant * (1 + 1e-9))
    assert hit.all()


@EACH
def test_lifting_goes_with_what_is_needed(measure):
    levels = paths(3, count=1)
    goal = Goal(measure, "at_least", (150.0,), False, "year", 4)
    needed = float(measure.needed(goal, 150.0, levels, 4)[0])
    assert measure.lifted(goal, float(measure.value(levels, 4)[0]), needed) == pytest.approx(150.0)


@EACH
@pytest.mark.parametrize("sense", SENSES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_wanted_is_said_in_both_languages(measure, sense, language):
    figures = ("5,000", "6,000") if sense == "between" else ("5,000",)
    words = measure.wording(sense, "year", 2026, figures, language)
    assert "2026" in words
    assert all(figure in words for figure in figures)
    phrase = measure.wish(sense, figures, language)
    assert all(figure in phrase for figure in figures)
    assert "2026" not in phrase
    assert "≥" not in phrase  # signs are for tables


def test_reached_by_counts_any_year_up_to_its_own_and_year_only_its_own():
    levels = np.array([[100.0] * 3, [120, 90, 90], [90, 90, 90], [90, 120, 90]])
    for when, expected in (("year", [False, True, False]), ("reached_by", [True, True, False])):
        goal = Goal(Level(), "at_least", (110.0,), False, when, 3)
        hit, first = score(goal, levels)
        assert hit.tolist() == expected
        assert first.tolist() == [1, 0, 1, 1]
        assert list(years_that_count(when, 3)) == ([3] if when == "year" else [1, 2, 3])
        assert last_step(goal, 5) == (5 if when == "year" else 3)
