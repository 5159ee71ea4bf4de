"""What the closed-form tests share: running a text, and comparing shares and quantiles within 6.5 sigma.

Such a comparison fails by chance less than once in ten billion; all of those in this folder together (about 950) fail
by chance less than once in ten million runs.
"""

import json
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import cqsim

SIGMAS = 6.5


@pytest.fixture(scope="session")
def closed_forms():
    return json.loads(Path(__file__).with_name("closed_forms.json").read_text(encoding="utf-8"))


@pytest.fixture
def simulate(tmp_path):
    """Write a scenario, load it, and run it."""

    def run(text, paths=200_000, seed=1):
        file = tmp_path / "scenario.yaml"
        file.write_text(text, encoding="utf-8")
        return cqsim.run(cqsim.load(file), paths=paths, seed=seed, range=False, progress=False)

    return run


@pytest.fixture
def one(simulate):
    """Run a scenario of one indicator `x` from 2020 on."""

    def run(growth, *targets, end, baseline="value: 100", **options):
        text = f"""
format: 1
years: {{baseline: 2020, end: {end}}}
indicators:
  x:
    baseline: {{{baseline}, evidence: official}}
    growth: {{{growth}, evidence: assumed}}
    targets: [{", ".join(f"{{{target}}}" for target in targets)}]
"""
        return simulate(text, **options)

    return run


@pytest.fixture
def check_share():
    """Check a share of paths against its probability."""

    def check(share, probability, paths, slack=0.0):
        error = sqrt(max(probability * (1 - probability), 1 / paths) / paths)
        sigmas = max(abs(share - probability) - slack, 0.0) / error
        assert sigmas < SIGMAS, f"{share} is {sigmas:.1f} sigma from {probability}"

    return check


@pytest.fixture
def check_law(check_share):
    """Check all quantiles of an indicator in one year against a cumulative distribution function."""

    def check(result, indicator, year, cdf):
        row = result.quantiles(indicator).set_index("year").loc[year]
        for name in row.index[row.index.str.match(r"p\d")]:
            check_share(float(cdf(row[name])), float(name[1:]) / 100, result.paths)

    return check


@pytest.fixture
def extremes(tally_of):
    """Lowest and highest level of an indicator in one year, over all paths."""

    def find(result, indicator, year):
        tally = tally_of(result)
        histogram = tally.values[tally.plan.number(indicator), year - tally.plan.first_year]
        return histogram.low, histogram.high

    return find


@pytest.fixture
def autoregression():
    """Covariance of yearly AR(1) deviations, in units of the stationary variance, by its definition."""

    def covariance(persistence, years, known_start):
        steps = np.arange(years)
        lower = np.tril(persistence ** np.abs(steps[:, None] - steps))  # effect of each innovation on each year
        innovations = np.full(years, 1 - persistence**2)
        if not known_start:
            innovations[0] = 1.0
        return lower @ np.diag(innovations) @ lower.T

    return covariance
