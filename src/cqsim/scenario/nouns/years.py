"""The years of a scenario."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from cqsim.errors import Fault
from cqsim.noun import Noun

Year = Annotated[int, Field(strict=True, ge=1900, le=2200)]
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
