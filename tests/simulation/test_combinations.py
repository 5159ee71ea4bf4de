"""Combinations of hits are counted, whatever the order and the parts."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from cqsim.simulation.counts.combinations import Combinations


@given(arrays.arrays(bool, st.tuples(st.integers(1, 6), st.integers(1, 60))), st.data())
def test_counts_are_those_of_the_columns_and_do_not_hang_on_parts(flags, data):
    cut = data.draw(st.integers(0, flags.shape[1]))
    found, further = Combinations(len(flags)), Combinations(len(flags))
    found.fold(flags[:, cut:])
    further.fold(flags[:, :cut])
    found.merge(further)
    ranked = found.ranked()
    assert dict(ranked) == Counter(tuple(column) for column in flags.T.tolist())
    counts = [count for _, count in ranked]
    assert counts == sorted(counts, reverse=True)
    assert np.sum(counts) == flags.shape[1]
