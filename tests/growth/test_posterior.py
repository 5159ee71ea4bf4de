"""The posterior against Bayes' rule worked out by brute force, and against the closed form without a prior."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

import cqsim
from cqsim.growth.fitting.posterior import Prior, posterior
from cqsim.growth.kernel import NOISE, Inputs
from cqsim.growth.models.trend import Trend, TrendPrior

YEARS = np.arange(2016, 2022)
HISTORY = np.array([100.0, 103, 104, 108, 111, 115])
PRIOR = Prior(0.02, 0.03, np.log(0.08**2), 1.0)
PERSISTENCE = np.array([-0.3, 0.0, 0.6])


def brute_force(years, levels, prior):
    """Mean drift, mean log variance, chances of the persistences, mean and sd of the last deviation, by summing up."""
    drifts = np.linspace(prior.drift - 6 * prior.drift_sd, prior.drift + 6 * prior.drift_sd, 241)
    logs = np.linspace(prior.log_variance - 7, prior.log_variance + 5, 181)
    spans, changes = np.diff(years), np.diff(levels)
    ends = np.cumsum(spans)
    members = np.array(
        [[start <= year < end for year in range(ends[-1])] for start, end in zip(ends - spans, ends, strict=True)]
    )
    rows = []
    for phi in PERSISTENCE:
        yearly = phi ** np.abs(np.subtract.outer(np.arange(ends[-1]), np.arange(ends[-1])))
        covariance = members @ yearly @ members.T
        with_last = members @ yearly[:, -1]
        gain = np.linalg.solve(covariance, with_last)
        for log_variance in logs:
            density = multivariate_normal(np.zeros(len(spans)), np.exp(log_variance) * covariance)
            likelihood = density.pdf(changes - drifts[:, None] * spans)
            weight = likelihood * norm.pdf(drifts, prior.drift, prior.drift_sd)
            weight *= norm.pdf(log_variance, prior.log_variance, prior.log_variance_sd)
            last = (changes - drifts[:, None] * spans) @ gain
            left = np.exp(log_variance) * (1 - gain @ with_last)
            rows.append(
                np.stack([np.broadcast_to(v, drifts.shape) for v in (phi, log_variance, drifts, last, left, weight)])
            )
    table = np.concatenate(rows, axis=1)
    weight = table[5] / table[5].sum()
    mean = table[:5] @ weight
    last_sd = np.sqrt(table[3] ** 2 @ weight - mean[3] ** 2 + mean[4])
    return mean[2], mean[1], [float(weight[table[0] == phi].sum()) for phi in PERSISTENCE], mean[3], last_sd


@pytest.mark.parametrize("kept", [slice(None), [0, 1, 3, 4, 5], [0, 1, 2, 3, 5]], ids=["all", "gap", "gap at the end"])
def test_it_is_bayes_rule(kept):
    years, levels = YEARS[kept], np.log(HISTORY[kept])
    found = posterior(years, levels, PERSISTENCE, PRIOR)
    drift, log_variance, chances, last, last_sd = brute_force(years, levels, PRIOR)
    assert (found.weight * found.drift).sum() == pytest.approx(drift, abs=2e-5)
    assert (found.weight * 2 * np.log(found.volatility)).sum() == pytest.approx(log_variance, abs=2e-3)
    assert found.weight.sum(axis=1) == pytest.approx(chances, abs=1e-3)
    deviation = found.last[:, None] - found.last_drift[:, None] * found.drift
    mean = (found.weight * deviation).sum()
    spread = (found.last_drift[:, None] * found.drift_sd) ** 2 + (found.last_sd[:, None] * found.volatility) ** 2
    assert mean == pytest.approx(last, abs=5e-5)
    assert np.sqrt((found.weight * (spread + deviation**2)).sum() - mean**2) == pytest.approx(last_sd, rel=2e-3)


def test_without_years_the_prior_is_left():
    found = posterior(np.array([2021]), np.log([115.0]), PERSISTENCE, PRIOR)
    assert (found.weight * found.drift).sum() == pytest.approx(0.02)
    assert found.weight.sum(axis=1) == pytest.approx([1 / 3] * 3)
    assert found.last_sd.tolist() == [1, 1, 1]


def test_with_hardly_any_prior_the_chance_is_that_of_students_t():
    """The published worked example: 8.93 % for a target of 140 in five years; a plug-in would say 1.1 %."""
    vague = TrendPrior(drift="0%", drift_sd="1000%", log_variance_sd=10.0, persistence=(-1e-6, 1e-6), damping=(1.0,))
    fitted = Trend(prior=vague, evidence="derived").fit(YEARS, HISTORY)
    random = np.random.default_rng(6)
    out = np.empty((6, 400_000))
    draws = {name: random.standard_normal(400_000) for name in ("cell", "drift", "last")}
    fitted.paths(Inputs(np.full(400_000, 115.0), draws, {NOISE: random.standard_normal((5, 400_000))}), out)
    # standard error 0.00045; the bound is six of them, exceeded by chance less than once in a hundred million
    assert np.mean(out[-1] >= 140) == pytest.approx(0.0893, abs=0.0027)


def test_the_default_gives_the_documented_chance():
    history = {"values": dict(zip(map(str, YEARS), HISTORY.tolist(), strict=True)), "evidence": "assumed"}
    indicators = {"x": {"history": history, "targets": [{"at_least": 140, "year": 2026}]}}
    scenario = cqsim.Scenario(years={"baseline": 2021, "end": 2026}, indicators=indicators)
    assert cqsim.run(scenario, paths=400_000, progress=False).answers[0].probability == pytest.approx(0.194, abs=0.004)
