"""The answers for all targets together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from cqsim.answers.target.required import PROBABILITIES
from cqsim.simulation.counts.precision import wilson
from cqsim.simulation.counts.tally import Tally

_FREQUENT = 20  # combinations in the JSON document


@dataclass(frozen=True)
class JointAnswer:
    """What is said of all targets together.

    Parameters
    ----------
    all : float
        Share of paths that hit every target.
    interval : tuple of float
        Its 95 % Monte Carlo interval.
    at_least : dict of int to float
        Share of paths that hit at least so many.
    expected_hits : float
    combinations : tuple of (tuple of bool, float) or None
        Which targets are hit on the same path, one flag a target, and the share of paths on which just these are; the
        most frequent first. None for more than 12 targets.
    for_probability : dict of float to float or None
        Extra growth a year, each target's own, that makes hitting all of them this likely; targets to stay below are
        slowed by as much.
    """

    all: float
    interval: tuple[float, float]
    at_least: dict[int, float]
    expected_hits: float
    combinations: tuple[tuple[tuple[bool, ...], float], ...] | None
    for_probability: dict[float, float | None]

    def to_dict(self) -> dict[str, Any]:
        """The joint answers as they stand in the JSON document."""
        return {
            "all": self.all,
            "interval": list(self.interval),
            "at_least": {str(count): share for count, share in self.at_least.items()},
            "expected_hits": self.expected_hits,
            "combinations": self._frequent(),
            "for_probability": {f"{key:g}": value for key, value in self.for_probability.items()},
        }

    def _frequent(self) -> list[dict[str, Any]] | None:
        """The most frequent combinations, by the places of the targets that are hit."""
        if self.combinations is None:
            return None
        return [
            {"hit": [number for number, is_hit in enumerate(hits) if is_hit], "share": share}
            for hits, share in self.combinations[:_FREQUENT]
        ]


def joint(tally: Tally) -> JointAnswer:
    """The answers for all targets together."""
    counts, paths = tally.hits_at_once, tally.paths
    ranked = None if tally.combinations is None else tally.combinations.ranked()
    uplifts = {
        chance: tally.joint_uplift.needed(chance, paths) if tally.joint_uplift else None for chance in PROBABILITIES
    }
    return JointAnswer(
        all=int(counts[-1]) / paths,
        interval=wilson(int(counts[-1]), paths),
        at_least={count: int(counts[count:].sum()) / paths for count in range(1, len(counts))},
        combinations=None if ranked is None else tuple((hits, count / paths) for hits, count in ranked),
        expected_hits=sum(count * int(found) for count, found in enumerate(counts)) / paths,
        for_probability={chance: None if uplift is None else math.expm1(uplift) for chance, uplift in uplifts.items()},
    )
