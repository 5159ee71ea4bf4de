"""The Monte Carlo interval."""

import pytest

from cqsim.simulation.counts.estimate import Estimate, wilson


def test_intervals_match_a_published_implementation(closed_forms):
    for case in closed_forms["wilson"]["cases"]:
        assert wilson(case["hits"], case["paths"]) == pytest.approx(case["interval"], rel=1e-8, abs=1e-12)


def test_an_interval_is_never_of_zero_width_and_stays_within_zero_and_one():
    for paths in (1, 2, 1000, 10**9):
        for hits in {0, 1, paths // 2, paths - 1, paths}:
            low, high = wilson(hits, paths)
            assert 0 <= low < high <= 1
            assert low <= hits / paths <= high
            assert Estimate.of_counts(hits, paths).half_width == pytest.approx((high - low) / 2)


def test_no_hit_reaches_down_to_zero_and_no_miss_up_to_one():
    assert wilson(0, 1000)[0] == 0.0
    assert wilson(1000, 1000)[1] == 1.0


def test_hits_and_misses_have_mirrored_intervals():
    low, high = wilson(37, 1000)
    assert wilson(963, 1000) == pytest.approx((1 - high, 1 - low), abs=1e-15)
