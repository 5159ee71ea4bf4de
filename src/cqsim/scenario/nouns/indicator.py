"""An indicator: its baseline, its growth or formula, its targets."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from cqsim.errors import Fault
from cqsim.growth.base import REGISTRY, Growth
from cqsim.noun import Noun, detail
from cqsim.quantities import PERCENT
from cqsim.scenario.nouns.baseline import Baseline
from cqsim.scenario.nouns.history import RECORDS, History, last_point
from cqsim.scenario.nouns.target import Target
from cqsim.scenario.nouns.text import Text


def _from_history(history: Any, growth: Any) -> dict[str, Any]:
    """What a history supplies where it is not written: its trend as the growth, its last value as the baseline."""
    last = last_point(history)
    about = {key: value for key, value in (last or {}).items() if key in ("source", "note")}
    trend = {"model": "trend", "evidence": "derived", **about}
    return {"growth": trend} if _starts_by_itself(growth) else {"growth": trend, "baseline": last}


def _starts_by_itself(growth: Any) -> bool:
    """Whether a growth model, written or read, has a baseline of its own, as counts have."""
    name = growth.get("model") if isinstance(growth, Mapping) else getattr(growth, "model", None)
    return name in REGISTRY.shipped() and REGISTRY.find(str(name)).levels == "whole"


def _of_written(error: ValidationError, filled: Container[str]) -> ValidationError:
    """The problems of what is written: those of what was filled in are problems of the history, told there."""
    findings = error.errors(include_url=False)
    own = [finding for finding in findings if not finding["loc"] or finding["loc"][0] not in filled]
    return ValidationError.from_exception_data(error.title, [detail(finding) for finding in own]) if own else error


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
        try:
            indicator = validate({**data, **filled})
        except ValidationError as error:
            raise _of_written(error, filled) from None
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
