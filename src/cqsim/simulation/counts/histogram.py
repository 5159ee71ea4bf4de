"""Integer histograms: quantiles of any number of draws in fixed memory, the same for any order of adding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from cqsim.arrays import Array, Counts, Shaped

MOST = 2**17
"""Buckets that one histogram keeps apart."""


class Buckets(Protocol):
    """How values become integer keys, in order, and keys become the lower edges of their buckets."""

    def keys(self, values: Shaped[Array, "*shape"]) -> Shaped[Counts, "*shape"]:
        """Counts of finite values, same shape."""
        ...

    def edges(self, keys: Shaped[Counts, "*shape"]) -> Shaped[Array, "*shape"]:
        """Lower edges, same shape."""
        ...


@dataclass(frozen=True)
class LinearBuckets:
    """Buckets of one width.

    >>> LinearBuckets(0.5).keys(np.array([-0.1, 0.0, 0.7])).tolist()
    [-1, 0, 1]
    """

    width: float

    def keys(self, values: Shaped[Array, "*shape"]) -> Shaped[Counts, "*shape"]:
        """Counts of finite values, same shape."""
        return np.floor(values / self.width).astype(np.int64)

    def edges(self, keys: Shaped[Counts, "*shape"]) -> Shaped[Array, "*shape"]:
        """Lower edges, same shape."""
        return np.multiply(keys, self.width)


@dataclass(frozen=True)
class WholeBuckets:
    """One bucket for every whole number: quantiles are whole numbers too.

    >>> WholeBuckets().keys(np.array([3.0, -1.0])).tolist()
    [3, -1]
    """

    def keys(self, values: Shaped[Array, "*shape"]) -> Shaped[Counts, "*shape"]:
        """The numbers themselves."""
        return np.rint(values).astype(np.int64)

    def edges(self, keys: Shaped[Counts, "*shape"]) -> Shaped[Array, "*shape"]:
        """The numbers themselves: nothing lies inside a bucket."""
        return keys.astype(np.float64)


@dataclass(frozen=True)
class LogBuckets:
    """Buckets whose width is 2**-10 of the power of two below them: at most 0.1 % of the value.

    A key is the upper part of the 64-bit pattern of a double, which rises with its value; that of a negative value is
    mirrored. Values within `tiny` of zero share one bucket.

    Parameters
    ----------
    tiny : float
        A power of two, far below the values that matter.
    """

    tiny: float
    _shift = 52 - 10

    @classmethod
    def around(cls, reference: float) -> LogBuckets:
        """Buckets for values of about this size: those below a billionth of it count as zero."""
        size = abs(reference) if np.isfinite(reference) and reference else 1.0
        return cls(float(2.0 ** np.floor(np.log2(size) - 30)))

    @property
    def _origin(self) -> int:
        return int(np.float64(self.tiny).view(np.int64)) >> self._shift

    def keys(self, values: Shaped[Array, "*shape"]) -> Shaped[Counts, "*shape"]:
        """Counts of finite values, same shape; 0 is the bucket around zero."""
        keys = np.abs(values).view(np.int64)
        keys >>= self._shift
        keys -= self._origin - 1
        np.maximum(keys, 0, out=keys)
        if values.min(initial=0.0) < 0:
            np.negative(keys, out=keys, where=values < 0)
        return keys

    def edges(self, keys: Shaped[Counts, "*shape"]) -> Shaped[Array, "*shape"]:
        """Lower edges, same shape (for negative keys, the edge further from zero)."""
        # The bucket of key k > 0 reaches from edge(k) up to edge(k + 1); that of -k from -edge(k + 1) up to -edge(k).
        size = np.where(keys > 0, keys, 1 - keys)
        edge = ((size + self._origin - 1) << self._shift).view(np.float64)
        return np.where(keys > 0, edge, np.where(keys == 0, -self.tiny, -edge))


@dataclass(slots=True)
class Histogram:
    """Counts by key, with the exact lowest and highest value; infinite values are counted apart.

    Parameters
    ----------
    buckets : Buckets
    most : int
        Buckets that are kept apart. When values spread over more, neighbours are joined two by two until they are few
        enough: how often depends on the extremes alone, not on the order of adding.

    Examples
    --------
    >>> histogram = Histogram(LinearBuckets(0.01))
    >>> histogram.add(np.linspace(0, 1, 1001))
    >>> abs(histogram.quantile(0.5) - 0.5) < 0.01
    True
    """

    buckets: Buckets
    most: int = MOST
    joined: int = 0
    first: int = 0
    counts: Counts = field(default_factory=lambda: np.zeros(0, np.int64))
    below: int = 0
    above: int = 0
    low: float = np.inf
    high: float = -np.inf

    @property
    def total(self) -> int:
        """How many values were added."""
        return int(self.counts.sum()) + self.below + self.above

    def add(self, values: Shaped[Array, " values"]) -> None:
        """Count values, shape (n,); NaN is the caller's to leave out."""
        low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
        if np.isinf(low) or np.isinf(high):
            self.below += int(np.count_nonzero(values == -np.inf))
            self.above += int(np.count_nonzero(values == np.inf))
            values = values[np.isfinite(values)]
            low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
        if len(values):
            keys = self.buckets.keys(values)
            first = int(keys.min())
            while (int(keys.max()) >> self.joined) - (first >> self.joined) >= self.most and self._can_join:
                self._join()
            keys >>= self.joined
            keys -= first >> self.joined
            self._count(first >> self.joined, np.bincount(keys), low, high)

    @property
    def _can_join(self) -> bool:
        return not isinstance(self.buckets, WholeBuckets)

    def _join(self) -> None:
        """Join neighbouring buckets two by two."""
        if len(self.counts):
            before = self.first % 2
            padded = np.zeros(before + len(self.counts) + (before + len(self.counts)) % 2, np.int64)
            padded[before : before + len(self.counts)] = self.counts
            self.counts = padded.reshape(-1, 2).sum(axis=1)
        self.first >>= 1
        self.joined += 1

    def merge(self, other: Histogram) -> None:
        """Count what another histogram with the same buckets counted."""
        while self.joined < other.joined:
            self._join()
        if other.joined < self.joined:
            other = replace(other, counts=other.counts.copy())
            while other.joined < self.joined:
                other._join()
        self._count(other.first, other.counts, other.low, other.high)
        self.below += other.below
        self.above += other.above

    def _count(self, first: int, counts: Counts, low: float, high: float) -> None:
        if not len(counts):
            return
        if not len(self.counts):
            self.first = first
        start, end = min(first, self.first), max(first + len(counts), self.first + len(self.counts))
        if end - start > len(self.counts):
            grown = np.zeros(end - start, np.int64)
            grown[self.first - start : self.first - start + len(self.counts)] = self.counts
            self.first, self.counts = start, grown
        self.counts[first - self.first : first - self.first + len(counts)] += counts
        self.low, self.high = min(self.low, float(low)), max(self.high, float(high))
        while len(self.counts) > self.most and self._can_join:
            self._join()

    def quantile(self, probability: float) -> float:
        """The value below which this share lies; see `quantiles`."""
        return self.quantiles((probability,))[0]

    def quantiles(self, probabilities: Sequence[float]) -> list[float]:
        """The values below which these shares lie, linear inside a bucket and never beyond the exact extremes.

        NaN when nothing was counted. They differ from exact sample quantiles by at most the width of one bucket.
        """
        total = self.total
        if not total:
            return [np.nan] * len(probabilities)
        ranks, risen = np.asarray(probabilities) * total, self.below + np.cumsum(self.counts)
        places = np.searchsorted(risen, ranks)
        values = np.full(len(ranks), np.inf if self.above else self.high)
        inside = places < len(risen)
        values[inside] = self._inside(places[inside], ranks[inside], risen)
        if self.below:
            values[ranks <= self.below] = -np.inf
        return [float(value) for value in values]

    def _inside(self, places: Counts, ranks: Array, risen: Counts) -> Array:
        """Values at ranks in some buckets, given how many values there are up to the end of each bucket."""
        if isinstance(self.buckets, WholeBuckets):
            return (self.first + places).astype(np.float64)
        share = 1 - (risen[places] - ranks) / np.maximum(self.counts[places], 1)
        low, high = self._edges(self.first + places), self._edges(self.first + places + 1)
        return np.clip(low + share * (high - low), self.low, self.high)

    def count_below(self, values: Shaped[Array, "*shape"]) -> Shaped[Array, "*shape"]:
        """How many of the counted values lie below each of `values`, linear inside a bucket; shape of `values`."""
        edges = self.edges()
        risen = self.below + np.concatenate([[0], np.cumsum(self.counts)])
        return np.interp(values, edges, risen) if len(self.counts) else np.full(np.shape(values), float(self.below))

    def rank(self, value: float) -> float:
        """The share of the counted values that lies below a value, and half of those that equal it.

        Ties are told for whole numbers, and where all counted values are the same. NaN when nothing was counted.
        """
        if not self.total:
            return np.nan
        if isinstance(self.buckets, WholeBuckets):
            # From what lies below the equal ones to what lies below the next number.
            return float(self.count_below(np.array([np.ceil(value), np.floor(value) + 1])).mean() / self.total)
        if self.low < value < self.high:
            return float(self.count_below(np.array([value]))[0] / self.total)
        finite = int(self.counts.sum()) * ((value > self.low) + (value >= self.high)) / 2
        return float((self.below + finite) / self.total)

    def edges(self) -> Array:
        """Edges of all buckets in use, one more than there are buckets."""
        return self._edges(np.arange(self.first, self.first + len(self.counts) + 1))

    def _edges(self, keys: Counts) -> Array:
        return self.buckets.edges(keys << self.joined)
