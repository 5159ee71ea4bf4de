"""Truncated normal and t distributions against arithmetic of 50 digits (mpmath).

The quantile is put back into the exact distribution function: how far its share lies from what was asked, over the
exact density, is its error.
"""

import itertools
import math

import mpmath as mp
import numpy as np
import pytest

from cqsim.distributions.bells import StudentT

NEAR = (-40, -37.5, -30.5, -20, -5, -1, -1e-3, 0, 0.5, 3, 10, 29.9, 30.1, 38, 39)
WINDOWS = [(low, low + width) for low, width in itertools.product(NEAR, (1e-6, 0.01, 1, 80, math.inf))]
WINDOWS += [(-math.inf, high) for high in (*NEAR, 40)] + [(-math.inf, math.inf), (-1e-9, 1e-9)]
SHARES = np.array([1e-9, 0.01, 0.3, 0.5, 0.9, 1 - 1e-9])


def tail(df, value):
    """Probability below a value."""
    if math.isinf(value):
        return mp.mpf(value > 0)
    value = mp.mpf(value)
    if math.isinf(df):
        return mp.ncdf(value)
    half = mp.betainc(mp.mpf(df) / 2, mp.mpf(1) / 2, 0, df / (df + value**2), regularized=True) / 2
    return half if value < 0 else 1 - half


def density(df, value):
    if math.isinf(df):
        return mp.npdf(value)
    df, value = mp.mpf(df), mp.mpf(value)
    return mp.gamma((df + 1) / 2) / mp.gamma(df / 2) / mp.sqrt(df * mp.pi) * (1 + value**2 / df) ** (-(df + 1) / 2)


def error(df, low, high, value, below, above):
    """Of a standard quantile, in standard deviations."""
    if low + high > 0 or (high == math.inf and low > -math.inf):  # where probabilities are small, none is lost
        return error(df, -high, -low, -value, above, below)
    wanted = above * tail(df, low) + below * tail(df, high)
    return (tail(df, value) - wanted) / density(df, value)


def wrong(df, window, values, shares):
    """The values of a window that are further from the quantiles of these shares than nine digits allow."""
    for value, (below, above) in zip(map(float, values), shares, strict=True):
        allowed = 1e-9 * max(abs(value), 1e-6 * min(1, window[1] - window[0]))
        if not abs(error(df, *window, value, below, above)) <= allowed:
            yield window, value


@pytest.fixture(autouse=True)
def digits():
    with mp.workdps(50):
        yield


@pytest.mark.parametrize("df", [math.inf, 0.5, 1, 3.3, 30, 1000])
def test_quantiles_have_nine_digits(df):
    shares = [(mp.mpf(float(share)), 1 - mp.mpf(float(share))) for share in SHARES]
    for window in WINDOWS:
        assert list(wrong(df, window, StudentT(0.0, 1.0, df, *window).ppf(SHARES), shares)) == []


@pytest.mark.parametrize("df", [math.inf, 2, 50])
def test_normal_values_keep_both_tails(df):
    z = np.array([-12.0, -8.0, -3.0, 0.0, 3.0, 8.0, 12.0])
    shares = [(mp.ncdf(value), mp.ncdf(-value)) for value in map(float, z)]
    for window in ((-math.inf, math.inf), (0, math.inf), (-2, 50), (20, math.inf), (35, math.inf), (-60, -31)):
        law = StudentT(0.0, 1.0, df, *window)
        if law.has_mass:
            assert list(wrong(df, window, law.from_normal(z), shares)) == []


def test_the_median_of_a_tail():
    assert StudentT(3103.0, 300.0, lowest=6000.0).median == pytest.approx(6021.2336, abs=1e-4)


@pytest.mark.parametrize(
    ("df", "low", "high", "has_mass"),
    [
        (math.inf, 40, math.inf, True),
        (math.inf, 1e6, math.inf, True),
        (math.inf, 1e9, math.inf, False),  # floats do not tell its quantiles apart
        (1000, 40, 41, True),
        (1000, 500, math.inf, False),  # its mass underflows
        (0.5, 1e100, math.inf, True),
        (0.5, -math.inf, -1e100, True),
        (math.inf, 5, 5 + 1e-9, True),
    ],
)
def test_what_cannot_be_represented_is_told(df, low, high, has_mass):
    assert StudentT(0.0, 1.0, df, low, high).has_mass is has_mass
