"""From a tally to answers: counts become plain data that nothing needs to be drawn for again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cqsim.answers.calendar import calendar
from cqsim.answers.caveats import caveats
from cqsim.answers.fits import fit_caveats, fits
from cqsim.answers.joint import joint
from cqsim.answers.options import Settings
from cqsim.answers.result import Result
from cqsim.answers.target.answer import answer
from cqsim.answers.target.drivers import Driver
from cqsim.answers.yearly import yearly
from cqsim.arrays import Array, Shaped
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.plan.building import targets_of

RANGE = (0.1, 0.9)
"""Quantiles of a hit probability over what is not known."""
_LEAST = 1e-12  # where something is open, nothing is certain


@dataclass(frozen=True)
class Spread:
    """What probabilities and outcomes depend on.

    Parameters
    ----------
    chances : sequence of ndarray, shape (states,), or None
        See `cqsim.simulation.ranges.chances`.
    drivers : sequence of tuple of Driver
        One entry a target.
    """

    chances: Sequence[Shaped[Array, " states"] | None]
    drivers: Sequence[tuple[Driver, ...]]

    def range(self, number: int, probability: float) -> tuple[float, float]:
        """The range of a target's probability, that of all together last; without width only where nothing is open."""
        chance = self.chances[number]
        if chance is None:
            return probability, probability
        low, high = np.clip(np.quantile(chance, RANGE), _LEAST, 1 - 2 * _LEAST)
        return float(low), float(max(high, low + _LEAST))


def answered(scenario: Scenario, tally: Tally, settings: Settings, case: str | None, spread: Spread | None) -> Result:
    """The result of one scenario."""
    language = settings.language
    answers = tuple(
        answer(number, id, target, scenario, tally, language, spread)
        for number, (id, target) in enumerate(targets_of(scenario))
    )
    figures = tuple(fits(scenario, language))
    return Result(
        scenario=scenario,
        answers=answers,
        joint_answer=joint(tally, spread, all(answer.required.growth_in for answer in answers)),
        indicators=yearly(scenario, tally, language),
        calendar=calendar(scenario, tally.plan, language),
        fits=figures,
        notes=(*caveats(scenario, tally, settings.seed, language), *fit_caveats(figures, language)),
        seed=settings.seed,
        paths=tally.paths,
        language=language,
        case=case,
    )
