"""Chance averaged out: for many states of what is not known, the share of futures that hit each target.

What is not known is drawn once a path: baselines, the parameters of growth models, uncertain probabilities of events
and levers. Chance is the rest: yearly noise, whether events happen, when projects are finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from cqsim.arrays import Array, Flags
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.executors import Executor
from cqsim.simulation.plan import Plan
from cqsim.simulation.scoring import score

_STATES = 512  # a block; many states with few futures each err less than few states with many
_FUTURES = 32  # of each state
_BLOCKS = 4
_TRIED = 1024  # paths that tell whether anything is left open
_APART = 2**31  # blocks of the engine never reach it: these draws are others


@dataclass(frozen=True)
class NestedSampler:
    """Draws in which consecutive paths share what is not known.

    >>> out = np.empty((1, 4))
    >>> NestedSampler(0, 2).normals(0, "visitors", "rate", out, unknown=True)
    >>> bool(out[0, 0] == out[0, 1] != out[0, 2])
    True
    """

    seed: int
    futures: int
    states: int = 0
    """Draws of what is not known differ from one number to another, those of chance do not."""

    def normals(self, block: int, indicator: str, part: str, out: Array, unknown: bool = False) -> None:
        """Fill `out`; each unknown value stands `futures` times."""
        sampler = RandomSampler(self.seed)
        if not unknown:
            sampler.normals(_APART + block, indicator, part, out)
            return
        states = np.empty((len(out), out.shape[1] // self.futures))
        RandomSampler(self.seed + self.states).normals(_APART + block, indicator, part, states)
        out[:] = np.repeat(states, self.futures, axis=1)


def hit_shares(plan: Plan, seed: int, executor: Executor) -> Array:
    """Hit probabilities under many states of what is not known, up to the error of the few futures of each.

    Returns
    -------
    ndarray, shape (goals + 1, states)
        The last row is that of all targets together.
    """
    counts = np.concatenate(list(executor.map(partial(_block, plan, seed), range(_BLOCKS))), axis=1)
    shares = counts / _FUTURES
    known = ~_left_open(plan, seed)
    shares[known] = shares[known].mean(axis=1, keepdims=True)
    return np.asarray(shares)


def _left_open(plan: Plan, seed: int) -> Flags:
    """For each target and all together, whether anything that is not known matters: other states give other levels."""
    one, other = (Workspace(plan, _TRIED).draw(NestedSampler(seed, 1, states), 0) for states in (0, 1))
    series = [goal.series for goal in plan.goals]
    matters = ~np.array([np.array_equal(one[number], other[number], equal_nan=True) for number in series])
    return np.array([*matters, matters.any()])


def _block(plan: Plan, seed: int, block: int) -> Array:
    levels = Workspace(plan, _STATES * _FUTURES).draw(NestedSampler(seed, _FUTURES), block)
    flags = [score(goal, levels[goal.series, plan.series[goal.series].start :])[0] for goal in plan.goals]
    together = np.array([*flags, np.logical_and.reduce(flags)])
    return np.asarray(together.reshape(len(together), _STATES, _FUTURES).sum(axis=2), np.float64)


def spread_of(shares: Array, probability: float, chances: tuple[float, ...]) -> list[float]:
    """Quantiles of a hit probability over what is not known.

    Parameters
    ----------
    shares : ndarray, shape (states,)
        Of futures that hit, one a state.
    probability : float
        Over all states, about which the quantiles are centred.
    chances : tuple of float

    Notes
    -----
    The binomial error of the shares widens their spread; it is taken out by shrinking them towards their mean until
    their variance is that of the probabilities alone.

    Examples
    --------
    >>> [round(end, 4) for end in spread_of(np.array([0.25, 0.75] * 50), 0.5, (0.1, 0.9))]
    [0.2624, 0.7376]
    """
    mean, variance = shares.mean(), shares.var()
    error = (shares * (1 - shares)).mean() / (_FUTURES - 1)
    kept = np.sqrt(max(1 - error / variance, 0.0)) if variance > 0 else 0.0
    found = probability + kept * (np.quantile(shares, chances) - mean)
    return [float(one) for one in np.clip(found, 0.0, 1.0)]
