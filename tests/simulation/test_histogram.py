"""Where a value lies among those that were counted."""

import numpy as np
import pytest

from cqsim.simulation.counts.histogram import Histogram, LogBuckets, WholeBuckets


def counted(buckets, *values):
    histogram = Histogram(buckets)
    for part in values:
        histogram.add(np.array(part, float))
    return histogram


@pytest.mark.parametrize("value", [-3, 0, 1, 1.5, 2, 3, 4, 7])
def test_whole_numbers_count_half_of_the_ties(value):
    numbers = np.array([1, 2, 2, 2, 4, -1])
    found = counted(WholeBuckets(), numbers[:3], numbers[3:]).rank(value)
    assert found == pytest.approx(((numbers < value).sum() + (numbers == value).sum() / 2) / 6)


def test_a_value_among_many_lies_where_it_does_in_the_sample():
    draws = np.exp(np.random.default_rng(5).normal(size=20_000))
    histogram = counted(LogBuckets.around(1.0), draws)
    for value in (0.05, 0.5, 1.0, 3.0, 20.0):
        within = np.mean((draws > value * 0.999) & (draws < value * 1.001))
        assert histogram.rank(value) == pytest.approx(np.mean(draws < value), abs=within + 1e-12)


def test_beyond_the_extremes_all_or_none_lie_below():
    histogram = counted(LogBuckets.around(1.0), [1.0, 1.0002, 1.0004])
    assert [histogram.rank(value) for value in (0.9999, 1.00041)] == [0.0, 1.0]


def test_where_all_are_the_same_that_value_lies_in_the_middle():
    histogram = counted(LogBuckets.around(7.0), [7.0] * 5)
    assert [histogram.rank(value) for value in (6.9999999, 7.0, 7.0000001)] == [0.0, 0.5, 1.0]


def test_infinite_values_lie_beyond_every_other():
    histogram = counted(LogBuckets.around(1.0), [-np.inf, 1.0, 2.0, np.inf])
    assert [histogram.rank(value) for value in (0.5, 3.0)] == [0.25, 0.75]
    assert np.isnan(counted(WholeBuckets(), []).rank(1.0))
