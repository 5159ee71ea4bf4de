"""Named projects that are reached or not, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from cqsim.arrays import Array, Shaped
from cqsim.distributions.base import Uncertain
from cqsim.distributions.laws import Law
from cqsim.growth.base import EffectKind, GrowthModel, Levels
from cqsim.growth.kernel import Inputs, Kernel
from cqsim.growth.parameters import Kind, Parameter, Share
from cqsim.growth.past import Past
from cqsim.noun import Frozen, Noun
from cqsim.quantities import Quantity


class Project(Noun):
    """Something that may be reached once, or a number of such things that are alike and independent."""

    probability: Share
    """Probability that it is ever reached; drawn once per path when uncertain."""
    earliest: Annotated[int, Field(strict=True, ge=1900, le=2200)]
    """First year in which it can be reached."""
    delay: Uncertain = Quantity(0.0, written=0)
    """Years after the earliest, rounded to whole years; drawn for each of `number` apart."""
    number: Annotated[int, Field(strict=True, ge=1, le=1000)] = 1
    """How many there are."""


class Milestones(GrowthModel):
    """The level is the number of projects reached so far.

    Examples
    --------
    >>> model = Milestones(projects={"park": {"probability": "100%", "earliest": 2023}}, evidence="assumed")
    >>> out = np.empty((4, 1))
    >>> inputs = Inputs(np.array([0.0]), {"park.probability": 1.0}, {"project park": np.zeros((2, 1))})
    >>> kernel = model.prepare(None, range(2022, 2025))
    >>> kernel.paths(inputs, out)
    >>> out[:, 0].tolist()
    [0.0, 0.0, 1.0, 1.0]
    """

    levels: ClassVar[Levels] = "whole"
    effects: ClassVar[frozenset[EffectKind]] = frozenset()

    model: Literal["milestones"] = "milestones"
    projects: Annotated[Frozen[Project], Field(min_length=1)]
    """By name."""

    def parameters(self) -> dict[str, Parameter]:
        """Probability and delay of each project."""
        parameters = {}
        for name, project in self.projects.items():
            parameters[f"{name}.probability"] = Parameter(project.probability, Kind.SHARE, at_least=0)
            parameters[f"{name}.delay"] = Parameter(project.delay, Kind.NUMBER, at_least=0, repeated=True)
        return parameters

    def streams(self, years: int) -> dict[str, int]:
        """For each project, two draws for each of its number: whether, and how late."""
        return {f"project {name}": 2 * project.number for name, project in self.projects.items()}

    def prepare(self, past: Past | None, years: range) -> Kernel:
        """Its kernel; see `GrowthModel.prepare`."""
        delays = {name: self.parameters()[f"{name}.delay"].law() for name in self.projects}
        first = years.start
        return MilestonesKernel(
            tuple(
                _ReadyProject(name, project.number, project.earliest - first + 1, delays[name])
                for name, project in self.projects.items()
            )
        )


@dataclass(frozen=True)
class _ReadyProject:
    """A project in numbers; `earliest` counts from the baseline."""

    name: str
    number: int
    earliest: int
    delay: Law


@dataclass(frozen=True)
class MilestonesKernel(Kernel):
    """See `Milestones`."""

    projects: tuple[_ReadyProject, ...]

    def paths(self, inputs: Inputs, out: Shaped[Array, "rows paths"]) -> None:
        """Fill in the levels of every year; see `Kernel.paths`."""
        from scipy.special import ndtr

        out[:] = inputs.baseline
        for project in self.projects:
            draws = inputs.noise[f"project {project.name}"]
            probability = inputs.draws[f"{project.name}.probability"]
            for number in range(project.number):
                reached = ndtr(draws[number]) < probability
                late = np.floor(project.delay.from_normal(draws[project.number + number]) + 0.5)
                step = np.maximum(project.earliest + late, 1)
                for year in range(1, len(out)):
                    out[year] += reached & (step <= year)
