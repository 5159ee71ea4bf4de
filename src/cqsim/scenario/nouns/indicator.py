"""An indicator: its baseline, its growth or formula, its targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)

from cqsim.distributions.base import Uncertain
from cqsim.errors import Fault
from cqsim.evidence import Graded, Sourced
from cqsim.growth.base import REGISTRY, Growth
from cqsim.noun import Noun
from cqsim.quantities import PERCENT, Quantity
from cqsim.scenario.nouns.history import RECORDS, History, last_point
from cqsim.scenario.nouns.text import Text

Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]
FUNCTIONS = ("sum", "min", "max", "exp", "log", "prev")


class Baseline(Graded):
    """The level from which an indicator starts: a value, or a formula of other baselines."""

    value: Uncertain | None = None
    """The median, in the indicator's unit; or a distribution."""
    sd: Quantity | None = None
    """Measurement error: `8%` (lognormal, log sd = log 1.08), or an amount with its unit."""
    formula: str | None = None
    """Formula of other indicators' baselines, so that errors they share cancel."""
    year: Year | None = None
    """Where it differs from the scenario's baseline year."""

    @model_validator(mode="after")
    def _one_start(self) -> Self:
        if (self.value is None) == (self.formula is None):
            raise Fault("one_of", names=["value", "formula"])
        if self.sd is None:
            return self
        if not isinstance(self.value, Quantity):
            raise Fault("sd_needs_value", at="sd")
        if not self.sd.unit:
            raise Fault("bare_sd", "write_sd", value=str(self.sd), at="sd")
        if self.sd.number < 0:
            raise Fault("negative_spread", value=str(self.sd), at="sd")
        return self


class TimesBaseline(Noun):
    """A level as a multiple of each path's own drawn baseline."""

    times_baseline: float = Field(gt=0, allow_inf_nan=False, strict=True)
    """2 for doubling."""


def _read_level(value: Any) -> Any:
    if isinstance(value, Mapping):
        return TimesBaseline.model_validate(value)
    return value if isinstance(value, TimesBaseline) else Quantity.parse(value)


Level = Annotated[Quantity | TimesBaseline, BeforeValidator(_read_level), WithJsonSchema({"x-cqsim": "Level"})]
Sense = Literal["at_least", "at_most", "between"]
SENSES: tuple[Sense, ...] = ("at_least", "at_most", "between")


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
    def sense(self) -> Sense:
        """Which of the three was written."""
        return next(sense for sense in SENSES if getattr(self, sense) is not None)

    @property
    def levels(self) -> tuple[Quantity | TimesBaseline, ...]:
        """One level, or two for `between`."""
        level = getattr(self, self.sense)
        return level if isinstance(level, tuple) else (level,)

    @property
    def when(self) -> Literal["year", "reached_by"]:
        """Which of the two was written."""
        return "year" if self.year is not None else "reached_by"

    @property
    def due(self) -> int:
        """The year of either."""
        return self.year or self.reached_by or 0


def _from_history(history: Any, growth: Any) -> dict[str, Any]:
    """What a history supplies where it is not written: its trend as the growth, its last value as the baseline."""
    last = last_point(history)
    about = {key: value for key, value in (last or {}).items() if key in ("source", "note")}
    trend = {"model": "trend", "evidence": "derived", **about}
    return {"growth": trend} if _starts_by_itself(growth) else {"growth": trend, "baseline": last}


def _starts_by_itself(growth: Any) -> bool:
    """Whether a growth model, written or read, has a baseline of its own, as counts have."""
    name = growth.get("model") if isinstance(growth, Mapping) else getattr(growth, "model", None)
    return name in REGISTRY.shipped() and REGISTRY.find(str(name)).default_baseline is not None


class Indicator(Noun):
    """An annual figure: grown from its baseline, or computed from other indicators."""

    label: Text | None = None
    """Name in tables and charts; default: the id."""
    unit: Annotated[str, Field(max_length=60), AfterValidator(lambda unit: unit.replace("％", PERCENT))] = ""
    """Unit of every bare number; an unknown unit is a kind of its own."""
    baseline: Baseline | None = None
    """The level from which it starts."""
    history: History | None = None
    """Past values."""
    observations: History | None = None
    """Realised values, used only to look back on targets; they change no draw and no probability."""
    growth: Growth | None = None
    """How it may grow."""
    formula: str | None = None
    """How it is computed from other indicators, instead of `growth`."""
    targets: tuple[Target, ...] = ()
    """Announced targets."""
    note: str | None = None
    """Definition or caution."""

    _filled_in: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="wrap")
    @classmethod
    def _fill_in_from_history(cls, data: Any, validate: ModelWrapValidatorHandler[Self]) -> Self:
        """A history alone is enough."""
        history = data.get("history") if isinstance(data, Mapping) else None
        if not history or data.get("formula") is not None:
            return validate(data)
        possible = _from_history(history, data.get("growth"))
        filled = {key: block for key, block in possible.items() if data.get(key) is None}
        indicator = validate({**data, **filled})
        indicator._filled_in = frozenset(filled)
        return indicator

    @model_validator(mode="after")
    def _one_way_to_grow(self) -> Self:
        if (self.growth is None) == (self.formula is None):
            raise Fault("one_of", names=["growth", "formula"])
        if self.growth is not None and self.baseline is None and self.growth.default_baseline is None:
            raise Fault("no_baseline")
        return self

    def __eq__(self, other: object) -> bool:
        """Equal in what it says, whether written or filled in."""
        return isinstance(other, Indicator) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    @property
    def filled_in(self) -> frozenset[str]:
        """Which of `growth` and `baseline` were not written and stand for the history."""
        return self._filled_in

    @property
    def records(self) -> dict[str, History]:
        """History and observations under their keys, those that are written."""
        written = {key: getattr(self, key) for key in RECORDS}
        return {key: record for key, record in written.items() if record is not None}
