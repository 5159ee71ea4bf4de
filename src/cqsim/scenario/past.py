"""What a growth model may learn from: an indicator's history up to its baseline, and those of its peers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cqsim.errors import Fault, Path, Problem, unknown
from cqsim.growth.past import Past
from cqsim.scenario.dependencies import start_year
from cqsim.scenario.laws import start_law

if TYPE_CHECKING:
    from cqsim.scenario.scenario import Scenario


def past(scenario: Scenario, id: str) -> Past | None:
    """What an indicator's growth model may learn from; None when nothing is known.

    Raises
    ------
    Fault
        When a value is in another kind of unit.
    """
    indicator = scenario.indicators[id]
    own = _known(scenario, id)
    if indicator.growth is None:
        return own
    others = [name for name in indicator.growth.peers() if name in scenario.indicators]
    peers = tuple(peer for name in others if (peer := _known(scenario, name)))
    law = start_law(indicator)
    years, values = (own.years, own.values) if own else ((), ())
    if indicator.growth.fits_history and law is not None and start_year(scenario, id) not in years:
        years, values = (*years, start_year(scenario, id)), (*values, law.median)  # the baseline is known too
    return Past(years, values, indicator.unit, peers) if years else None


def _known(scenario: Scenario, id: str) -> Past | None:
    """An indicator's history up to its baseline year."""
    indicator, year = scenario.indicators[id], start_year(scenario, id)
    levels = indicator.history.levels(indicator.unit) if indicator.history else {}
    known = {when: level for when, level in levels.items() if when <= year}
    return Past(tuple(known), tuple(known.values()), indicator.unit) if known else None


def check_past(scenario: Scenario) -> Iterator[Problem]:
    """Histories that a growth model cannot use, and peers without a history."""
    for id, indicator in scenario.indicators.items():
        here: Path = ("indicators", id)
        try:
            _check_own(scenario, id)
        except Fault as fault:
            yield Problem((*here, "history"), fault)
        for number, name in enumerate(indicator.growth.peers() if indicator.growth else ()):
            path = (*here, "growth", "pool", number)
            if name not in scenario.indicators:
                yield Problem(path, unknown("unknown_indicator", name, scenario.indicators))
            elif name == id or scenario.indicators[name].history is None:
                yield Problem(path, Fault("peer_itself" if name == id else "peer_without_history", id=name))


def _check_own(scenario: Scenario, id: str) -> None:
    indicator = scenario.indicators[id]
    if indicator.history is not None:
        indicator.history.levels(indicator.unit)
    if indicator.growth is None:
        return
    try:
        start_law(indicator)
    except Fault:
        return  # reported where the baseline stands
    indicator.growth.refuse(past(scenario, id))
