"""Streams of standard normal values, by name."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.special import ndtri

from cqsim.simulation.draws.sampling import MedianSampler, RandomSampler
from cqsim.simulation.plan.stream import Owner, Stream

# Each statistic is within 6 standard errors: by chance one of the 90 is not once in five million runs.
SIGMAS = 6


OTHERS = [
    *({"seed": 1}, {"block": 1}, {"indicator": "spend"}, {"part": "rate"}, {"place": "Fengjie"}, {"kind": "event"}),
]


def stream(indicator="visitors", part="noise", place="", kind="indicator"):
    return Stream(Owner(kind, indicator), part, 4, place=place)


def draws(seed=0, block=0, shape=(4, 5000), **names):
    out = np.full(shape, np.nan)
    RandomSampler(seed).normals(block, stream(**names), out)
    return out


def test_the_same_names_give_the_same_draws():
    assert np.array_equal(draws(3, 2), draws(3, 2))


@pytest.mark.parametrize(
    "change",
    OTHERS,
)
def test_another_seed_block_owner_part_or_place_gives_other_draws(change):
    other = draws(**change)
    assert not np.isin(draws().ravel(), other.ravel()).any()
    correlation = np.corrcoef(draws().ravel(), other.ravel())[0, 1]
    assert abs(correlation) < SIGMAS / np.sqrt(other.size)


def test_keys_are_the_same_in_every_version_and_differ_between_streams():
    assert stream().key == (2716482187, 2758508699)
    names = list(product(["a", "b", "ab", "游客", ""], ["noise", "rate", "baseline", "a", "b"], ["", "a", "b", "ab"]))
    assert len({stream(*name).key for name in names}) == len(names)
    assert stream("ab", "c").key != stream("a", "bc").key


def test_draws_are_standard_normal():
    z = draws(7, shape=(4, 50_000)).ravel()
    n = len(z)
    assert np.isfinite(z).all()
    assert abs(z.mean()) < SIGMAS / np.sqrt(n)
    assert abs(z.var() - 1) < SIGMAS * np.sqrt(2 / n)
    for share in np.linspace(0.05, 0.95, 19):
        assert abs(np.mean(z < ndtri(share)) - share) < SIGMAS * np.sqrt(share * (1 - share) / n)


def test_rows_and_blocks_are_not_correlated():
    rows = np.vstack([draws(11, block, shape=(4, 20_000)) for block in range(3)])
    for first, second in combinations(range(len(rows)), 2):
        assert abs(np.corrcoef(rows[first], rows[second])[0, 1]) < SIGMAS / np.sqrt(20_000)


def test_the_median_sampler_draws_nothing_but_zeros():
    out = np.full((2, 3), np.nan)
    MedianSampler().normals(5, stream(), out)
    assert (out == 0).all()


def test_the_rows_of_a_stream_share_no_draws():
    z = draws(5, shape=(4, 20_000))
    assert len(np.unique(z)) == z.size
    assert np.abs(np.corrcoef(z) - np.eye(4)).max() < SIGMAS / np.sqrt(z.shape[1])


def test_more_rows_and_more_paths_leave_the_first_as_they_are():
    few, many = (np.empty(shape) for shape in ((4, 1000), (9, 3000)))
    RandomSampler(1).normals(0, stream(), few)
    RandomSampler(1).normals(0, Stream(Owner("indicator", "visitors"), "noise", 9), many)
    assert np.array_equal(few, many[:4, :1000])


def test_pieces_follow_one_another():
    whole, sampler = draws(2, 3, shape=(4, 700)), RandomSampler(2).piecewise(3)
    pieces = [np.empty((4, width)) for width in (1, 250, 449)]
    for piece in pieces:
        sampler.normals(3, stream(), piece)
    assert np.array_equal(np.concatenate(pieces, axis=1), whole)
