"""The range of a probability over what is not known, against closed forms.

Over forty seeds the ends of the ranges here had standard deviations of at most 0.6 points, so that a check at four
points, more than six of them, fails by chance less than once in a hundred million.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import cqsim
from cqsim.report.content.tables import range_text
from cqsim.simulation.counts.by_state import balanced, settled, together
from cqsim.simulation.executors import threads
from cqsim.simulation.plan.building import plan
from cqsim.simulation.plan.open import open_streams
from cqsim.simulation.ranges import chances

FAR = 0.04
RATE, VOLATILITY, YEARS = (0.02, 0.07, 0.12), 0.06, 5
OPEN = {"p10": "2%", "p50": "7%", "p90": "12%"}


def indicator(rate, *targets, volatility="6%", sd=None, unit="亿元"):
    return {
        "unit": unit,
        "baseline": {"value": 100, "evidence": "official", **({"sd": sd} if sd else {})},
        "growth": {"model": "compound", "rate": rate, "volatility": volatility, "evidence": "assumed"},
        "targets": list(targets),
    }


def scenario(rate, *targets, **more):
    return of({"x": indicator(rate, *(targets or [{"at_least": 140, "year": 2025}]), **more)})


def of(indicators, **more):
    return cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators=indicators, **more)


def ranges(written, seed=1):
    result = cqsim.run(written, paths=2000, seed=seed, progress=False)
    return [*(answer.range for answer in result.answers), result.joint_answer.range]


def chance(rate, target=140, volatility=VOLATILITY):
    """Of reaching the target at a known rate: log level is normal."""
    return norm.sf((np.log(target / 100) - YEARS * np.log1p(rate)) / (volatility * np.sqrt(YEARS)))


@pytest.mark.parametrize("seed", range(5))
def test_an_uncertain_rate_gives_the_chances_at_its_own_quantiles(seed):
    targets = [{"at_least": level, "year": 2025} for level in (120, 140, 170)]
    for ends, level in zip(ranges(scenario(OPEN, *targets), seed), (120, 140, 170), strict=False):
        assert ends == pytest.approx((chance(0.02, level), chance(0.12, level)), abs=FAR)


@pytest.mark.parametrize("seed", range(5))
def test_a_rate_that_is_one_of_two_gives_the_chances_of_both(seed):
    rate = {"distribution": "empirical", "values": ["3%", "9%"]}
    assert ranges(scenario(rate), seed)[0] == pytest.approx((chance(0.03), chance(0.09)), abs=FAR)


@pytest.mark.parametrize("seed", range(5))
def test_little_noise_beside_much_that_is_not_known(seed):
    """Where the chance rises from nothing to nearly one within a twelfth of the states."""
    log_rate, spread, noise = np.log(1.05), 0.05, 0.02 * np.sqrt(YEARS)
    low, high = (f"{100 * np.expm1(log_rate + sign * 1.6448536269514722 * spread):.9f}%" for sign in (-1, 1))
    target = 100 * np.exp(YEARS * (log_rate + 1.2 * spread))
    written = scenario({"p05": low, "p95": high}, {"at_least": target, "year": 2025}, volatility="2%")
    wanted = norm.cdf(YEARS * spread * (1.2815515655446004 - 1.2) / noise)
    low, high = ranges(written, seed)[0]
    assert low == pytest.approx(0, abs=1e-3)
    assert high == pytest.approx(wanted, abs=FAR)


@pytest.mark.parametrize("seed", range(3))
def test_two_things_that_are_not_known_add_their_variances(seed):
    ends = ranges(scenario(OPEN, sd="20%"), seed)[0]
    rate_sd = (np.log(1.12) - np.log(1.07)) / 1.2815515655446004, (np.log(1.07) - np.log(1.02)) / 1.2815515655446004
    draws = np.random.default_rng(0).standard_normal((2, 2_000_000))  # the halves of the rate differ: no closed form
    rate = np.log(1.07) + np.where(draws[0] > 0, rate_sd[0], rate_sd[1]) * draws[0]
    level = np.log(1.2) * draws[1] + YEARS * rate
    wanted = norm.sf((np.log(1.4) - np.quantile(level, (0.1, 0.9))) / (VOLATILITY * np.sqrt(YEARS)))
    assert ends == pytest.approx(wanted, abs=FAR)


@pytest.mark.parametrize("seed", range(3))
def test_both_sides_of_a_band_are_seen(seed):
    low, high = ranges(scenario(OPEN, {"between": [130, 150], "year": 2025}), seed)[0]
    rates = np.expm1(np.interp(norm.ppf((np.arange(20_000) + 0.5) / 20_000), *_log_rates()))
    wanted = np.quantile(chance(rates, 130) - chance(rates, 150), (0.1, 0.9))
    assert (low, high) == pytest.approx(wanted, abs=FAR)


def _log_rates():
    """Log rates at the normal values of the three quantiles, and in straight lines beyond."""
    z, logs = np.array([-1.2815515655446004, 0, 1.2815515655446004]), np.log1p(RATE)
    return z[[0, 0, 1, 2, 2]] * [5, 1, 1, 1, 5], [
        logs[1] + 5 * (logs[0] - logs[1]),
        *logs,
        logs[1] + 5 * (logs[2] - logs[1]),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_whole_numbers_whose_mean_is_not_known(seed):
    from scipy.stats import poisson

    built = {
        "unit": "个",
        "growth": {"model": "count", "per_year": {"p10": 0.1, "p50": 0.3, "p90": 0.8}, "cumulative": True},
        "targets": [{"at_least": 2, "year": 2025}],
    }
    built["growth"]["evidence"] = "assumed"
    wanted = poisson.sf(1, 5 * 0.1), poisson.sf(1, 5 * 0.8)
    assert ranges(of({"x": built}), seed)[0] == pytest.approx(wanted, abs=FAR)


@pytest.mark.parametrize("seed", range(3))
def test_an_event_whose_probability_is_not_known(seed):
    shock = {"probability": {"p10": "5%", "p50": "20%", "p90": "50%"}, "effects": {"x": {"level": "-90%"}}}
    events = {"shock": {**shock, "once": True, "recovery": "never", "evidence": "assumed"}}
    written = of({"x": indicator("7%", {"at_least": 140, "year": 2025})}, events=events)
    wanted = chance(0.07) * (1 - np.array([0.5, 0.05]))
    assert ranges(written, seed)[0] == pytest.approx(wanted, abs=FAR)


@pytest.mark.parametrize("seed", range(3))
def test_targets_of_indicators_that_share_nothing_multiply_state_by_state(seed):
    rates = {"distribution": "empirical", "values": ["3%", "9%"]}
    both = of({name: indicator(rates, {"at_least": 140, "year": 2025}) for name in "xy"})
    low, high = sorted([chance(0.03), chance(0.09)])
    assert ranges(both, seed)[-1] == pytest.approx((low**2, high**2), abs=FAR)


def test_one_target_met_only_with_another_is_all_targets_together():
    targets = [{"at_least": level, "year": 2025} for level in (140, 120)]
    hard, _, together_ends = ranges(scenario(OPEN, *targets))
    assert together_ends == pytest.approx(hard, abs=0.01)


def test_hopeless_and_certain_targets_have_a_range_where_something_is_open():
    targets = [{"at_least": level, "year": 2025} for level in (900, 20, 260)]
    hopeless, certain, rare, _ = ranges(scenario(OPEN, *targets, sd="5%"))
    assert [range_text(ends) for ends in (hopeless, certain)] == ["<0.01%", ">99.99%"]
    assert 0 < rare[0] < rare[1] < 0.01


def test_nothing_unknown_leaves_no_range():
    result = cqsim.run(scenario("7%"), paths=2000)
    known = result.answers[0].probability, result.answers[0].probability
    assert result.answers[0].range == result.joint_answer.range == known
    assert range_text(known) == "-"


def test_what_is_not_known_of_one_indicator_gives_no_range_to_another():
    target = {"at_least": 140, "year": 2025}
    known, open_one, together_ends = ranges(of({"x": indicator("7%", target), "y": indicator(OPEN, target)}))
    assert known[0] == known[1]
    assert open_one[0] < open_one[1]
    assert together_ends[0] < together_ends[1]


def test_without_chance_the_range_runs_from_miss_to_hit():
    assert ranges(scenario(OPEN, volatility="0%"))[0] == pytest.approx((0, 1), abs=1e-9)


def opened(written, id):
    numbers = plan(written)
    return {(str(stream.owner), stream.part) for stream in open_streams(numbers, numbers.number(id))}


def test_only_what_an_indicator_depends_on_is_open():
    target = {"at_least": 140, "year": 2025}
    event = {"probability": {"p10": "5%", "p50": "10%", "p90": "20%"}, "effects": {"y": {"level": "-5%"}}}
    written = of(
        {
            "x": indicator("7%", target, sd="5%"),
            "y": indicator(OPEN, target),
            "z": {"unit": "亿元", "formula": "x + y", "targets": [target]},
            "start": {
                **indicator("3%", target),
                "baseline": {"formula": "x + y", "evidence": "derived"},
            },
        },
        events={"shock": {**event, "recovery": 1, "evidence": "assumed"}},
    )
    assert opened(written, "x") == {("x", "baseline")}
    assert opened(written, "y") == {("y", "rate"), ("event shock", "chance")}
    assert opened(written, "z") == opened(written, "x") | opened(written, "y")
    assert opened(written, "start") == {("x", "baseline")}  # of y only the baseline counts, and it is known


def test_a_certain_rate_is_not_open_for_being_correlated():
    target = {"at_least": 140, "year": 2025}
    link = {"between": ["x", "y"], "of": "rate", "value": 0.5, "evidence": "assumed"}
    for rate, wanted in (("7%", set()), (OPEN, {("x", "rate"), ("y", "rate")})):
        written = of({"x": indicator(OPEN, target), "y": indicator(rate, target)}, correlation=[link])
        assert opened(written, "y") == wanted


@settings(derandomize=True, deadline=None, max_examples=30)
@given(seed=st.integers(0, 1000), slope=st.floats(0, 3), middle=st.floats(-3, 3))
def test_a_wrong_index_is_moved_to_what_was_hit(seed, slope, middle):
    """Whatever the index says: at 4,000 states the probit line errs by at most five points."""
    random = np.random.default_rng(seed)
    unknown = random.standard_normal((1, 4000))
    true = norm.cdf(middle + slope * unknown[0])
    hits = random.random((2, 4000)) < true
    for index in (np.full(4000, 0.5), norm.cdf(-unknown[0]), true):
        corrected = settled(index, hits, unknown)
        assert np.all((corrected >= 0) & (corrected <= 1))
        np.testing.assert_allclose(np.quantile(corrected, (0.1, 0.9)), np.quantile(true, (0.1, 0.9)), atol=0.1)


def test_what_no_regression_sees_is_added_as_scatter():
    """Two draws whose product decides: neither alone says anything."""
    random = np.random.default_rng(3)
    unknown = random.standard_normal((2, 20_000))
    true = np.where(unknown[0] * unknown[1] > 0, 0.7, 0.3)
    hits = random.random((2, 20_000)) < true
    low, high = np.quantile(settled(np.full(20_000, 0.5), hits, unknown), (0.1, 0.9))
    assert low == pytest.approx(0.5 - 1.28 * 0.2, abs=0.03)
    assert high == pytest.approx(0.5 + 1.28 * 0.2, abs=0.03)


def test_all_together_lies_between_the_product_and_the_smallest():
    by_target = np.array([[0.5, 0.8], [0.5, 0.4]])
    never, always = np.zeros((2, 2), bool), np.ones((2, 2), bool)
    np.testing.assert_allclose(together(by_target, never), by_target.prod(axis=0))
    np.testing.assert_allclose(together(by_target, always), by_target.min(axis=0))


def test_states_are_spread_evenly_where_the_probability_changes():
    unknown = np.random.default_rng(2).standard_normal((3, 4000))
    place = (unknown[0] + unknown[1]) / np.sqrt(2)
    even = balanced(norm.cdf(place), unknown)
    np.testing.assert_allclose(np.quantile(even, (0.1, 0.5, 0.9)), (0.1, 0.5, 0.9), atol=0.01)


def test_any_number_of_threads_gives_the_same_probabilities():
    written = plan(scenario(OPEN, {"at_least": 140, "year": 2025}, {"at_most": 150, "year": 2025}))
    with threads(1) as single, threads(3) as several:
        for first, second in zip(chances(written, 4, single), chances(written, 4, several), strict=True):
            np.testing.assert_array_equal(first, second)


def test_another_indicator_leaves_a_range_as_it_was():
    target = {"at_least": 140, "year": 2025}
    alone = ranges(scenario(OPEN))[0]
    assert alone in ranges(of({"a": indicator(OPEN, target), "x": indicator(OPEN, target)}))[1:2]


def test_the_range_stands_in_table_document_and_frame():
    result = cqsim.run(scenario(OPEN), paths=2000)
    document = result.to_dict()
    low, high = result.answers[0].range
    assert document["targets"][0]["range"] == {"0.1": low, "0.9": high}
    assert document["joint"]["range"] == dict(zip(("0.1", "0.9"), result.joint_answer.range, strict=True))
    assert result.targets.loc[0, ["range_low", "range_high"]].tolist() == [low, high]
