"""What the progress rules of statistical offices say of a target, from its indicator's past alone."""

from __future__ import annotations

from cqsim.scenario.nouns.target import Sense
from cqsim.scenario.past import past
from cqsim.scenario.scenario import Scenario
from cqsim.yardsticks.assessment import Assessment, assess
from cqsim.yardsticks.record import Direction, Record

_DIRECTIONS: dict[Sense, Direction] = {"at_least": "increase", "at_most": "decrease", "between": "between"}


def official(
    scenario: Scenario, id: str, sense: Sense, levels: tuple[float, ...], due: int, start: tuple[int, float]
) -> Assessment | None:
    """The rules on an indicator's history and baseline; None with fewer than two points.

    Parameters
    ----------
    id : str
        The indicator. One that is a formula has a record only when it has a history of its own.
    levels : tuple of float
        What is wanted, in the indicator's unit: one, or two for "between".
    due : int
        The target's year.
    start : tuple of int and float
        Baseline year and median baseline, used where the history has no value of that year.
    """
    known = past(scenario, id)
    if known is None:
        return None
    points = dict(zip(known.years, known.values, strict=True))
    points.setdefault(*start)
    years = sorted(points)
    if len(years) < 2:
        return None
    values = tuple(points[year] for year in years)
    upper = levels[1] if len(levels) > 1 else None
    return assess(Record(tuple(years), values, _DIRECTIONS[sense], levels[0], due, upper))
