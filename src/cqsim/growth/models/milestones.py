"""Named projects that are reached or not, and when."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from cqsim.arrays import Array
from cqsim.distributions.base import Uncertain
from cqsim.growth.base import Effect, GrowthModel, Kind, Parameter, Share
from cqsim.growth.inputs import Inputs
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
    >>> inputs = Inputs(2021, np.array([0.0]), {"park.probability": 1.0}, {"project park": np.zeros((2, 1))},
    ...                 {"park.delay": model.parameters()["park.delay"].law()})
    >>> model.paths(inputs, out)
    >>> out[:, 0].tolist()
    [0.0, 0.0, 1.0, 1.0]
    """

    integer: ClassVar[bool] = True
    effects: ClassVar[frozenset[Effect]] = frozenset()
    default_baseline: ClassVar[float] = 0.0

    model: Literal["milestones"] = "milestones"
    projects: Annotated[Frozen[Project], Field(min_length=1)]
    """By name."""

    def parameters(self) -> dict[str, Parameter]:
        """Probability and delay of each project."""
        found = {}
        for name, project in self.projects.items():
            found[f"{name}.probability"] = Parameter(project.probability, Kind.SHARE, at_least=0)
            found[f"{name}.delay"] = Parameter(project.delay, Kind.NUMBER, at_least=0, repeated=True)
        return found

    def streams(self, years: int) -> dict[str, int]:
        """For each project, two draws for each of its number: whether, and how late."""
        return {f"project {name}": 2 * project.number for name, project in self.projects.items()}

    def paths(self, inputs: Inputs, out: Array) -> None:
        """Fill in the levels of every year; see `GrowthModel.paths`."""
        from scipy.special import ndtr

        out[:] = inputs.baseline
        for name, project in self.projects.items():
            draws = inputs.noise[f"project {name}"]
            chance, law = inputs.draws[f"{name}.probability"], inputs.laws[f"{name}.delay"]
            for number in range(project.number):
                reached = ndtr(draws[number]) < chance
                late = np.floor(law.from_normal(draws[project.number + number]) + 0.5)
                step = np.maximum(project.earliest + late - inputs.year, 1)
                for year in range(1, len(out)):
                    out[year] += reached & (step <= year)
