"""How far each hit probability depends on what is not known: chance averaged out, state by state.

What is not known is drawn once a path: baselines, the parameters of growth models, uncertain probabilities of events
and levers. Chance is the rest: yearly noise, whether events happen, when projects are finished.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from cqsim.arrays import Array, Flags, Shaped
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.states import NestedSampler
from cqsim.simulation.executors import Executor
from cqsim.simulation.plan.plan import Plan
from cqsim.targets.when import score

_STATES = 512  # a block; many states with few futures each err less than few states with many
_FUTURES = 32  # of each state
_BLOCKS = 4
_TRIED = 1024  # paths that tell whether anything is left open


def hit_shares(plan: Plan, seed: int, executor: Executor) -> Shaped[Array, "rows states"]:
    """Hit probabilities under many states of what is not known, up to the error of the few futures of each.

    Returns
    -------
    ndarray, shape (targets + 1, states)
        The last row is that of all targets together.
    """
    counts = np.concatenate(list(executor.map(partial(_block, plan, seed), range(_BLOCKS))), axis=1)
    shares = counts / _FUTURES
    known = ~_left_open(plan, seed)
    shares[known] = shares[known].mean(axis=1, keepdims=True)
    return np.asarray(shares)


def _left_open(plan: Plan, seed: int) -> Flags:
    """For each target and all together, whether anything that is not known matters: other states give other levels."""
    levels, others = (Workspace(plan, _TRIED).draw(NestedSampler(seed, 1, states), 0) for states in (0, 1))
    numbers = [target.indicator for target in plan.targets]
    matters = ~np.array([np.array_equal(levels[number], others[number], equal_nan=True) for number in numbers])
    return np.array([*matters, matters.any()])


def _block(plan: Plan, seed: int, block: int) -> Shaped[Array, "rows states"]:
    levels = Workspace(plan, _STATES * _FUTURES).draw(NestedSampler(seed, _FUTURES), block)
    starts = [plan.indicators[target.indicator].start for target in plan.targets]
    flags = [
        score(target.goal, levels[target.indicator, start:])[0]
        for target, start in zip(plan.targets, starts, strict=True)
    ]
    together = np.array([*flags, np.logical_and.reduce(flags)])
    return np.asarray(together.reshape(len(together), _STATES, _FUTURES).sum(axis=2), np.float64)


def spread_of(shares: Shaped[Array, " states"], probability: float, probabilities: tuple[float, ...]) -> list[float]:
    """Quantiles of a hit probability over what is not known.

    Parameters
    ----------
    shares : ndarray, shape (states,)
        Of futures that hit, one a state.
    probability : float
        Over all states, about which the quantiles are centred.
    probabilities : tuple of float
        Of the quantiles.

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
    ends = probability + kept * (np.quantile(shares, probabilities) - mean)
    return [float(end) for end in np.clip(ends, 0.0, 1.0)]
