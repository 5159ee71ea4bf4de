"""Events that may happen, levers that may be used, and what they change."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from cqsim.distributions.base import Uncertain
from cqsim.errors import Fault
from cqsim.evidence import Graded
from cqsim.growth.parameters import Rate, Share
from cqsim.noun import Frozen, Noun
from cqsim.quantities import PERCENT, POINTS, Quantity
from cqsim.scenario.nouns.text import Text
from cqsim.scenario.nouns.years import Year

NEVER = "never"
SIZE = "size"
"""The unit of a strength that is a multiple of the event's size: `0.5 size`."""


def _on_level(strength: Quantity) -> Quantity:
    if strength.unit not in (PERCENT, SIZE) or (strength.unit == PERCENT and strength.number <= -100):
        raise Fault("level_strength", value=str(strength))
    return strength


def _on_growth(strength: Quantity) -> Quantity:
    if strength.unit not in (POINTS, SIZE):
        raise Fault("growth_strength", "write_points", value=str(strength), points=f"{strength.number:g}pp")
    return strength


def _read_recovery(value: Any) -> Any:
    if value != NEVER and (not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 100):
        raise Fault("not_recovery", value=value)
    return value


Recovery = Annotated[int | Literal["never"], BeforeValidator(_read_recovery)]
"""Years, or `never`."""


class Effect(Noun):
    """The effect on one indicator."""

    level: Annotated[Quantity, AfterValidator(_on_level)] | None = None
    """Change of the level: `-20%`, or `0.5 size` of an event; effects add on the log scale."""
    growth: Annotated[Quantity, AfterValidator(_on_growth)] | None = None
    """Change of the typical annual growth: `+1.5pp`, or `0.5 size` of an event."""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.level is None and self.growth is None:
            raise Fault("no_effect")
        return self


class Change(Graded):
    """What events and levers have in common."""

    label: Text | None = None
    """Name in tables; default: the id."""
    probability: Share | None = None
    """Probability."""
    effects: Annotated[Frozen[Effect], Field(min_length=1)]
    """Indicator to effect."""

    @property
    def is_off(self) -> bool:
        """Whether its probability is written as exactly zero."""
        return isinstance(self.probability, Quantity) and self.probability.number == 0


class Event(Change):
    """Something that may happen."""

    probability: Share | None = None
    """Probability in each year; with `once`, of happening at all, every year being equally likely."""
    rate: Uncertain | None = None
    """Expected number per year, instead of `probability`; there may be several in one year."""
    once: bool = False
    """Whether it happens at most once in the span."""
    size: Rate | None = None
    """Size of one occurrence (`-25%`): drawn once, shared by all effects."""
    recovery: Recovery = "never"
    """Years over which the effect fades linearly to nothing; `never`: permanent."""

    @property
    def is_off(self) -> bool:
        """Whether its probability or its rate is written as exactly zero."""
        return super().is_off or (isinstance(self.rate, Quantity) and self.rate.number == 0)

    @model_validator(mode="after")
    def _one_probability(self) -> Self:
        if (self.probability is None) == (self.rate is None):
            raise Fault("one_of", names=["probability", "rate"])
        if self.once and self.rate is not None:
            raise Fault("once_with_rate")
        if self.size is None and any(SIZE in _units(effect) for effect in self.effects.values()):
            raise Fault("size_missing")
        return self


class Lever(Change):
    """A measure that may be taken."""

    start: Year | None = None
    """First year of the effect; default: the year after the baseline."""
    when: str | None = None
    """Instead of `start`: a milestones indicator; the lever takes effect in the year it is first reached."""
    delay: Uncertain = Quantity(0.0, written=0)
    """Years until it takes effect, rounded to whole years."""
    ramp: Annotated[int, Field(strict=True, ge=1, le=50)] = 1
    """Years over which the effect builds up in equal steps; 1: full effect from the first year."""
    probability: Share = Quantity(100.0, PERCENT, "100%")
    """Probability that it is carried out: 100 % on, 0 % off."""
    cost: Quantity | None = None
    """What it costs."""

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.start is not None and self.when is not None:
            raise Fault("not_both", names=["start", "when"])
        if any(SIZE in _units(effect) for effect in self.effects.values()):
            raise Fault("lever_size")
        return self


def _units(effect: Effect) -> set[str]:
    return {strength.unit for strength in (effect.level, effect.growth) if strength is not None}
