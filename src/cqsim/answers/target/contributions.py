"""What the parts of a sum contribute to the growth of the whole and to missing its target."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from cqsim.messages import Language
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.tally import Tally


@dataclass(frozen=True)
class Contribution:
    """One part of a sum that has a target; levels are in the unit of the sum.

    Parameters
    ----------
    indicator, label : str
    growth : float
        Mean change from the baseline to the target year; the parts' add up to that of the sum.
    shortfall : float or None
        On the paths that miss the target: how far, in the mean, the part stays below its share of the target (in
        proportion to the baseline); the parts' add up to the mean gap.
    """

    indicator: str
    label: str
    growth: float
    shortfall: float | None

    def to_dict(self) -> dict[str, Any]:
        """The contribution as plain data."""
        return asdict(self)


def contributions(number: int, scenario: Scenario, tally: Tally, language: Language) -> tuple[Contribution, ...]:
    """The contributions of the parts to one target; empty when its indicator is no sum.

    Parameters
    ----------
    number : int
        The target's place in the plan.
    """
    plan, target = tally.plan, tally.plan.targets[number]
    if not target.parts:
        return ()
    start, due = plan.indicators[target.indicator].start, plan.due(target)
    parts = []
    for part, shortfall in zip(target.parts, tally.shortfalls[number].means(), strict=True):
        id = plan.indicators[part.indicator].id
        change = tally.mean(part.indicator, due) - tally.mean(part.indicator, start)
        label = text_in(scenario.indicators[id].label or id, language)
        parts.append(Contribution(id, label, change * part.factor, shortfall))
    return tuple(parts)
