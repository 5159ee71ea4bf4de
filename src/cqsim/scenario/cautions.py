"""What is not an error but should be known: a history that contradicts the baseline."""

from __future__ import annotations

from collections.abc import Iterator

from cqsim.errors import Fault, Problem
from cqsim.scenario.dependencies import start_year
from cqsim.scenario.laws import start_law
from cqsim.scenario.scenario import Scenario

_ALIKE = 0.005


def cautions(scenario: Scenario) -> Iterator[Problem]:
    """Points to check; none of them refuses the scenario."""
    for id, indicator in scenario.indicators.items():
        law = start_law(indicator)
        if indicator.history is None or law is None:
            continue
        year = start_year(scenario, id)
        past = indicator.history.levels(indicator.unit).get(year)
        if past is not None and abs(past - law.median) > _ALIKE * max(abs(past), abs(law.median)):
            values = {"year": year, "past": f"{past:g}", "baseline": f"{law.median:g}", "unit": indicator.unit}
            yield Problem(("indicators", id, "baseline"), Fault("history_contradicts", **values))
