"""The answers for all targets together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cqsim.answers.plain import range_dict, range_of
from cqsim.answers.target.required import PROBABILITIES
from cqsim.simulation.counts.estimate import Estimate
from cqsim.simulation.counts.tally import Tally

if TYPE_CHECKING:
    from cqsim.answers.answering import Spread

_FREQUENT = 32  # combinations that are kept

Combination = tuple[tuple[bool, ...], float]


@dataclass(frozen=True)
class JointAnswer:
    """What is said of all targets together.

    Parameters
    ----------
    estimate : Estimate
        Probability of hitting every target.
    range : tuple of float or None
        10 and 90 % quantiles of it over what is not known, equal where nothing is open; None where that was not
        worked out.
    at_least_estimates : dict of int to Estimate
        Probability of hitting at least so many.
    expected_hits : float
    combinations : tuple of (tuple of bool, float) or None
        Which targets are hit on the same path, one flag a target, and the share of paths on which just these are; the
        32 most frequent. None for more than 12 targets.
    for_probability : dict of float to float or None
        Extra growth a year that makes hitting all of them this likely: of every indicator with a target to be reached;
        those that only have targets to stay below are slowed by as much. None when no extra growth does; empty when a
        target is on a growth rate, which has no growth of its own.
    best : tuple of float or None
        Where one of these is None: the highest probability that extra growth can reach, and that growth.
    """

    estimate: Estimate
    range: tuple[float, float] | None
    at_least_estimates: dict[int, Estimate]
    expected_hits: float
    combinations: tuple[Combination, ...] | None
    for_probability: dict[float, float | None]
    best: tuple[float, float] | None = None

    @property
    def all(self) -> float:
        """Probability of hitting every target."""
        return self.estimate.value

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % Monte Carlo interval."""
        return self.estimate.interval

    @property
    def at_least(self) -> dict[int, float]:
        """Probability of hitting at least so many."""
        return {count: estimate.value for count, estimate in self.at_least_estimates.items()}

    def to_dict(self) -> dict[str, Any]:
        """The joint answers as they stand in the JSON document."""
        return {
            "all": self.all,
            "interval": list(self.interval),
            "at_least": {str(count): probability for count, probability in self.at_least.items()},
            "expected_hits": self.expected_hits,
            "combinations": None
            if self.combinations is None
            else [
                {"hit": [number for number, is_hit in enumerate(hits) if is_hit], "share": share}
                for hits, share in self.combinations
            ],
            "for_probability": {f"{key:g}": value for key, value in self.for_probability.items()},
            **range_dict(self.range),
            "method": self.estimate.method,
            "at_least_interval": {
                str(count): list(estimate.interval) for count, estimate in self.at_least_estimates.items()
            },
            **({} if self.best is None else {"best": {"probability": self.best[0], "growth": self.best[1]}}),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any], targets: int) -> JointAnswer:
        """What `to_dict` wrote of so many targets."""
        combinations = data["combinations"]
        return cls(
            Estimate.from_parts(data["all"], data["interval"], data["method"]),
            range_of(data),
            {
                int(count): Estimate.from_parts(value, data["at_least_interval"][count], data["method"])
                for count, value in data["at_least"].items()
            },
            data["expected_hits"],
            None
            if combinations is None
            else tuple(
                (tuple(number in row["hit"] for number in range(targets)), row["share"]) for row in combinations
            ),
            {float(key): value for key, value in data["for_probability"].items()},
            (data["best"]["probability"], data["best"]["growth"]) if "best" in data else None,
        )


def joint(tally: Tally, spread: Spread | None, has_growth: bool) -> JointAnswer:
    """The answers for all targets together; `has_growth` says whether extra growth means something for each of them."""
    counts, paths = tally.hits_at_once, tally.paths
    ranked = None if tally.combinations is None else tally.combinations.ranked()[:_FREQUENT]
    coverage = tally.joint_uplift if has_growth else None
    wishes = PROBABILITIES if has_growth else ()
    uplifts = {wish: coverage.needed(wish, paths) if coverage else None for wish in wishes}
    best = coverage.best(paths) if coverage and None in uplifts.values() else None
    estimate = Estimate.of_counts(int(counts[-1]), paths)
    return JointAnswer(
        estimate=estimate,
        range=spread.range(-1, estimate.value) if spread else None,
        at_least_estimates={
            count: Estimate.of_counts(int(counts[count:].sum()), paths) for count in range(1, len(counts))
        },
        expected_hits=sum(count * int(hit) for count, hit in enumerate(counts)) / paths,
        combinations=None if ranked is None else tuple((hits, count / paths) for hits, count in ranked),
        for_probability={wish: None if uplift is None else math.expm1(uplift) for wish, uplift in uplifts.items()},
        best=best and (best[1], math.expm1(best[0])),
    )
