"""The indicators of a scenario as a table."""

from __future__ import annotations

from collections.abc import Iterator

from cqsim.evidence import worst
from cqsim.messages import Language, say
from cqsim.quantities import Quantity
from cqsim.report.content.tables import table_of
from cqsim.report.document import Cell, Table
from cqsim.report.numbers import DASH, level
from cqsim.scenario.dependencies import evidence
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.scenario.nouns.target import TimesBaseline
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.provenance import figures
from cqsim.scenario.scenario import Scenario


def indicators_table(scenario: Scenario) -> Table:
    """One row per indicator: baseline, growth, targets, and the grade of evidence."""
    language = scenario.language
    written = {figure.path: figure.figures for figure in figures(scenario)}
    rows = [
        (
            Cell(f"{text_in(indicator.label or id, language)}\n{indicator.unit}".rstrip()),
            Cell(_start(indicator, written.get(f"indicators.{id}.baseline"), scenario)),
            Cell(_growth(indicator, written.get(f"indicators.{id}.growth"))),
            Cell("\n".join(_wishes(indicator, language)) or DASH),
            Cell(say(f"evidence.{_grade(scenario, id)}", language)),
        )
        for id, indicator in scenario.indicators.items()
    ]
    columns = (".indicator", ".baseline", ".growth_or_formula", ".target", ".evidence")
    return table_of("title.indicators", columns, language, rows)


def _start(indicator: Indicator, written: str | None, scenario: Scenario) -> str:
    if indicator.baseline is None or not written:
        return DASH
    year = indicator.baseline.year or scenario.years.baseline
    return f"{written.removeprefix('value: ').removesuffix(f', year: {year}')}\n({year})"


def _growth(indicator: Indicator, written: str | None) -> str:
    if indicator.growth is None:
        return f"= {indicator.formula}"
    return f"{indicator.growth.model}\n{written or ''}".rstrip()


def _wishes(indicator: Indicator, language: Language) -> Iterator[str]:
    for target in indicator.targets:
        levels = tuple(_level(written, indicator.unit, language) for written in target.levels)
        label = f"{text_in(target.label, language)}\n" if target.label else ""
        yield label + target.measure.wording(target.sense, target.when, target.due, levels, language)


def _level(written: Quantity | TimesBaseline, unit: str, language: Language) -> str:
    if isinstance(written, TimesBaseline):
        return say("times", language, value=f"{written.times_baseline:g}")
    return level(written.number, written.unit or unit)


def _grade(scenario: Scenario, id: str) -> str:
    """The weakest grade of evidence of the indicator and its targets, as the result of a run states it."""
    own = [target.evidence for target in scenario.indicators[id].targets if target.evidence]
    return worst([evidence(scenario, id), *own]).value
