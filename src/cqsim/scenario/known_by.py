"""A scenario as it could have been written at the end of a year, without what was published later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cqsim.errors import Fault, Problem, ScenarioError
from cqsim.messages import Language, say
from cqsim.scenario.data.saving import plain_data, without_filled_in
from cqsim.scenario.data.validation import validate
from cqsim.scenario.dependencies import start_year
from cqsim.scenario.nouns.history import History
from cqsim.scenario.scenario import Scenario


@dataclass(frozen=True)
class LatePoint:
    """A value of a history that was not yet known.

    Parameters
    ----------
    indicator : str
    year : int
    value : str
        As written.
    published : int
    """

    indicator: str
    year: int
    value: str
    published: int

    def text(self, name: str, language: Language) -> str:
        """The point in words, with a name for its indicator."""
        values = {"indicator": name, "year": self.year, "value": self.value, "published": self.published}
        return say("late_point", language, **values)


def known_by(scenario: Scenario, year: int) -> Scenario:
    """The scenario without observations and without history values published after the end of a year.

    A value is known from the year in which its point says that it was published, by default the year after its own,
    and never before its own year. Everything else stands as written: baselines, growth, events, targets. Only a
    baseline and a growth that stand for the history (see `Indicator`) are filled in anew from what is left of it.
    Cases are left out: apply one before.

    Parameters
    ----------
    scenario : Scenario
    year : int

    Returns
    -------
    Scenario

    Raises
    ------
    ScenarioError
        When the rest is no sound scenario, such as a history too short for its growth model; each problem names the
        values that were left out.

    Examples
    --------
    >>> from cqsim.scenario.files.loading import load
    >>> early = known_by(load("scenarios/chongqing_2025.yaml"), 2020)
    >>> list(early.indicators["rd_share"].history.levels("%"))
    [2018]
    """
    late = late_points(scenario, year)
    data = without_filled_in(plain_data(scenario), scenario)
    data.pop("cases", None)
    for id, block in data["indicators"].items():
        block.pop("observations", None)
        years = {point.year for point in late if point.indicator == id}
        if years:
            _forget(block, years)
    try:
        return validate(type(scenario), data)
    except ScenarioError as error:
        problems = [_with_left_out(problem, late, year, error.language) for problem in error.problems]
        raise ScenarioError(problems, error.file, error.language) from None


def late_points(scenario: Scenario, year: int) -> tuple[LatePoint, ...]:
    """What `known_by` leaves out of the histories."""
    return tuple(
        LatePoint(id, when, str(value), published)
        for id, indicator in scenario.indicators.items()
        if indicator.history is not None
        for when, value, published in _dated(indicator.history)
        if max(when, published) > year
    )


def late_baselines(scenario: Scenario, year: int) -> dict[str, int]:
    """Indicators whose written baseline was published after a year, and when.

    That of the baseline year in the history decides; without one the year of the source; without that, the year after.
    An assumption without a source of a later year was never published.
    """
    written = [id for id, indicator in scenario.indicators.items() if "baseline" not in indicator.filled_in]
    published = {id: _published(scenario, id) for id in written}
    return {id: known for id, known in published.items() if known is not None and known > year}


def _published(scenario: Scenario, id: str) -> int | None:
    indicator, start = scenario.indicators[id], start_year(scenario, id)
    baseline = indicator.baseline
    if baseline is None or baseline.value is None:
        return None
    history = indicator.history.published() if indicator.history else {}
    if start in history:
        return history[start]
    source = scenario.sources[baseline.source].year if baseline.source else None
    return source or (None if baseline.evidence == "assumed" else start + 1)


def _dated(history: History) -> list[tuple[int, Any, int]]:
    """Year, value as written and year of publication."""
    published = history.published()
    written = {int(year): value for year, value in (history.values or {}).items()}
    written |= {point.year: point.value for point in history.points or ()}
    return [(year, written[year], published[year]) for year in sorted(written)]


def _forget(block: dict[str, Any], years: set[int]) -> None:
    """Remove the values of some years from the history in an indicator's plain data."""
    history = {key: value for key, value in block["history"].items() if key != "file"}
    if isinstance(history.get("values"), Mapping):
        history["values"] = {year: value for year, value in history["values"].items() if int(year) not in years}
    if history.get("points") is not None:
        history["points"] = [point for point in history["points"] if point["year"] not in years]
    block["history"] = history


def _with_left_out(problem: Problem, late: tuple[LatePoint, ...], year: int, language: Language) -> Problem:
    """The problem, naming what was left out of its indicator's history, or of all histories if nothing was."""
    left = [point for point in late if problem.path[:2] == ("indicators", point.indicator)] or late
    points = [point.text(point.indicator, language) for point in left]
    return Problem(problem.path, Fault("known_by", reason=problem.fault.text(language), year=year, points=points))
