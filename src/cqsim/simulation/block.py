"""The block kernel: one block of paths, from draws to the levels of every indicator in every year."""

from __future__ import annotations

import numpy as np

from cqsim.arrays import Array, Shaped
from cqsim.growth.kernel import NOISE, Draws, Inputs
from cqsim.scenario.formula.dimensions import BoundFormula
from cqsim.simulation.draws.dependence import mix
from cqsim.simulation.draws.sampling import MedianSampler, Sampler
from cqsim.simulation.effects import Added, Effects, apply_event, apply_lever, first_reached
from cqsim.simulation.plan.plan import IndicatorPlan, Plan
from cqsim.simulation.plan.stream import Owner
from cqsim.simulation.plan.streams import BASELINE, EARLIER, varies

BLOCK = 16384
"""Paths that share a place in the streams; they are drawn in pieces that fit a plan's size."""
_CACHED = 32 * 2**20  # bytes of draws and levels that stay near the cache
_LARGEST = 192 * 2**20  # bytes that a large plan may take to have a few paths at a time
_FEW = 128


def paths_at_once(plan: Plan) -> int:
    """Paths of a piece: their draws and levels stay near the cache, or at least in bounds."""
    width = max(_CACHED // bytes_per_path(plan), min(_FEW, _LARGEST // bytes_per_path(plan)))
    return min(max(width, 1), BLOCK)


def bytes_per_path(plan: Plan) -> int:
    """Of draws and levels."""
    return 8 * (len(plan.indicators) * (plan.steps + 1) + sum(stream.rows for stream in plan.streams))


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
        self.levels = np.full((len(plan.indicators), plan.steps + 1, paths), np.nan)
        self._place = {indicator.id: number for number, indicator in enumerate(plan.indicators)}
        self._streams = {(stream.owner, stream.part): stream for stream in plan.streams}
        self._normals = {
            (stream.owner, stream.part): np.empty((stream.rows + self._earlier(stream.part), paths))
            for stream in plan.streams
            if stream.owner.kind == "indicator" and stream.part != EARLIER
        }

    def _earlier(self, part: str) -> int:
        """Rows of yearly innovations before the scenario's baseline year."""
        return self.plan.anchor if part == NOISE else 0

    def draw(self, sampler: Sampler, block: int) -> Shaped[Array, "series rows paths"]:
        """Levels of one block.

        Returns
        -------
        ndarray, shape (series, steps + 1, paths)
            Reused by the next call. Years before an indicator's baseline are NaN.
        """
        for (owner, part), out in self._normals.items():
            anchor = self._earlier(part)
            sampler.normals(block, self._streams[owner, part], out[anchor:])
            if anchor:
                out[:anchor] = self._fresh(sampler, block, owner, EARLIER)[::-1]
        for of, mixing in self.plan.mixings.items():
            parts = {id: NOISE if of == "noise" else self.plan.indicators[self._place[id]].typical for id in mixing.ids}
            mix({id: self._normals[Owner("indicator", id), str(part)] for id, part in parts.items()}, mixing)
        with np.errstate(all="ignore"):  # a path without a value (0 / 0, log of a negative) is counted, not warned of
            self._begin()
            self._grow(alone=True, added={})
            self._grow(alone=False, added=self._change(sampler, block))
            self._compute()
        return self.levels

    def _fresh(self, sampler: Sampler, block: int, owner: Owner, part: str) -> Array:
        """The standard normal values of a stream that has no buffer."""
        stream = self._streams[owner, part]
        out = np.empty((stream.rows, self.paths))
        sampler.normals(block, stream, out)
        return out

    def _change(self, sampler: Sampler, block: int) -> Added:
        """What events and levers add; levers that wait for a milestone find it grown."""
        effects = Effects(self.plan.steps, self.plan.anchor, self.paths)

        def draw(owner: Owner, part: str) -> Array:
            return self._fresh(sampler, block, owner, part)

        for event in self.plan.events:
            apply_event(event, draw, effects)
        for lever in self.plan.levers:
            apply_lever(lever, self._reached(lever.when), draw, effects)
        return effects.added

    def _reached(self, milestone: str | None) -> Array | None:
        if milestone is None:
            return None
        number = self._place[milestone]
        start = self.plan.indicators[number].start
        return first_reached(self.levels[number, start:]) + start

    def _begin(self) -> None:
        for number in self.plan.start_order:
            indicator = self.plan.indicators[number]
            out = self.levels[number, indicator.start]
            rule = indicator.baseline if indicator.baseline is not None else indicator.formula
            if isinstance(rule, BoundFormula):
                out[:] = self._value(rule, indicator.start)
            elif rule is not None:
                drawn = varies(rule)
                out[:] = rule.from_normal(self._normals[indicator.owner, BASELINE][0]) if drawn else rule.median

    def _grow(self, alone: bool, added: Added) -> None:
        """Grow the indicators that nothing can change, or the others."""
        for number, indicator in enumerate(self.plan.indicators):
            if indicator.kernel is not None and (not indicator.effects) == alone:
                levels = self.levels[number, indicator.start :]
                indicator.kernel.paths(self._inputs(indicator, levels, added), levels)
                if (indicator.id, "level") in added and not indicator.kernel.applies_level:
                    levels[1:] *= _factor(_since_start(added[indicator.id, "level"], indicator.start), levels[1:])
                _without_infinite(levels)

    def _inputs(self, indicator: IndicatorPlan, levels: Array, added: Added) -> Inputs:
        noise = {stream: self._normals[indicator.owner, stream] for stream in indicator.noise}
        if NOISE in noise:
            noise[NOISE] = noise[NOISE][indicator.start : indicator.start + indicator.noise[NOISE]]
        growth, level = (added.get((indicator.id, kind)) for kind in ("growth", "level"))
        return Inputs(
            baseline=levels[0].copy(),
            draws=self._draws(indicator, levels[0]),
            noise=noise,
            growth=None if growth is None else growth[indicator.start + 1 :],
            level=None if level is None else _since_start(level, indicator.start),
        )

    def _draws(self, indicator: IndicatorPlan, baseline: Array) -> Draws:
        draws: dict[str, Array | float] = {}
        for name, parameter in indicator.laws.items():
            z = self._normals[indicator.owner, str(parameter.stream)] if varies(parameter.law) else None
            value = parameter.law.median if z is None else parameter.law.from_normal(z[0])
            draws[name] = value * baseline if parameter.relative else value
        return draws

    def _compute(self) -> None:
        """Formulas, year by year, so that `prev` finds the year before complete."""
        for step in range(self.plan.steps + 1):
            for number in self.plan.yearly_order:
                indicator = self.plan.indicators[number]
                starts_given = indicator.baseline is not None and step == indicator.start
                if indicator.formula is not None and step >= indicator.start and not starts_given:
                    level = self.levels[number, step]
                    level[:] = self._value(indicator.formula, step)
                    _without_infinite(level)

    def _value(self, formula: BoundFormula, step: int) -> Array | float:
        levels, place = self.levels, self._place
        return formula.value(lambda name: levels[place[name], step], lambda name: levels[place[name], step - 1])


def _factor(shift: Array, levels: Array) -> Array:
    """By what level effects multiply levels: what harms takes its share of the size away, below zero too."""
    factor = np.exp(shift)
    return np.where(levels < 0, 2 - factor, factor) if levels.min() < 0 else factor


def _without_infinite(levels: Array) -> None:
    """What is beyond any number, or 1 / 0, is no value: it hits nothing, and is counted apart."""
    if not np.isfinite(levels.sum()):
        levels[np.isinf(levels)] = np.nan


def _since_start(shift: Array, start: int) -> Array:
    """Level effects of the years after an indicator's baseline, which holds those that came before."""
    return np.asarray(shift[start + 1 :] - shift[start], np.float64)


def central(plan: Plan) -> Shaped[Array, "series rows"]:
    """The central path: every law at its median, no noise.

    Returns
    -------
    ndarray, shape (series, steps + 1)
    """
    levels: Array = Workspace(plan, 1).draw(MedianSampler(), 0)[:, :, 0]
    return levels
