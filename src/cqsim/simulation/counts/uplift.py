"""How many paths hit under each yearly uplift, counted from where their intervals start and end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cqsim.arrays import Array
from cqsim.simulation.counts.histogram import MOST, Histogram, LinearBuckets
from cqsim.targets.uplifts import Intervals

# An uplift is a log growth a year: buckets of 0.006 percentage points.
_WIDTH = 2.0**-14


@dataclass
class Coverage:
    """How many paths hit under each uplift.

    Parameters
    ----------
    starts, ends : Histogram or None
        None where every path's interval reaches to infinity.
    """

    starts: Histogram | None
    ends: Histogram | None

    @classmethod
    def of(cls, uplifts: Intervals, most: int = MOST) -> Coverage:
        """The coverage of one block, in at most so many buckets."""
        return cls(_counted(uplifts.starts, most), _counted(uplifts.ends, most))

    def merge(self, other: Coverage) -> None:
        """Add another block's coverage of the same target."""
        for own, more in ((self.starts, other.starts), (self.ends, other.ends)):
            if own is not None and more is not None:
                own.merge(more)

    def needed(self, probability: float, paths: int) -> float | None:
        """The uplift nearest to none under which the target is hit with this probability; None when none does."""
        if self.starts is not None and self.ends is not None:
            return self._nearest(probability, paths)
        if self.starts is not None:
            uplift = self.starts.quantile(probability)
        else:
            uplift = self.ends.quantile(1 - probability) if self.ends is not None else 0.0
        return uplift if np.isfinite(uplift) else None

    def best(self, paths: int) -> tuple[float, float] | None:
        """The uplift with the highest probability, the nearest to none of several, and that probability."""
        uplifts, probabilities = self._curve(paths)
        if not len(uplifts):
            return None
        top = uplifts[probabilities >= probabilities.max() - 0.5 / paths]
        return float(top[np.argmin(np.abs(top))]), float(min(probabilities.max(), 1.0))

    def _nearest(self, probability: float, paths: int) -> float | None:
        uplifts, probabilities = self._curve(paths)
        enough = uplifts[probabilities >= probability]
        return float(enough[np.argmin(np.abs(enough))]) if len(enough) else None

    def _curve(self, paths: int) -> tuple[Array, Array]:
        """Uplifts at all bucket edges, and the probability under each."""
        histograms = [edge for edge in (self.starts, self.ends) if edge is not None and len(edge.counts)]
        if not histograms:
            return np.empty(0), np.empty(0)
        uplifts = np.unique(np.concatenate([histogram.edges() for histogram in histograms]))
        begun = self.starts.count_below(uplifts) if self.starts else np.full(len(uplifts), float(paths))
        over = self.ends.count_below(uplifts) if self.ends else np.zeros(len(uplifts))
        return uplifts, (begun - over) / paths


def _counted(values: Array | None, most: int) -> Histogram | None:
    if values is None:
        return None
    histogram = Histogram(LinearBuckets(_WIDTH), most)
    histogram.add(values[~np.isnan(values)])
    return histogram
