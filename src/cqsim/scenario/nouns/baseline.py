"""The baseline of an indicator."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from cqsim.distributions.base import Uncertain
from cqsim.errors import Fault
from cqsim.evidence import Graded
from cqsim.quantities import Quantity
from cqsim.scenario.nouns.years import Year


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
