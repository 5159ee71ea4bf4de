"""The hit probability in each state of what is not known, from a few futures of every state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from cqsim.arrays import Array, Flags, Shaped

_TAIL = 32  # margins in either tail beyond which the normal law goes on
_FARTHEST = 7.0  # standard normal value of a probability that is as good as certain
_RARE = 1e-3  # hits that are too few to correct anything by
_STATES_A_ROW = 1000  # of the unknown draws, below which a regression on them says more about chance than about them
_STEPS = 8  # of Newton's method


def index_of(
    low: Shaped[Array, "sides states"],
    high: Shaped[Array, "sides states"],
    drawn: Shaped[Array, "futures sides states"],
    unknown: Shaped[Array, "rows states"],
) -> Shaped[Array, " states"]:
    """The probability in each state as a model of location and scale has it.

    Parameters
    ----------
    low, high : ndarray, shape (sides, states)
        Margins where all chance is pushed down, and up: their middle and distance say how a state moves the margin.
    drawn : ndarray, shape (futures, sides, states)
        Margins with drawn chance.
    unknown : ndarray, shape (rows, states)
        Standard normal draws of the states.

    Notes
    -----
    In each state the drawn margin is a mean plus a scale times a residual of one law, whatever its shape. The mean is
    regressed on the middle and the unknown draws with their absolute values, the log of the squared residual on the
    log distance and the mean (Harvey 1976, Econometrica 44); the law of the residuals is that of all of them.
    """
    sides = [_above_zero(*side, unknown) for side in zip(low, high, drawn.swapaxes(0, 1), strict=True)]
    return np.clip(sides[0] if len(sides) == 1 else sides[0] - sides[1], 0.0, 1.0)


def _above_zero(low: Array, high: Array, drawn: Array, unknown: Array) -> Array:
    if all(np.array_equal(first, second) for first, second in pairwise((high, *drawn))):
        return np.asarray(high >= 0, np.float64)  # no chance
    middle, distance = (low + high) / 2, np.abs(high - low)
    mean = _fitted(_standard(middle, *unknown, *np.abs(unknown)), drawn.mean(axis=0))
    away = drawn - mean
    squares = np.square(away)
    sizes = np.log(squares + 1e-6 * squares.mean()).mean(axis=0)
    scale = np.exp(_fitted(_standard(np.log(distance + 1e-3 * distance.mean() + 1e-300), mean), sizes) / 2)
    return _upper_share(np.sort((away / scale).ravel()), -mean / scale)


def _standard(*rows: Array) -> Shaped[Array, "rows states"]:
    """Rows of mean zero and variance one below a row of ones; those that do not vary are left out."""
    away = np.array(rows) - np.mean(rows, axis=1, keepdims=True)
    spread = away.std(axis=1)
    varies = spread > 1e-9 * (np.abs(rows).max(axis=1) + 1e-300)
    return np.vstack([np.ones(away.shape[1]), away[varies] / spread[varies, None]])


def _fitted(rows: Shaped[Array, "rows states"], values: Shaped[Array, " states"]) -> Shaped[Array, " states"]:
    """Least squares."""
    square = rows @ rows.T
    square[np.diag_indices(len(square))] += 1e-6 * rows.shape[1]  # rows that say the same share the weight
    return np.asarray(np.linalg.solve(square, rows @ values) @ rows)


def _upper_share(sample: Shaped[Array, " draws"], bounds: Shaped[Array, " states"]) -> Shaped[Array, " states"]:
    """Share of a sorted sample from each bound on; beyond its outermost values as a normal law goes on."""
    from scipy.special import log_ndtr

    count, tail = len(sample), min(_TAIL, len(sample) // 4)
    share = 1 - np.searchsorted(sample, bounds) / count
    middle, spread = sample.mean(), sample.std()
    for sign, end in ((-1, sample[-tail]), (1, sample[tail - 1])):
        beyond = sign * (bounds - end) < 0
        places = sign * (np.append(bounds[beyond], end) - middle) / spread
        rest = tail / count * np.exp(log_ndtr(places[:-1]) - log_ndtr(places[-1]))
        share[beyond] = rest if sign < 0 else 1 - rest
    return np.asarray(share)


def settled(
    index: Shaped[Array, " states"], hits: Shaped[Flags, "2 states"], unknown: Shaped[Array, "rows states"]
) -> Shaped[Array, " states"]:
    """Probabilities by state that agree with what was hit.

    Parameters
    ----------
    index : ndarray, shape (states,)
        Probabilities as a model has them.
    hits : ndarray of bool, shape (2, states)
        Whether each of two futures hits.
    unknown : ndarray, shape (rows, states)

    Notes
    -----
    A probit regression of the hits on the index and the unknown draws moves the index, or the mean where that fits
    better, as far as the hits ask for it beyond chance (shrunk as by James and Stein 1961). What the regression misses
    is seen in the product of both futures' residuals, whose mean is the mean square of the miss; it is added as normal
    scatter.

    Examples
    --------
    >>> chance = np.linspace(0.1, 0.9, 1000)
    >>> hits = np.random.default_rng(1).random((2, 1000)) < chance
    >>> bool((settled(chance, hits, np.zeros((0, 1000))) == chance).all())
    True
    """
    known = unknown if len(unknown) * _STATES_A_ROW <= len(index) else unknown[:0]
    probability = _recalibrated(index, hits.mean(axis=0), known)
    misses = np.prod(hits - probability, axis=0)
    scatter = misses.mean() - 2 * misses.std() / np.sqrt(len(misses))
    if scatter <= 0:
        return probability
    ranks = np.random.default_rng(0).permutation(len(misses))
    return np.asarray(np.clip(probability + np.sqrt(scatter) * _probit((ranks + 0.5) / len(ranks)), 0.0, 1.0))


def _recalibrated(index: Array, share: Array, unknown: Array) -> Array:
    from scipy.special import ndtr

    mean = share.mean()
    if max(index.max(), mean) < _RARE or min(index.min(), mean) > 1 - _RARE:
        return index  # too few hits, or misses, to say more
    start = max(index, np.full_like(index, mean), key=lambda probability: _likelihood(probability, share))
    place = np.clip(_probit(start), -_FARTHEST, _FARTHEST)
    rows = _standard(place, *unknown, *np.abs(unknown), *np.square(unknown))
    weights = np.zeros(len(rows))
    for _ in range(_STEPS):
        move, gain = _newton(place + weights @ rows, share, rows, weights)
        if not weights.any() and gain <= 2 * len(rows):
            return start
        weights += move * min(1.0, 2.0 / np.abs(move).max())
        if gain < 0.1:
            break
    moved = weights @ rows
    gained = 2 * (_likelihood(ndtr(place + moved), share) - _likelihood(start, share))
    kept = max(1 - 2 * len(rows) / gained, 0.0) if gained > 0 else 0.0
    return np.asarray(ndtr(place + kept * moved))


def _newton(place: Array, share: Array, rows: Array, weights: Array) -> tuple[Array, float]:
    """The next step of a probit regression on two futures, and about twice the log likelihood that it gains."""
    from scipy.special import ndtr

    place = np.clip(place, -_FARTHEST, _FARTHEST)
    probability = ndtr(place)
    density = np.exp(-np.square(place) / 2) / np.sqrt(2 * np.pi)
    steep = 2 * density / (probability * ndtr(-place))
    slope = rows @ (steep * (share - probability)) - weights
    curvature = (rows * (steep * density)) @ rows.T
    curvature[np.diag_indices(len(rows))] += 1.0  # weights beyond one are unlikely
    move = np.linalg.solve(curvature, slope)
    return move, float(slope @ move)


def _likelihood(probability: Array, share: Array) -> float:
    """Log likelihood of what two futures hit."""
    probability = np.clip(probability, 1e-12, 1 - 1e-12)
    return float(2 * (share @ np.log(probability) + (1 - share) @ np.log1p(-probability)))


def _probit(probability: Array) -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri(probability))


def together(by_target: Shaped[Array, "targets states"], hits: Shaped[Flags, "2 states"]) -> Shaped[Array, " states"]:
    """The probability of all targets at once: between their product and the smallest, as the hits have it."""
    product, smallest = np.prod(by_target, axis=0), np.min(by_target, axis=0)
    apart = product - smallest
    weight = (hits.mean(axis=0) - smallest) @ apart / max(apart @ apart, 1e-300)
    return np.asarray(smallest + np.clip(weight, 0.0, 1.0) * apart)


def balanced(chance: Shaped[Array, " states"], unknown: Shaped[Array, "rows states"]) -> Shaped[Array, " states"]:
    """Probabilities of states that are spread evenly along the direction in which the probability changes most.

    The unknown draws are independent standard normal values, and so is their weighted sum with which the
    probability rises; states that lie thinner there than the normal law are taken more often (post-stratification).

    Examples
    --------
    >>> states = np.array([[-2.0, -1.0, 0.0, 3.0], [0.0, 0.0, 0.0, 0.0]])
    >>> balanced(np.array([0.1, 0.2, 0.5, 0.9]), states).tolist()
    [0.2, 0.5, 0.5, 0.5]
    """
    if len(unknown) < 2:
        return chance  # one stream is spread evenly by itself
    weights = unknown @ (chance - chance.mean())
    place = weights @ unknown / max(np.sqrt(weights @ weights), 1e-300)
    order = np.argsort(place, kind="stable")
    middles = (place[order][1:] + place[order][:-1]) / 2
    wanted = _probit((np.arange(len(chance)) + 0.5) / len(chance))
    return np.asarray(chance[order][np.searchsorted(middles, wanted)])
