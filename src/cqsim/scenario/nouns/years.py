"""The years of a scenario."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from cqsim.errors import Fault
from cqsim.noun import Noun

_FIRST, _LAST = 1900, 2200
_DIGITS = re.compile(r"[0-9]{4}")
_SAID = re.compile(r"(?:fy\s*)?([0-9]{4})(?:\.0+)?\s*(?:年度?末?|year)?", re.IGNORECASE)


def year_of(text: str) -> int | None:
    """The calendar year that a text of four digits names; None when it names none.

    >>> year_of("2021"), year_of("0021"), year_of("²")
    (2021, None, None)
    """
    year = int(text) if _DIGITS.fullmatch(text) else 0
    return year if _FIRST <= year <= _LAST else None


def _read_year(value: Any) -> Any:
    """A year, also one in quotes; other texts with a year in them are told what to write."""
    if not isinstance(value, str):
        return value
    year = year_of(value.strip())
    if year is None:
        said = _SAID.fullmatch(unicodedata.normalize("NFKC", value).strip())
        raise Fault("not_year", "write_year" if said else None, value=value, year=said and said[1])
    return year


Year = Annotated[int, BeforeValidator(_read_year), Field(strict=True, ge=_FIRST, le=_LAST)]
"""A calendar year."""


class Years(Noun):
    """The years of the simulation."""

    baseline: Year
    """Year of every baseline that gives none of its own."""
    end: Year
    """Last simulated year."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.baseline < self.end <= self.baseline + 100:
            raise Fault("years_order", baseline=self.baseline, end=self.end)
        return self
