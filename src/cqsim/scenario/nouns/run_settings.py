"""How a scenario is run: accuracy or paths, the seed, contradicting correlations."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from cqsim.errors import Fault
from cqsim.noun import Noun
from cqsim.quantities import Quantity


class RunSettings(Noun):
    """How the scenario is run unless the command says otherwise."""

    accuracy: Quantity | None = None
    """Half width of the 95 % Monte Carlo interval of every hit probability, in percentage points: `0.1pp`."""
    paths: Annotated[int, Field(strict=True, ge=1)] | None = None
    """A fixed number of paths instead."""
    seed: Annotated[int, Field(strict=True, ge=0)] = 0
    """Seed of the random streams."""
    correlation: Literal["exact", "nearest"] = "exact"
    """What to do when correlations contradict each other: refuse, or use the nearest consistent ones and say so."""

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if self.accuracy is not None and self.paths is not None:
            raise Fault("not_both", names=["accuracy", "paths"])
        return self

    @field_validator("accuracy")
    @classmethod
    def _points(cls, value: Quantity | None) -> Quantity | None:
        if value is not None:
            points(value)
        return value


def points(accuracy: Quantity) -> float:
    """An accuracy in percentage points as a fraction.

    Raises
    ------
    Fault
        When it is not written in `pp`, or not between 0.01pp and 50pp.

    Examples
    --------
    >>> points(Quantity.parse("0.1pp"))
    0.001
    """
    if accuracy.unit != "pp" or not 0.01 <= accuracy.number <= 50:
        raise Fault("accuracy_range", value=str(accuracy))
    return accuracy.number / 100
