"""What the spread of a target's outcomes comes from: one block of paths, its draws beside its levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from cqsim.arrays import Array
from cqsim.growth.base import NOISE
from cqsim.messages import Language, say
from cqsim.scenario.dependencies import all_used
from cqsim.scenario.nouns.change import Event, Lever
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan import Plan, targets

_PATHS = 4096
_APART = 2**30  # a block that no run reaches
_LEAST = 0.02  # share of the spread below which a source is not named
_CHANGES = ("event ", "lever ")
_TREND = ("cell", "drift", "last")


@dataclass(frozen=True)
class Driver:
    """One source of spread.

    Parameters
    ----------
    of : str
        Indicator, or `event ...` or `lever ...`.
    part : str
        What is drawn: `baseline`, `growth` (its parameters), `trend` (what a history leaves open), `noise`, `luck` (of
        counts and projects), `event` or `lever`.
    share : float
        Of the variance of the ranks of the outcomes in the target year that its draws explain.
    """

    of: str
    part: str
    share: float

    def text(self, scenario: Scenario, language: Language) -> str:
        """The source in words."""
        if self.of.startswith(_CHANGES):
            kind, _, id = self.of.partition(" ")
            change: Event | Lever = scenario.events[id] if kind == "event" else scenario.levers[id]
            return text_in(change.label or id, language)
        label = text_in(scenario.indicators[self.of].label or self.of, language)
        return say(f"driver.{self.part}", language, label=label)


@dataclass
class _Recorder:
    """Draws as the engine does, and remembers where: correlated draws are mixed there, in place."""

    base: RandomSampler
    drawn: dict[tuple[str, str], Array] = field(default_factory=dict)

    def normals(self, block: int, indicator: str, part: str, out: Array, unknown: bool = False) -> None:
        """Fill `out`, and keep hold of it."""
        self.base.normals(block, indicator, part, out)
        self.drawn[indicator, part] = out


def drivers(scenario: Scenario, plan: Plan, seed: int) -> list[list[Driver]]:
    """For each target, what the spread of its outcomes comes from, the largest source first.

    The share of a source is the R2 of regressing the ranks of the outcomes on its standard normal draws. Only what the
    target's indicator depends on is a source; without correlations the shares add up to one or less.

    Examples
    --------
    >>> from cqsim.scenario.files.loading import load
    >>> from cqsim.simulation.plan import plan
    >>> scenario = load("scenarios/nanchuan.yaml")
    >>> first = drivers(scenario, plan(scenario), 1)[0][0]
    >>> first.of, first.part
    ('visitors', 'noise')
    """
    recorder = _Recorder(RandomSampler(seed))
    levels = Workspace(plan, _PATHS).draw(recorder, _APART)
    found = []
    for goal, (id, _) in zip(plan.goals, targets(scenario), strict=True):
        outcome = levels[goal.series, plan.series[goal.series].start + goal.due]
        sources = _sources(scenario, id)
        drawn = {key: rows for key, rows in recorder.drawn.items() if key[0] in sources}
        found.append(sorted(_shares(outcome, drawn), key=lambda one: -one.share))
    return found


def _sources(scenario: Scenario, id: str) -> set[str]:
    """The indicators that one depends on, and the events and levers that change them."""
    used = set(all_used(scenario, id))
    events = {f"event {name}" for name, one in scenario.events.items() if used & set(one.effects)}
    levers = {f"lever {name}" for name, one in scenario.levers.items() if used & set(one.effects)}
    return used | events | levers


def _shares(outcome: Array, drawn: dict[tuple[str, str], Array]) -> Iterator[Driver]:
    known = np.isfinite(outcome)
    ranks = np.argsort(np.argsort(outcome[known], kind="stable"), kind="stable").astype(np.float64)
    ranks -= ranks.mean()
    grouped: dict[tuple[str, str], list[Array]] = {}
    for (of, part), rows in drawn.items():
        grouped.setdefault((of, _kind(of, part)), []).append(rows[:, known])
    for (of, kind), parts in grouped.items():
        rows = np.concatenate(parts)
        weights = np.linalg.lstsq(rows @ rows.T, rows @ ranks, rcond=None)[0]  # a small square, not all the paths
        # Each row explains a little by chance: that much is taken off.
        share = float(((weights @ rows) ** 2).sum() / max((ranks**2).sum(), 1.0)) - len(rows) / len(ranks)
        if share >= _LEAST:
            yield Driver(of, kind, share)


def _kind(of: str, part: str) -> str:
    """The kinds of sources that readers tell apart."""
    if of.startswith(_CHANGES):
        return of.partition(" ")[0]
    if part == "baseline":
        return part
    if part in _TREND:
        return "trend"
    if part.startswith("project ") or part in ("counts", "mix"):
        return "luck"
    return "noise" if part.startswith(NOISE) or part in ("blocks", "switch") else "growth"
