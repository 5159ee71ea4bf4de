"""A scenario in numbers: everything that drawing and counting need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cqsim.distributions.laws import Law
from cqsim.growth.base import EffectKind
from cqsim.growth.kernel import Kernel
from cqsim.scenario.correlations import Of
from cqsim.scenario.formula.dimensions import BoundFormula
from cqsim.scenario.laws import ParameterLaw
from cqsim.simulation.plan.stream import Owner, Stream
from cqsim.targets.goal import Goal


@dataclass(frozen=True)
class IndicatorPlan:
    """One indicator as the block kernel needs it.

    Parameters
    ----------
    id : str
    start : int
        Steps from the plan's first year to the indicator's baseline year.
    baseline : Law, BoundFormula or None
        None for a formula that computes its own start.
    kernel : Kernel or None
        What grows it; None for a formula.
    laws : mapping of str to ParameterLaw
        Of what the kernel draws once per path.
    formula : BoundFormula or None
    noise : mapping of str to int
        Rows of standard normal values that the kernel takes, by stream.
    typical : str or None
        The stream of its typical growth, which correlations join.
    effects : frozenset of {"level", "growth"}
        What events and levers may change of it.
    is_whole : bool
        Whether its levels are whole numbers.
    """

    id: str
    start: int
    baseline: Law | BoundFormula | None
    kernel: Kernel | None
    laws: Mapping[str, ParameterLaw]
    formula: BoundFormula | None
    noise: Mapping[str, int] = field(default_factory=dict)
    typical: str | None = None
    effects: frozenset[EffectKind] = frozenset()
    is_whole: bool = False

    @property
    def owner(self) -> Owner:
        """Of its streams."""
        return Owner("indicator", self.id)


@dataclass(frozen=True)
class Mixing:
    """Which indicators' standard normal draws are joined, and how.

    Parameters
    ----------
    ids : tuple of str
        Sorted.
    factor : tuple of tuple of float
        Lower triangular factor of the correlation matrix, shape (len(ids), len(ids)).
    """

    ids: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Strength:
    """One effect of an event or a lever.

    Parameters
    ----------
    indicator : str
    kind : {"level", "growth"}
    size : float
        A fraction; or a multiple of the event's size.
    of_size : bool
        Whether it is such a multiple.
    """

    indicator: str
    kind: EffectKind
    size: float
    of_size: bool


@dataclass(frozen=True)
class EventPlan:
    """An event in numbers; see `cqsim.scenario.nouns.change.Event`."""

    id: str
    probability: Law
    is_rate: bool
    once: bool
    size: Law
    recovery: int | None
    strengths: tuple[Strength, ...]
    most: int = 1
    """Occurrences a year that are told apart."""

    @property
    def owner(self) -> Owner:
        """Of its streams."""
        return Owner("event", self.id)


@dataclass(frozen=True)
class LeverPlan:
    """A lever in numbers; see `cqsim.scenario.nouns.change.Lever`."""

    id: str
    start: int
    when: str | None
    delay: Law
    ramp: int
    probability: Law
    strengths: tuple[Strength, ...]

    @property
    def owner(self) -> Owner:
        """Of its streams."""
        return Owner("lever", self.id)


@dataclass(frozen=True)
class Part:
    """One part of a sum.

    Parameters
    ----------
    indicator : int
        Its index.
    factor : float
        From its unit into that of the sum.
    """

    indicator: int
    factor: float


@dataclass(frozen=True)
class TargetPlan:
    """A target in numbers, and whose it is.

    Parameters
    ----------
    indicator : int
        Index of its indicator.
    goal : Goal
    parts : tuple of Part
        What the indicator is the sum of; empty when it is none, or the target is not `at_least`.
    """

    indicator: int
    goal: Goal
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Plan:
    """Everything that drawing needs; picklable, and the same for any order of the indicators.

    Parameters
    ----------
    first_year : int
    anchor : int
        Steps from the first year to the scenario's baseline year: streams count from there, whatever starts earlier.
    steps : int
        Years after the first.
    indicators : tuple of IndicatorPlan
        Sorted by id.
    start_order, yearly_order : tuple of int
        Order in which starting values, and formulas of one year, can be computed.
    targets : tuple of TargetPlan
        In the order of the file.
    mixings : mapping of "noise" and "rate" to Mixing
    events, levers : tuple of EventPlan, LeverPlan
        Sorted by id.
    streams : tuple of Stream
        Every draw.
    """

    first_year: int
    anchor: int
    steps: int
    indicators: tuple[IndicatorPlan, ...]
    start_order: tuple[int, ...]
    yearly_order: tuple[int, ...]
    targets: tuple[TargetPlan, ...]
    mixings: Mapping[Of, Mixing] = field(default_factory=dict)
    events: tuple[EventPlan, ...] = ()
    levers: tuple[LeverPlan, ...] = ()
    streams: tuple[Stream, ...] = ()

    def number(self, indicator: str) -> int:
        """The index of an indicator."""
        return self._numbers[indicator]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {plan.id: number for number, plan in enumerate(self.indicators)}

    def due(self, target: TargetPlan) -> int:
        """Steps from the plan's first year to the year of a target."""
        return self.indicators[target.indicator].start + target.goal.due

    def year(self, step: int) -> int:
        """The calendar year of a step."""
        return self.first_year + step
