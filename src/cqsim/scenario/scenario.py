"""The scenario: everything that an analyst writes, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from os import PathLike
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr, field_validator, model_validator

from cqsim.errors import Fault, ScenarioError
from cqsim.evidence import Graded, Sourced
from cqsim.in_notebooks import InNotebooks
from cqsim.noun import Frozen, Noun
from cqsim.quantities import Quantity, shown
from cqsim.scenario.cases import Case, applied, check_cases
from cqsim.scenario.checks import check
from cqsim.scenario.data.saving import replaced, to_yaml, write_atomically
from cqsim.scenario.nouns.change import Event, Lever
from cqsim.scenario.nouns.indicator import Indicator, Year
from cqsim.scenario.nouns.text import Text

Correlated = Literal["noise", "rate"]


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


class Source(Noun):
    """A publication or page that figures come from."""

    title: str
    """Title of the publication or page."""
    publisher: str | None = None
    """Who published it."""
    year: Year | None = None
    """Year of publication."""
    date: str | None = None
    """Date of publication, when more than the year is known."""
    url: str | None = None
    """Where it was seen."""
    note: str | None = None
    """What to bear in mind."""


class Correlation(Graded):
    """Two indicators whose yearly innovations and typical rates are correlated."""

    between: tuple[str, str]
    """Two indicator ids."""
    value: Annotated[float, Field(gt=-1, lt=1, strict=True)]
    """Correlation coefficient, between -1 and 1."""
    of: Correlated | None = None
    """`noise` or `rate` for one of them; default both."""


class NotTarget(Sourced):
    """A goal that cannot be given a probability, and why."""

    goal: str
    """The goal in the words of its source."""
    reason: str
    """Why no probability can be given."""


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


def _read_format(value: Any) -> Any:
    if type(value) is not int or value != 1:
        raise Fault("unknown_format", "update_cqsim", value=shown(value))
    return value


class Scenario(InNotebooks, Noun):
    """One scenario file: what is known, what is assumed, and what has been announced.

    Raises
    ------
    ScenarioError
        When its parts do not fit together; `load` also names file, line and column.

    Examples
    --------
    >>> growth = {"model": "compound", "rate": "10%", "volatility": "5%", "evidence": "assumed"}
    >>> visitors = {"unit": "万人次", "baseline": {"value": 100, "evidence": "assumed"}, "growth": growth,
    ...             "targets": [{"at_least": 120, "year": 2023}]}
    >>> scenario = Scenario(id="demo", years={"baseline": 2021, "end": 2023}, indicators={"visitors": visitors})
    >>> scenario.replace({"indicators.visitors.growth.rate": "12%"}).indicators["visitors"].growth.rate.number
    12.0
    """

    format: Annotated[Literal[1], BeforeValidator(_read_format)] = 1
    """Version of the file format."""
    id: Annotated[str, Field(min_length=1, max_length=100)] = "scenario"
    """Short name; default: the file's name."""
    title: Text | None = None
    """Heading of tables and reports."""
    language: Literal["zh", "en"] = "en"
    """Language of messages and reports."""
    years: Years
    """The years of the simulation."""
    sources: Frozen[Source] = Field(default_factory=dict, validate_default=True)
    """Sources of figures, by key."""
    indicators: Frozen[Indicator]
    """Annual figures, by id."""
    events: Frozen[Event] = Field(default_factory=dict, validate_default=True)
    """Events that may happen, by id."""
    levers: Frozen[Lever] = Field(default_factory=dict, validate_default=True)
    """Measures that may be taken, by id."""
    not_targets: tuple[NotTarget, ...] = ()
    """Goals that cannot be given a probability."""
    cases: Frozen[Case] = Field(default_factory=dict, validate_default=True)
    """Named sets of overrides, such as an optimistic and a cautious one."""
    correlation: tuple[Correlation, ...] = ()
    """Which indicators move together."""
    run: RunSettings = RunSettings()
    """How it is run."""
    _sha256: str | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = check(self) or check_cases(self)
        if problems:
            raise ScenarioError(problems, language=self.language)
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.to_yaml())

    def to_yaml(self) -> str:
        """The scenario as text, as `save` writes it."""
        return to_yaml(self)

    @property
    def sha256(self) -> str:
        """SHA-256 of the YAML text: of the file as it was read, else of what `save` writes."""
        return self._sha256 or sha256(self.to_yaml().encode()).hexdigest()

    def save(self, path: str | PathLike[str]) -> None:
        """Write the scenario to a YAML file, completely or not at all; `load` returns an equal scenario.

        Parameters
        ----------
        path : path-like

        Raises
        ------
        OSError
            When the file cannot be written.
        """
        write_atomically(path, self.to_yaml().encode())

    def replace(self, changes: Mapping[str, Any]) -> Scenario:
        """A new scenario with some values replaced; a block is replaced as a whole.

        Parameters
        ----------
        changes : mapping of str to value
            Path, such as ``"indicators.visitors.growth.rate"`` or ``"indicators.visitors.targets[0].year"``, to
            what would stand there in the file.

        Raises
        ------
        ScenarioError
            When a path does not exist or the result does not fit together.
        """
        return replaced(self, changes)

    def case(self, name: str) -> Scenario:
        """The scenario with the values of one of its cases.

        Raises
        ------
        ScenarioError
            When there is no such case.
        """
        return applied(self, name)
