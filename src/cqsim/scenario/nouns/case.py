"""A case: a named set of overrides."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from cqsim.evidence import Sourced
from cqsim.noun import Frozen
from cqsim.scenario.nouns.text import Text


class Case(Sourced):
    """Overrides at some paths."""

    label: Text | None = None
    """Name in tables; default: the id."""
    extends: str | None = None
    """Another case; its values apply wherever this one sets none."""
    set: Frozen[Any] = Field(default_factory=dict, validate_default=True)
    """Path, such as `indicators.visitors.growth.rate`, to value; a block is replaced as a whole."""
