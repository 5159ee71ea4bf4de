"""How chances depend on what is asked for, and on nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

GENTLE = settings(derandomize=True, deadline=None, max_examples=25)
WHEN = {"year": 2025}, {"reached_by": 2025}
MODELS = (
    {"model": "compound", "rate": "4%", "volatility": "15%", "persistence": 0.4},
    {"model": "compound", "average": {"rate": "6%", "years": 4}, "volatility": "10%"},
    {"model": "linear", "increment": 6, "volatility": 20},
    {"model": "logistic", "capacity": "250%", "rate": {"p10": "5%", "p50": "20%", "p90": "40%"}, "volatility": "20%"},
)
levels = st.lists(st.floats(20, 300), min_size=2, max_size=8).map(sorted)


def scenario(growth, targets):
    return {
        "years": {"baseline": 2020, "end": 2025},
        "indicators": {
            "x": {
                "baseline": {"value": 100, "sd": "5%", "evidence": "official"},
                "growth": {**growth, "evidence": "assumed"},
                "targets": targets,
            }
        },
    }


@GENTLE
@given(levels=levels, growth=st.sampled_from(MODELS), when=st.sampled_from(WHEN))
def test_a_higher_target_is_never_more_likely_to_be_reached(run, levels, growth, when):
    result = run(scenario(growth, [{"at_least": level, **when} for level in levels]), paths=2048)
    chances = [answer.probability for answer in result.answers]
    assert chances == sorted(chances, reverse=True)


@GENTLE
@given(levels=levels, growth=st.sampled_from(MODELS), when=st.sampled_from(WHEN))
def test_a_higher_limit_is_never_less_likely_to_be_kept(run, levels, growth, when):
    result = run(scenario(growth, [{"at_most": level, **when} for level in levels]), paths=2048)
    chances = [answer.probability for answer in result.answers]
    assert chances == sorted(chances)


@GENTLE
@given(levels=levels.filter(lambda found: found[0] < found[-1]), growth=st.sampled_from(MODELS))
def test_a_range_is_hit_by_those_above_its_lower_end_less_those_above_its_upper_end(run, levels, growth):
    low, high = levels[0], levels[-1]
    targets = [{"between": [low, high]}, {"at_least": low}, {"at_most": high}]
    result = run(scenario(growth, [{**target, "year": 2025} for target in targets]), paths=2048)
    inside, above, below = (answer.probability for answer in result.answers)
    assert inside == pytest.approx(above + below - 1, abs=1e-12)
    assert result.joint_answer.at_least[1] == 1.0


@GENTLE
@given(years=st.lists(st.integers(2021, 2025), min_size=2, max_size=5, unique=True), growth=st.sampled_from(MODELS))
def test_more_time_to_reach_a_level_never_lowers_the_chance(run, years, growth):
    targets = [{"at_least": 120, "reached_by": year} for year in sorted(years)]
    chances = [answer.probability for answer in run(scenario(growth, targets), paths=2048).answers]
    assert chances == sorted(chances)


@GENTLE
@given(levels=levels, growth=st.sampled_from(MODELS))
def test_hitting_more_targets_is_never_more_likely_than_hitting_fewer(run, levels, growth):
    result = run(scenario(growth, [{"at_least": level, "year": 2025} for level in levels]), paths=2048)
    joint = result.joint_answer
    chances = list(joint.at_least.values())
    assert chances == sorted(chances, reverse=True)
    assert joint.all == chances[-1] == min(answer.probability for answer in result.answers)
    assert joint.expected_hits == pytest.approx(sum(answer.probability for answer in result.answers), abs=1e-9)


@GENTLE
@given(levels=levels, growth=st.sampled_from(MODELS), when=st.sampled_from(WHEN))
def test_first_hit_shares_add_up_to_one(run, levels, growth, when):
    for answer in run(scenario(growth, [{"at_least": level, **when} for level in levels]), paths=2048).answers:
        assert sum(answer.first_hit.values()) + answer.never == pytest.approx(1, abs=1e-12)
        assert min(answer.first_hit.values()) >= 0


@GENTLE
@given(levels=levels, growth=st.sampled_from(MODELS), when=st.sampled_from(WHEN))
def test_more_growth_is_needed_for_a_higher_chance(run, levels, growth, when):
    for answer in run(scenario(growth, [{"at_least": level, **when} for level in levels]), paths=2048).answers:
        needed = [growth for growth in answer.required.for_probability.values() if growth is not None]
        assert needed == sorted(needed)
