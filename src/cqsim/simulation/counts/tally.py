"""The tally: everything that answers need, counted block by block; it does not grow with the number of paths."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array, Flags, Shaped
from cqsim.simulation.counts.combinations import MOST_TARGETS, Combinations
from cqsim.simulation.counts.histogram import MOST, Buckets, Histogram, LogBuckets, WholeBuckets
from cqsim.simulation.counts.shortfall import Shortfall
from cqsim.simulation.counts.uplift import Coverage
from cqsim.simulation.plan.plan import IndicatorPlan, Plan
from cqsim.targets.uplifts import Intervals, directions, intervals, jointly
from cqsim.targets.when import last_step, score

_MEMORY = 64 * 2**20  # bytes of the histograms of all levels, and of those of all uplifts
_FEWEST = 64  # buckets of one histogram


def _buckets_each(histograms: int) -> int:
    """Buckets of each of so many histograms: only large plans get fewer than they need."""
    return min(max(_MEMORY // (8 * max(histograms, 1)), _FEWEST), MOST)


def _cells(plan: Plan) -> int:
    return sum(plan.steps + 1 - indicator.start for indicator in plan.indicators)


class Tally:
    """Counts over some blocks; tallies of the same plan merge.

    Parameters
    ----------
    plan : Plan
    central : ndarray, shape (series, steps + 1)
        Levels of the central path, about which moments and histograms are centred.

    Attributes
    ----------
    paths : int
    hits : ndarray of int, shape (targets,)
    hits_at_once : ndarray of int, shape (targets + 1,)
        Paths that hit none, one, ... all of the targets.
    combinations : Combinations or None
        Which targets are hit on the same path; not counted for many.
    first_hits : list of ndarray of int
        Per target; see `cqsim.targets.when.score`.
    undefined : ndarray of int, shape (series, steps + 1)
        Paths without a finite value.
    """

    def __init__(self, plan: Plan, central: Shaped[Array, "series rows"]) -> None:
        self.plan = plan
        self.central = central
        self._centre = np.where(np.isfinite(central), central, 0.0)
        self._most, self._most_uplifts = _buckets_each(_cells(plan)), _buckets_each(2 * len(plan.targets))
        targets = plan.targets
        self.paths = 0
        self.hits = np.zeros(len(targets), np.int64)
        self.hits_at_once = np.zeros(len(targets) + 1, np.int64)
        self.combinations = Combinations(len(targets)) if len(targets) <= MOST_TARGETS else None
        self.first_hits = [
            np.zeros(last_step(target.goal, plan.steps - plan.indicators[target.indicator].start) + 1, np.int64)
            for target in targets
        ]
        self.undefined = np.zeros(central.shape, np.int64)
        self.values = {
            (number, step): Histogram(_buckets(indicator, float(central[number, step])), self._most)
            for number, indicator in enumerate(plan.indicators)
            for step in range(indicator.start, plan.steps + 1)
        }
        self.uplifts: list[Coverage | None] = [None] * len(targets)
        self.joint_uplift: Coverage | None = None
        self._ways = directions([(target.indicator, target.goal.sense) for target in targets])
        self.shortfalls = {
            number: Shortfall(len(target.parts)) for number, target in enumerate(targets) if target.parts
        }
        self._sums = np.zeros((2, *central.shape))

    @staticmethod
    def bytes(plan: Plan) -> int:
        """About how much memory a tally takes, when levels and uplifts spread as they usually do."""
        return sum(
            histograms * (8 * min(_buckets_each(histograms), 4096) + 500)
            for histograms in (_cells(plan), 2 * len(plan.targets))
        )

    def fold(self, levels: Shaped[Array, "series rows paths"]) -> Shaped[Flags, "targets paths"]:
        """Count one block.

        Parameters
        ----------
        levels : ndarray, shape (series, steps + 1, paths)

        Returns
        -------
        ndarray of bool, shape (targets, paths)
            Which targets each path hits.
        """
        with np.errstate(over="ignore"):  # the square of a very large level
            return self._fold(levels)

    def _fold(self, levels: Shaped[Array, "series rows paths"]) -> Shaped[Flags, "targets paths"]:
        self.paths += levels.shape[2]
        for (number, step), histogram in self.values.items():
            self._count(histogram, number, step, levels[number, step])
        uplifts = []
        flags = np.zeros((len(self.plan.targets), levels.shape[2]), bool)
        for number, target in enumerate(self.plan.targets):
            own = levels[target.indicator, self.plan.indicators[target.indicator].start :]
            flags[number], first_hits = score(target.goal, own)
            self.hits[number] += np.count_nonzero(flags[number])
            if target.parts:
                self._fall_short(number, levels, flags[number])
            self.first_hits[number] += first_hits
            uplifts.append(intervals(target.goal, own))
            self.uplifts[number] = _merged(self.uplifts[number], self._coverage(uplifts[-1]))
        self.hits_at_once += np.bincount(flags.sum(axis=0), minlength=len(self.hits_at_once))
        if self.combinations is not None:
            self.combinations.fold(flags)
        self.joint_uplift = _merged(self.joint_uplift, self._coverage(jointly(uplifts, self._ways)))
        return flags

    def _coverage(self, uplifts: Intervals | None) -> Coverage | None:
        return None if uplifts is None else Coverage.of(uplifts, self._most_uplifts)

    def _fall_short(self, number: int, levels: Array, hit: Flags) -> None:
        target = self.plan.targets[number]
        goal, start = target.goal, self.plan.indicators[target.indicator].start
        before, after = (
            np.array([levels[part.indicator, step] * part.factor for part in target.parts])
            for step in (start, self.plan.due(target))
        )
        bound = goal.bounds[0] * levels[target.indicator, start] if goal.relative else goal.bounds[0]
        self.shortfalls[number].fold(hit, bound, before, after)

    def _count(self, histogram: Histogram, number: int, step: int, values: Array) -> None:
        away = values - self._centre[number, step]
        total = away.sum()
        if not np.isfinite(total):
            finite = np.isfinite(values)
            self.undefined[number, step] += len(values) - np.count_nonzero(finite)
            values, away = values[finite], away[finite]
            total = away.sum()
        histogram.add(values)
        self._sums[0, number, step] += total
        self._sums[1, number, step] += np.square(away, out=away).sum()

    def merge(self, other: Tally) -> None:
        """Add another tally of the same plan; the order of merging decides the last digits of the moments."""
        self.paths += other.paths
        self.hits += other.hits
        self.hits_at_once += other.hits_at_once
        if self.combinations is not None and other.combinations is not None:
            self.combinations.merge(other.combinations)
        self.undefined += other.undefined
        self._sums += other._sums
        for number, counts in enumerate(other.first_hits):
            self.first_hits[number] += counts
        for key, histogram in self.values.items():
            histogram.merge(other.values[key])
        self.uplifts = [_merged(own, more) for own, more in zip(self.uplifts, other.uplifts, strict=True)]
        self.joint_uplift = _merged(self.joint_uplift, other.joint_uplift)
        for number, shortfall in self.shortfalls.items():
            shortfall.merge(other.shortfalls[number])

    def mean(self, indicator: int, step: int) -> float:
        """Mean level over the paths that have one."""
        count = max(self.values[indicator, step].total, 1)
        return float(self._centre[indicator, step] + self._sums[0, indicator, step] / count)

    def sd(self, indicator: int, step: int) -> float:
        """Standard deviation of the level over the paths that have one; NaN where squares are beyond floats."""
        count = max(self.values[indicator, step].total, 1)
        with np.errstate(over="ignore", invalid="ignore"):
            first, second = self._sums[:, indicator, step] / count
            return float(np.sqrt(np.maximum(second - first**2, 0.0)))


def _buckets(indicator: IndicatorPlan, reference: float) -> Buckets:
    return WholeBuckets() if indicator.is_whole else LogBuckets.around(reference)


def _merged(own: Coverage | None, more: Coverage | None) -> Coverage | None:
    if own is not None and more is not None:
        own.merge(more)
        return own
    return more if own is None else own
