"""What is not an error but should be known: figures that contradict each other, or are surely slips."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from cqsim.errors import Fault, Path, Problem
from cqsim.growth.models.proportion import Proportion
from cqsim.growth.parameters import Kind
from cqsim.quantities import PERCENT, Quantity
from cqsim.rates import cagr
from cqsim.scenario.dependencies import start_year
from cqsim.scenario.laws import parameter_laws, start_law
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.scenario import Scenario
from cqsim.units import amount

_ALIKE = 0.005
_FAR_RATE = 1.0  # growth a year
_LIKELY_RATE = 50.0  # in per cent
_FAR_TIMES = 50.0  # a target's level against the baseline, or the other way round
_FAR_GROWTH = 0.5  # required a year, up to
_FAR_MULTIPLE = 10.0  # of the baseline: real plans ask for less
_LIKELY_TIMES = 5.0


def cautions(scenario: Scenario) -> Iterator[Problem]:
    """Points to check; none of them refuses the scenario."""
    for id, indicator in scenario.indicators.items():
        here: Path = ("indicators", id)
        yield from _history(scenario, id, here)
        yield from _rates(indicator, here)
        yield from _share(indicator, here)
        for number, target in enumerate(indicator.targets):
            yield from _target(scenario, id, target, (*here, "targets", number))


def _history(scenario: Scenario, id: str, here: Path) -> Iterator[Problem]:
    """A history that contradicts the baseline."""
    indicator = scenario.indicators[id]
    law = start_law(indicator)
    if indicator.history is None or law is None:
        return
    year = start_year(scenario, id)
    past = indicator.history.levels(indicator.unit).get(year)
    if past is not None and abs(past - law.median) > _ALIKE * max(abs(past), abs(law.median)):
        values = {"year": year, "past": f"{past:g}", "baseline": f"{law.median:g}", "unit": indicator.unit}
        yield Problem((*here, "baseline"), Fault("history_contradicts", **values))


def _rates(indicator: Indicator, here: Path) -> Iterator[Problem]:
    """Growth of 100 % a year and more: perhaps 6 written as 600 %."""
    parameters = indicator.growth.parameters() if indicator.growth else {}
    for name, law in parameter_laws(indicator).items():
        median = law.law.median
        if parameters[name].kind in (Kind.RATE, Kind.SPREAD) and abs(median) >= _FAR_RATE:
            hint = "other_rate" if median <= _LIKELY_RATE else None
            values = {"value": f"{100 * median:g}%", "meant": f"{median:g}%"}
            yield Problem((*here, "growth", name), Fault("far_rate", hint, **values))


def _share(indicator: Indicator, here: Path) -> Iterator[Problem]:
    """A share whose typical change would leave the scale in the first year."""
    law = start_law(indicator)
    if not isinstance(indicator.growth, Proportion) or law is None:
        return
    change = parameter_laws(indicator)["change"].law
    for end in change.ppf(np.array([0.1, 0.9])):
        if not 0 < law.median + end < 100:
            values = {"change": f"{end:+g}", "baseline": f"{law.median:g}"}
            yield Problem((*here, "growth", "change"), Fault("share_over", **values))


def _target(scenario: Scenario, id: str, target: Target, here: Path) -> Iterator[Problem]:
    """A level that is no change, of another magnitude than the baseline, or beyond any growth."""
    indicator = scenario.indicators[id]
    law = start_law(indicator)
    for level in target.levels:
        if isinstance(level, Quantity) and str(level).lstrip().startswith("+") and level.unit == PERCENT:
            values = {"value": str(level), "number": str(level).lstrip(" +")}
            yield Problem((*here, target.sense), Fault("plus_sign", **values))
    level = target.levels[0]
    if law is None or law.median <= 0:
        return
    wanted = amount(level, indicator.unit) if isinstance(level, Quantity) else level.times_baseline * law.median
    if wanted <= 0:
        return
    times = wanted / law.median
    if isinstance(level, Quantity) and max(times, 1 / times) >= _FAR_TIMES:
        yield Problem((*here, target.sense), _far_level(level, times, law.median, indicator))
        return
    years = target.due - start_year(scenario, id)
    required = cagr(law.median, wanted, years) or 0.0
    if times >= _FAR_MULTIPLE and required > max(_FAR_GROWTH, _highest(indicator)):
        yield Problem((*here, target.sense), _far_growth(required, years, law.median, indicator))


def _far_level(level: Quantity, times: float, baseline: float, indicator: Indicator) -> Fault:
    """How far a target lies from its baseline, and what was likely meant: the same number in the indicator's unit."""
    is_fraction = indicator.unit == PERCENT and not level.unit  # 0.65 for 65 %
    likely = level.number * 100 if is_fraction else level.number
    is_near = 1 / _LIKELY_TIMES <= likely / baseline <= _LIKELY_TIMES
    hint = "other_unit" if is_near and (is_fraction or level.unit not in ("", indicator.unit)) else None
    return Fault(
        "far_target_high" if times > 1 else "far_target_low",
        hint,
        wanted=str(level),
        baseline=f"{baseline:g}",
        unit=indicator.unit,
        times=f"{max(times, 1 / times):,.0f}",
        meant=f"{likely:g}%" if is_fraction else f"{likely:g} {indicator.unit}",
    )


def _far_growth(required: float, years: int, baseline: float, indicator: Indicator) -> Fault:
    highest = _highest(indicator)
    values = {"required": f"{required:.0%}", "years": years, "baseline": f"{baseline:g}", "unit": indicator.unit}
    return Fault("far_growth", "highest_seen" if highest else None, highest=f"{highest:.0%}", **values)


def _highest(indicator: Indicator) -> float:
    """The highest growth of a year in an indicator's history; zero without one."""
    levels = indicator.history.levels(indicator.unit) if indicator.history else {}
    rates = (cagr(first, last, after - before) for (before, first), (after, last) in pairwise(levels.items()))
    return max((rate for rate in rates if rate is not None), default=0.0)
