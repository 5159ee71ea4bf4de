"""What the spread of a target's outcomes comes from, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cqsim.growth.models.trend import Trend
from cqsim.messages import Language, say
from cqsim.scenario.dependencies import all_used
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.drivers import Source, Sources, spread_shares
from cqsim.simulation.plan.building import targets_of
from cqsim.simulation.plan.plan import Plan
from cqsim.simulation.plan.stream import Owner, Stream
from cqsim.simulation.plan.streams import BASELINE


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
    text : str
        The source in words.
    """

    of: str
    part: str
    share: float
    text: str

    def to_dict(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def drivers(scenario: Scenario, plan: Plan, seed: int, language: Language) -> list[tuple[Driver, ...]]:
    """For each target, what the spread of its outcomes comes from, the largest source first.

    Only what the target's indicator depends on is a source.

    Examples
    --------
    >>> from cqsim.scenario.files.loading import load
    >>> from cqsim.simulation.plan.building import plan
    >>> scenario = load("scenarios/nanchuan.yaml")
    >>> first = drivers(scenario, plan(scenario), 1, "en")[0][0]
    >>> first.of, first.part
    ('visitors', 'noise')
    """
    owners = {str(stream.owner): stream.owner for stream in plan.streams}
    by_owner: dict[Owner, list[Stream]] = {}
    for stream in plan.streams:
        by_owner.setdefault(stream.owner, []).append(stream)
    ids = dict.fromkeys(id for id, _ in targets_of(scenario))
    sources = {id: _sources(scenario, id, by_owner) for id in ids}
    shares = spread_shares(plan, seed, [sources[id] for id, _ in targets_of(scenario)])
    return [
        tuple(
            Driver(of, part, share, _text(owners[of], part, scenario, language))
            for (of, part), share in by_source.items()
        )
        for by_source in shares
    ]


def _sources(scenario: Scenario, id: str, by_owner: Mapping[Owner, list[Stream]]) -> Sources:
    """Streams of the indicators that one depends on, and of the events and levers that change them."""
    used = set(all_used(scenario, id))
    owners = [owner for owner in by_owner if owner.kind == "indicator" and owner.id in used]
    owners += [Owner("event", name) for name, event in scenario.events.items() if used & set(event.effects)]
    owners += [Owner("lever", name) for name, lever in scenario.levers.items() if used & set(lever.effects)]
    sources: dict[Source, tuple[Stream, ...]] = {}
    for owner in owners:
        for stream in by_owner.get(owner, ()):
            source = str(owner), _kind(stream, scenario)
            sources[source] = (*sources.get(source, ()), stream)
    return sources


def _kind(stream: Stream, scenario: Scenario) -> str:
    """The kinds of sources that readers tell apart."""
    if stream.owner.kind != "indicator":
        return stream.owner.kind
    growth = scenario.indicators[stream.owner.id].growth
    if stream.unknown:
        return stream.part if stream.part == BASELINE else "trend" if isinstance(growth, Trend) else "growth"
    return "luck" if growth is not None and growth.levels == "whole" else "noise"


def _text(owner: Owner, part: str, scenario: Scenario, language: Language) -> str:
    if owner.kind == "indicator":
        label = text_in(scenario.indicators[owner.id].label or owner.id, language)
        return say(f"driver.{part}", language, label=label)
    change = scenario.events[owner.id] if owner.kind == "event" else scenario.levers[owner.id]
    return text_in(change.label or owner.id, language)
