"""The range of a probability over what is not known, against closed forms.

Quantiles of 2,048 states: the share of states below the true 10 or 90 % quantile has a standard deviation of 0.66
points, so that a check at 6 of them fails by chance less than once in a hundred million.
"""

import numpy as np
import pytest
from scipy.stats import norm

import cqsim
from cqsim.simulation.executors import threads
from cqsim.simulation.plan.building import plan
from cqsim.simulation.ranges import hit_shares, spread_of

SIGMAS = 6 * np.sqrt(0.1 * 0.9 / 2048)
RATE, VOLATILITY, YEARS = (0.02, 0.07, 0.12), 0.06, 5


def scenario(rate, target=140, volatility="6%"):
    return cqsim.Scenario(
        years={"baseline": 2020, "end": 2025},
        indicators={
            "x": {
                "baseline": {"value": 100, "evidence": "official"},
                "growth": {"model": "compound", "rate": rate, "volatility": volatility, "evidence": "assumed"},
                "targets": [{"at_least": target, "year": 2025}],
            }
        },
    )


def ranges(result):
    return (*(answer.range for answer in result.answers), result.joint_answer.range)


def chance(rate, target=140):
    """Of reaching the target at a known rate: log level is normal."""
    return norm.sf((np.log(target / 100) - YEARS * np.log1p(rate)) / (VOLATILITY * np.sqrt(YEARS)))


def test_an_uncertain_rate_gives_the_chances_at_its_own_quantiles():
    low, middle, high = RATE
    result = cqsim.run(scenario({"p10": f"{low:.0%}", "p50": f"{middle:.0%}", "p90": f"{high:.0%}"}), paths=200_000)
    spread = np.log1p(high) - np.log1p(middle), np.log1p(middle) - np.log1p(low)
    for end, wanted, side in zip(ranges(result)[0], (low, high), (spread[1], spread[0]), strict=True):
        # where the found end lies on the scale of the rate, and so which share of states lies beyond it
        rate = np.expm1((np.log(1.4) - norm.isf(end) * VOLATILITY * np.sqrt(YEARS)) / YEARS)
        found = norm.cdf((np.log1p(rate) - np.log1p(middle)) / (side / 1.2815515655446004))
        assert abs(found - norm.cdf((np.log1p(wanted) - np.log1p(middle)) / (side / 1.2815515655446004))) < SIGMAS


def test_nothing_unknown_leaves_no_range():
    result = cqsim.run(scenario("7%"), paths=2000)
    chance = result.answers[0].probability
    assert ranges(result) == ((chance, chance), (chance, chance))


def test_what_is_not_known_of_one_indicator_gives_no_range_to_another():
    open_one, known = (scenario(rate).indicators["x"] for rate in ({"p10": "2%", "p50": "7%", "p90": "12%"}, "7%"))
    both = cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators={"x": known, "y": open_one})
    result = cqsim.run(both, paths=2000)
    (low, high), (other_low, other_high), (all_low, all_high) = ranges(result)
    assert low == high == result.answers[0].probability
    assert other_low < other_high
    assert all_low < all_high


def test_without_chance_the_range_runs_from_miss_to_hit():
    result = cqsim.run(scenario({"p10": "2%", "p50": "7%", "p90": "12%"}, volatility="0%"), paths=10_000)
    assert ranges(result)[0] == pytest.approx((0, 1), abs=0.03)


def test_the_binomial_error_of_the_shares_is_taken_out():
    random = np.random.default_rng(5)
    true = random.uniform(0.4, 0.6, 100_000)
    low, high = spread_of(random.binomial(32, true) / 32, 0.5, (0.1, 0.9))
    raw = np.quantile(random.binomial(32, true) / 32, (0.1, 0.9))
    assert (low, high) == pytest.approx((0.42, 0.58), abs=0.015)
    assert high - low < 0.75 * (raw[1] - raw[0])


def test_any_number_of_threads_gives_the_same_shares():
    one = plan(scenario({"p10": "2%", "p50": "7%", "p90": "12%"}))
    with threads(1) as single, threads(3) as several:
        np.testing.assert_array_equal(hit_shares(one, 4, single), hit_shares(one, 4, several))


def test_the_range_stands_in_table_document_and_frame():
    result = cqsim.run(scenario({"p10": "2%", "p50": "7%", "p90": "12%"}), paths=10_000)
    document = result.to_dict()
    low, high = ranges(result)[0]
    assert document["targets"][0]["range"] == {"0.1": low, "0.9": high}
    assert document["joint"]["range"] == {"0.1": ranges(result)[1][0], "0.9": ranges(result)[1][1]}
    assert result.targets.loc[0, ["range_low", "range_high"]].tolist() == [low, high]
