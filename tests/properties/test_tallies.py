"""Tallies and histograms against the samples that they count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cqsim
from cqsim.simulation.block import Workspace, bytes_per_path, central, paths_at_once
from cqsim.simulation.counts.histogram import Histogram, LogBuckets
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.building import plan

GENTLE = settings(derandomize=True, deadline=None, max_examples=60)
SHARES = (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999)
SAMPLES = {
    "lognormal": lambda draw, size: np.exp(1 + 0.4 * draw.standard_normal(size)),
    "wide lognormal": lambda draw, size: np.exp(3 * draw.standard_normal(size)),
    "normal around zero": lambda draw, size: 5 * draw.standard_normal(size),
    "negative": lambda draw, size: -np.exp(0.2 * draw.standard_normal(size)) * 1e6,
    "with atoms": lambda draw, size: np.where(draw.random(size) < 0.4, 100.0, draw.choice([0.0, -3.0, 250.0], size)),
    "half atom": lambda draw, size: np.maximum(draw.standard_normal(size), 0.0),
    "small": lambda draw, size: 1e-12 * (1 + 0.1 * draw.standard_normal(size)),
}


def counts(histogram):
    """The integers of a histogram, without the zeros at its ends."""
    kept = np.flatnonzero(histogram.counts)
    first = histogram.first + int(kept[0]) if len(kept) else 0
    inside = histogram.counts[kept[0] : kept[-1] + 1].tolist() if len(kept) else []
    return first, inside, histogram.below, histogram.above, histogram.low, histogram.high


def integers(tally):
    """All that a tally counts in whole numbers."""
    coverages = [one for one in (*tally.uplifts, tally.joint_uplift) if one is not None]
    return (
        tally.paths,
        tally.hits.tolist(),
        tally.hits_at_once.tolist(),
        [one.tolist() for one in tally.first_hits],
        tally.undefined.tolist(),
        {key: counts(one) for key, one in tally.values.items()},
        [counts(one) for found in coverages for one in (found.starts, found.ends) if one is not None],
    )


@settings(derandomize=True, deadline=None, max_examples=10)
@given(
    cuts=st.lists(st.integers(1, 2999), min_size=1, max_size=6, unique=True), order=st.randoms(use_true_random=False)
)
def test_a_tally_merged_from_pieces_is_the_tally_of_all(cuts, order, district):
    prepared = plan(cqsim.Scenario(**district()))
    middle = central(prepared)
    levels = Workspace(prepared, 3000).draw(RandomSampler(3), 0)
    whole = Tally(prepared, middle)
    whole.fold(levels)
    pieces = []
    for piece in np.split(levels, sorted(cuts), axis=2):
        pieces.append(Tally(prepared, middle))
        pieces[-1].fold(np.ascontiguousarray(piece))
    order.shuffle(pieces)
    merged = Tally(prepared, middle)
    for piece in pieces:
        merged.merge(piece)
    assert integers(merged) == integers(whole)
    for key in whole.values:
        assert merged.mean(*key) == pytest.approx(whole.mean(*key), rel=1e-12)
        assert merged.sd(*key) == pytest.approx(whole.sd(*key), rel=1e-9, abs=1e-12)


@GENTLE
@given(
    kind=st.sampled_from(sorted(SAMPLES)),
    size=st.integers(1, 4000),
    seed=st.integers(0, 10**6),
    share=st.floats(0, 1) | st.sampled_from(SHARES),
)
def test_a_quantile_is_within_a_bucket_of_the_sample_quantile(kind, size, seed, share):
    sample = np.sort(SAMPLES[kind](np.random.default_rng(seed), size))
    histogram = Histogram(LogBuckets.around(float(np.median(sample))))
    histogram.add(sample.copy())
    found = histogram.quantile(share)
    # Any value from the order statistic below the rank to the one above is a sample quantile.
    low = sample[max(int(np.floor(share * size - 1e-9)) - 1, 0)]
    high = sample[min(int(np.ceil(share * size + 1e-9)) - 1, size - 1)]
    tiny = histogram.buckets.tiny
    assert low - abs(low) * 2**-10 - tiny <= found <= high + abs(high) * 2**-10 + tiny


@GENTLE
@given(kind=st.sampled_from(sorted(SAMPLES)), size=st.integers(1, 500), shares=st.lists(st.floats(0, 1), min_size=2))
def test_quantiles_rise_with_the_share(kind, size, shares):
    histogram = Histogram(LogBuckets.around(1.0))
    histogram.add(SAMPLES[kind](np.random.default_rng(size), size))
    found = [histogram.quantile(share) for share in sorted(shares)]
    assert found == sorted(found)


@GENTLE
@given(value=st.floats(-1e12, 1e12), size=st.integers(1, 100), share=st.floats(0, 1))
def test_quantiles_of_a_constant_are_the_constant(value, size, share):
    histogram = Histogram(LogBuckets.around(value))
    histogram.add(np.full(size, value))
    assert histogram.quantile(share) == value


@GENTLE
@given(kind=st.sampled_from(sorted(SAMPLES)), size=st.integers(1, 2000), cut=st.floats(0, 1))
def test_histograms_merge_in_any_order(kind, size, cut):
    sample = SAMPLES[kind](np.random.default_rng(size), size)
    whole, first, second = (Histogram(LogBuckets.around(1.0)) for _ in range(3))
    whole.add(sample.copy())
    first.add(sample[: int(cut * size)].copy())
    second.add(sample[int(cut * size) :].copy())
    second.merge(first)
    assert counts(second) == counts(whole)


def test_infinite_values_are_counted_at_the_ends():
    histogram = Histogram(LogBuckets.around(1.0))
    histogram.add(np.array([-np.inf, -np.inf, 1.0, 2.0, np.inf]))
    assert histogram.total == 5
    assert [histogram.quantile(share) for share in (0.2, 0.4, 1.0)] == [-np.inf, -np.inf, np.inf]
    assert histogram.quantile(0.6) == pytest.approx(1.0, rel=2**-10)


@settings(max_examples=40)
@given(kind=st.sampled_from(sorted(SAMPLES)), size=st.integers(1, 800), most=st.integers(64, 600), order=st.randoms())
def test_joining_buckets_depends_on_the_values_alone_and_keeps_quantiles_near(kind, size, most, order):
    sample = SAMPLES[kind](np.random.default_rng(size), size)
    pieces = [list(piece) for piece in np.array_split(sample, 5)]
    at_once, in_parts = (Histogram(LogBuckets.around(1.0), most) for _ in range(2))
    at_once.add(sample.copy())
    order.shuffle(pieces)
    for piece in pieces:
        part = Histogram(LogBuckets.around(1.0), most)
        part.add(np.array(piece))
        in_parts.merge(part)
    assert (in_parts.joined, in_parts.first) == (at_once.joined, at_once.first)
    assert np.array_equal(in_parts.counts, at_once.counts)
    assert len(at_once.counts) <= most
    assert at_once.counts.sum() == size
    edges = at_once.edges()
    assert (np.diff(edges) > 0).all()
    assert edges[0] <= sample.min() <= sample.max() <= edges[-1]


def test_a_plan_of_any_size_is_drawn_in_pieces_that_fit_the_memory():
    grown = {"model": "compound", "rate": "3%", "volatility": "5%", "evidence": "assumed"}
    block = {"baseline": {"value": 100, "evidence": "assumed"}, "growth": grown}
    for count, years in ((1, 5), (20, 100), (1150, 100)):
        indicators = {f"x{number}": block for number in range(count)}
        indicators["x0"] = {**block, "targets": [{"at_least": 150, "year": 2020 + years}]}
        large = plan(cqsim.Scenario(years={"baseline": 2020, "end": 2020 + years}, indicators=indicators))
        assert paths_at_once(large) >= 64
        assert paths_at_once(large) * bytes_per_path(large) + 2 * Tally.bytes(large) < 600 * 2**20
