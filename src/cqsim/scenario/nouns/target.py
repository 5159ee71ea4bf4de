"""A target of an indicator: its level, and when it is due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cqsim.errors import Fault
from cqsim.evidence import Sourced
from cqsim.noun import Noun
from cqsim.quantities import Quantity, factor
from cqsim.scenario.nouns.text import Text
from cqsim.scenario.nouns.years import Year
from cqsim.targets import level as measures
from cqsim.targets.goal import SENSES, Sense, When
from cqsim.targets.measure import Measure


class TimesBaseline(Noun):
    """A level as a multiple of each path's own drawn baseline."""

    times_baseline: Annotated[
        float,
        BeforeValidator(factor),
        Field(gt=0, allow_inf_nan=False, strict=True),
        WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string"}]}),
    ]
    """2 for doubling; also a calculation such as 1.06^5."""


def _read_level(value: Any) -> Any:
    if isinstance(value, Mapping):
        return TimesBaseline.model_validate(value)
    return value if isinstance(value, TimesBaseline) else Quantity.parse(value)


Level = Annotated[Quantity | TimesBaseline, BeforeValidator(_read_level), WithJsonSchema({"x-cqsim": "Level"})]


class Target(Sourced):
    """An announced target: a level, and when it is due.

    >>> Target(at_least="5000 万人次", year=2026).sense
    'at_least'
    """

    at_least: Level | None = None
    """Reached when the value is this or more."""
    at_most: Level | None = None
    """Reached when the value is this or less."""
    between: tuple[Level, Level] | None = None
    """Reached when the value lies between the two, ends included."""
    year: Year | None = None
    """The value of that year counts."""
    reached_by: Year | None = None
    """Any year counts, from the one after the baseline to this one."""
    label: Text | None = None
    """Shown instead of the indicator's label."""

    @model_validator(mode="after")
    def _one_level_and_one_year(self) -> Self:
        if sum(getattr(self, sense) is not None for sense in SENSES) != 1:
            raise Fault("one_of", names=list(SENSES))
        if (self.year is None) == (self.reached_by is None):
            raise Fault("one_of", names=["year", "reached_by"])
        return self

    @property
    def measure(self) -> Measure:
        """What is measured of the indicator."""
        return measures.Level()

    @property
    def sense(self) -> Sense:
        """Which of the three was written."""
        return next(sense for sense in SENSES if getattr(self, sense) is not None)

    @property
    def levels(self) -> tuple[Quantity | TimesBaseline, ...]:
        """One level, or two for `between`."""
        level = getattr(self, self.sense)
        return level if isinstance(level, tuple) else (level,)

    @property
    def when(self) -> When:
        """Which of the two was written."""
        return "year" if self.year is not None else "reached_by"

    @property
    def due(self) -> int:
        """The year of either."""
        return self.year or self.reached_by or 0
