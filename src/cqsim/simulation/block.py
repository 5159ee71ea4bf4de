"""The block kernel: one block of paths, from draws to the levels of every indicator in every year."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cqsim.distributions.laws import Law
from cqsim.growth.base import Draws
from cqsim.scenario.dimensions import BoundFormula
from cqsim.simulation.dependence import mix
from cqsim.simulation.plan import Plan, Series
from cqsim.simulation.sampling import MedianSampler, Sampler

Array = NDArray[np.float64]


class Workspace:
    """Buffers for blocks of up to some number of paths, used again for every block.

    Parameters
    ----------
    plan : Plan
    paths : int
        Paths a block.
    """

    def __init__(self, plan: Plan, paths: int) -> None:
        self.plan = plan
        self.paths = paths
        self.levels = np.full((len(plan.series), plan.steps + 1, paths), np.nan)
        self._place = {series.id: number for number, series in enumerate(plan.series)}
        noisy = [series.id for series in plan.series if series.growth and series.growth.noise_years(1)]
        uncertain = [
            (series.id, name) for series in plan.series for name, law in series.laws.items() if _varies(law.law)
        ]
        self._noise = {id: np.empty((plan.noise_rows, paths)) for id in noisy}
        self._parameters = {key: np.empty((1, paths)) for key in uncertain}
        self._start = {series.id: np.empty((1, paths)) for series in plan.series if _varies(series.baseline)}

    def draw(self, sampler: Sampler, block: int) -> Array:
        """Levels of one block.

        Returns
        -------
        ndarray, shape (series, steps + 1, paths)
            Reused by the next call. Years before an indicator's baseline are NaN.
        """
        for id, out in self._noise.items():
            sampler.normals(block, id, "noise", out)
        mix(self._noise, self.plan.mixings["noise"])
        for (id, name), out in self._parameters.items():
            sampler.normals(block, id, name, out)
        self._mix_rates(sampler, block)
        for id, out in self._start.items():
            sampler.normals(block, id, "baseline", out)
        with np.errstate(all="ignore"):  # a path without a value (0 / 0, log of a negative) is counted, not warned of
            self._begin()
            self._grow()
            self._compute()
        return self.levels

    def _mix_rates(self, sampler: Sampler, block: int) -> None:
        """Join the typical rates; an indicator whose rate is certain still takes its place in the mixing."""
        mixing = self.plan.mixings["rate"]
        rates = {}
        for series in self.plan.series:
            if series.id in mixing.ids and series.growth:
                key = (series.id, series.growth.typical or "rate")
                if key not in self._parameters:
                    rates[series.id] = np.empty((1, self.paths))
                    sampler.normals(block, *key, rates[series.id])
                else:
                    rates[series.id] = self._parameters[key]
        mix(rates, mixing)

    def _begin(self) -> None:
        for number in self.plan.start_order:
            series = self.plan.series[number]
            out = self.levels[number, series.start]
            rule = series.baseline if series.baseline is not None else series.formula
            if isinstance(rule, BoundFormula):
                out[:] = self._value(rule, series.start)
            elif rule is not None:
                out[:] = rule.from_normal(self._start[series.id][0]) if series.id in self._start else rule.median

    def _grow(self) -> None:
        for number, series in enumerate(self.plan.series):
            if series.growth is not None:
                levels = self.levels[number, series.start :]
                rows = series.growth.noise_years(len(levels) - 1)
                noise = (
                    self._noise[series.id][series.start : series.start + rows] if rows else np.empty((0, self.paths))
                )
                series.growth.paths(levels[0].copy(), self._draws(series, levels[0]), noise, levels)

    def _draws(self, series: Series, baseline: Array) -> Draws:
        found: dict[str, Array | float] = {}
        for name, law in series.laws.items():
            z = self._parameters.get((series.id, name))
            value = law.law.median if z is None else law.law.from_normal(z[0])
            found[name] = value * baseline if law.relative else value
        return found

    def _compute(self) -> None:
        """Formulas, year by year, so that `prev` finds the year before complete."""
        for step in range(self.plan.steps + 1):
            for number in self.plan.yearly_order:
                series = self.plan.series[number]
                starts_given = series.baseline is not None and step == series.start
                if series.formula is not None and step >= series.start and not starts_given:
                    self.levels[number, step] = self._value(series.formula, step)

    def _value(self, formula: BoundFormula, step: int) -> Array | float:
        levels, place = self.levels, self._place
        return formula.value(lambda name: levels[place[name], step], lambda name: levels[place[name], step - 1])


def _varies(rule: Law | BoundFormula | None) -> bool:
    return rule is not None and not isinstance(rule, BoundFormula) and rule.lowest != rule.highest


def central(plan: Plan) -> Array:
    """The central path: every law at its median, no noise.

    Returns
    -------
    ndarray, shape (series, steps + 1)
    """
    levels: Array = Workspace(plan, 1).draw(MedianSampler(), 0)[:, :, 0]
    return levels
