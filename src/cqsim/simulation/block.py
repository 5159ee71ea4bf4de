"""The block kernel: one block of paths, from draws to the levels of every indicator in every year."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.laws import Law
from cqsim.growth.base import NOISE
from cqsim.growth.inputs import Draws, Inputs
from cqsim.scenario.formula.dimensions import BoundFormula
from cqsim.simulation.changes import Added, Changes, first_reached, happen, pull
from cqsim.simulation.draws.dependence import mix
from cqsim.simulation.draws.sampling import MedianSampler, Sampler
from cqsim.simulation.plan import Plan, Series


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
        self._streams = {
            (series.id, stream): np.empty((plan.noise_rows if stream == NOISE else rows, paths))
            for series in plan.series
            for stream, rows in series.streams.items()
        }
        self._parameters = {
            (series.id, law.stream): np.empty((1, paths))
            for series in plan.series
            for law in series.laws.values()
            if law.stream is not None and _varies(law.law)
        }
        self._start = {series.id: np.empty((1, paths)) for series in plan.series if _varies(series.baseline)}

    def draw(self, sampler: Sampler, block: int) -> Array:
        """Levels of one block.

        Returns
        -------
        ndarray, shape (series, steps + 1, paths)
            Reused by the next call. Years before an indicator's baseline are NaN.
        """
        for (id, stream), out in self._streams.items():
            if stream == NOISE and self.plan.anchor:
                self._draw_from_anchor(sampler, block, id, out)
            else:
                sampler.normals(block, id, stream, out)
        for (id, stream), out in self._parameters.items():
            sampler.normals(block, id, stream, out, unknown=True)
        mix({id: out for (id, stream), out in self._streams.items() if stream == NOISE}, self.plan.mixings["noise"])
        self._mix_rates(sampler, block)
        for id, out in self._start.items():
            sampler.normals(block, id, "baseline", out, unknown=True)
        with np.errstate(all="ignore"):  # a path without a value (0 / 0, log of a negative) is counted, not warned of
            self._begin()
            self._grow(alone=True, added={})
            self._grow(alone=False, added=self._change(sampler, block))
            self._compute()
        return self.levels

    def _draw_from_anchor(self, sampler: Sampler, block: int, id: str, out: Array) -> None:
        """Yearly innovations; those before the scenario's baseline come from a stream of their own, backwards."""
        anchor = self.plan.anchor
        sampler.normals(block, id, NOISE, out[anchor:])
        earlier = np.empty((anchor, self.paths))
        sampler.normals(block, id, "noise before", earlier)
        out[:anchor] = earlier[::-1]

    def _change(self, sampler: Sampler, block: int) -> Added:
        """What events and levers add; levers that wait for a milestone find it grown."""
        changes = Changes(self.plan.steps, self.plan.anchor, self.paths)
        for event in self.plan.events:
            happen(event, sampler, block, changes)
        for lever in self.plan.levers:
            pull(lever, self._reached(lever.when), sampler, block, changes)
        return changes.added

    def _reached(self, milestone: str | None) -> Array | None:
        if milestone is None:
            return None
        number = self._place[milestone]
        start = self.plan.series[number].start
        return first_reached(self.levels[number, start:]) + start

    def _mix_rates(self, sampler: Sampler, block: int) -> None:
        """Join the typical rates; an indicator whose rate is certain still takes its place in the mixing."""
        mixing = self.plan.mixings["rate"]
        rates = {}
        for series in self.plan.series:
            if series.id in mixing.ids and series.growth:
                key = (series.id, series.growth.typical or "rate")
                if key not in self._parameters:
                    rates[series.id] = np.empty((1, self.paths))
                    sampler.normals(block, *key, rates[series.id], unknown=True)
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

    def _grow(self, alone: bool, added: Added) -> None:
        """Grow the indicators that nothing can change, or the others."""
        for number, series in enumerate(self.plan.series):
            if series.growth is not None and (not series.growth.effects) == alone:
                levels = self.levels[number, series.start :]
                inputs = self._inputs(series, levels, added)
                series.growth.paths(inputs, levels)
                if (series.id, "level") in added and not series.growth.applies_level:
                    levels[1:] *= np.exp(_since_start(added[series.id, "level"], series.start))

    def _inputs(self, series: Series, levels: Array, added: Added) -> Inputs:
        noise = {stream: self._streams[series.id, stream] for stream in series.streams}
        if NOISE in noise:
            noise[NOISE] = noise[NOISE][series.start : series.start + series.streams[NOISE]]
        growth, level = (added.get((series.id, kind)) for kind in ("growth", "level"))
        return Inputs(
            year=self.plan.first_year + series.start,
            baseline=levels[0].copy(),
            draws=self._draws(series, levels[0]),
            noise=noise,
            laws={name: law.law for name, law in series.laws.items() if law.stream is None},
            history=series.history,
            growth=None if growth is None else growth[series.start + 1 :],
            level=None if level is None else _since_start(level, series.start),
        )

    def _draws(self, series: Series, baseline: Array) -> Draws:
        found: dict[str, Array | float] = {}
        for name, law in series.laws.items():
            if law.stream is not None:
                z = self._parameters[series.id, law.stream] if _varies(law.law) else None
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
                    level = self.levels[number, step]
                    level[:] = self._value(series.formula, step)
                    level[np.isinf(level)] = np.nan  # 1 / 0 is no value: it hits nothing

    def _value(self, formula: BoundFormula, step: int) -> Array | float:
        levels, place = self.levels, self._place
        return formula.value(lambda name: levels[place[name], step], lambda name: levels[place[name], step - 1])


def _since_start(shift: Array, start: int) -> Array:
    """Level effects of the years after an indicator's baseline, which holds those that came before."""
    return np.asarray(shift[start + 1 :] - shift[start], np.float64)


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
