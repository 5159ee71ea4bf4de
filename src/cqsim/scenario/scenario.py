"""The scenario: everything that an analyst writes, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from os import PathLike
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PrivateAttr, model_validator

from cqsim.disk.atomic import write_file
from cqsim.errors import Fault, ScenarioError
from cqsim.in_notebooks import InNotebooks
from cqsim.noun import Frozen, Noun
from cqsim.quantities import shown
from cqsim.scenario.cases import applied, check_cases
from cqsim.scenario.checks import check
from cqsim.scenario.data.saving import replaced, to_yaml
from cqsim.scenario.dependencies import Remembered
from cqsim.scenario.nouns.case import Case
from cqsim.scenario.nouns.change import Event, Lever
from cqsim.scenario.nouns.correlation import Correlation
from cqsim.scenario.nouns.indicator import Indicator
from cqsim.scenario.nouns.not_target import NotTarget
from cqsim.scenario.nouns.run_settings import RunSettings
from cqsim.scenario.nouns.source import Source
from cqsim.scenario.nouns.text import Text
from cqsim.scenario.nouns.years import Years


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
    place: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """Which place it is about: different places draw independently, files of one place share their draws."""
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
    _remembered: Remembered = PrivateAttr(default_factory=Remembered)

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
        write_file(path, self.to_yaml().encode())

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
