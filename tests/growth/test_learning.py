"""Elicited figures and a history together: against the conjugate closed form and brute force."""

import numpy as np
import pytest
from scipy.stats import norm

import cqsim
from cqsim.distributions.laws import Certain, Scale, SplitNormal
from cqsim.growth.fitting.learning import learned
from cqsim.growth.past import Past

PAST = Past.until(2021, [100, 103, 104, 108, 111, 115])
GROWTH = np.diff(np.log(PAST.values))
CHANCES = np.array([0.1, 0.5, 0.9])


def laws(rate, volatility=None, persistence=None):
    return {"rate": rate, "volatility": volatility or Certain(0.02), "persistence": persistence or Certain(0.0)}


def test_a_normal_rate_and_a_known_volatility_give_the_conjugate_normal():
    prior = SplitNormal(Scale.LOG1P, 0.06, 0.03, 0.03)
    precision = 0.03**-2 + len(GROWTH) * 0.02**-2
    mean = (0.06 * 0.03**-2 + GROWTH.sum() * 0.02**-2) / precision
    exact = np.expm1(norm.ppf(CHANCES, mean, precision**-0.5))
    found = learned(laws(prior), PAST)
    assert found["rate"].ppf(CHANCES) == pytest.approx(exact, abs=2e-5)
    assert found["rate"].prior_weight == pytest.approx(0.03**-2 / precision, abs=1e-3)
    assert (found["volatility"], found["persistence"]) == (Certain(0.02), Certain(0.0))


def test_all_three_are_bayes_rule():
    rate = SplitNormal(Scale.LOG1P, 0.06, 0.04, 0.02)
    volatility = SplitNormal(Scale.LOG, np.log(0.05), 0.5, 0.5)
    persistence = SplitNormal(Scale.LINEAR, 0.2, 0.25, 0.25)
    random = np.random.default_rng(8)
    draws = random.standard_normal((3, 400_000))
    mean = np.log1p(rate.from_normal(draws[0].copy()))
    spread, phi = (
        volatility.from_normal(draws[1].copy()),
        np.clip(persistence.from_normal(draws[2].copy()), -0.99, 0.99),
    )
    away = GROWTH[:, None] - mean
    errors = np.vstack([away[:1], (away[1:] - phi * away[:-1]) / np.sqrt(1 - phi**2)])
    weight = (
        np.exp(-0.5 * (errors**2).sum(axis=0) / spread**2)
        * spread ** -len(GROWTH)
        * (1 - phi**2) ** (-(len(GROWTH) - 1) / 2)
    )
    found = learned(laws(rate, volatility, persistence), PAST)
    effective = weight.sum() ** 2 / (weight**2).sum()
    for name, values in (("rate", np.expm1(mean)), ("volatility", spread), ("persistence", phi)):
        for chance in CHANCES:
            share = weight[values <= found[name].ppf(np.array([chance]))[0]].sum() / weight.sum()
            # importance sampling: standard error of a share with the effective number of draws; six of them
            assert abs(share - chance) < 6 * np.sqrt(chance * (1 - chance) / effective) + 0.002


def test_a_long_history_overrules_and_none_leaves_the_figures():
    prior = SplitNormal(Scale.LOG1P, 0.06, 0.03, 0.03)
    long = Past.until(2021, 100 * 1.01 ** np.arange(60))
    assert learned(laws(prior), long)["rate"].median == pytest.approx(0.01, abs=0.001)
    assert learned(laws(prior), Past((2021,), (100.0,)))["rate"].ppf(CHANCES) == pytest.approx(
        prior.ppf(CHANCES), abs=1e-4
    )


def scenario(**growth):
    history = {
        "values": {str(year): value for year, value in zip(PAST.years, PAST.values, strict=True)},
        "evidence": "official",
    }
    growth = {
        "model": "compound",
        "rate": {"p10": "2%", "p50": "7%", "p90": "12%"},
        "volatility": "4%",
        "evidence": "assumed",
        **growth,
    }
    x = {"history": history, "growth": growth, "targets": [{"at_least": 140, "year": 2026}]}
    return cqsim.Scenario(years={"baseline": 2021, "end": 2026}, indicators={"x": x})


def test_judgement_data_and_both_stand_side_by_side():
    written, updated = (cqsim.run(scenario(**growth), paths=20_000, progress=False) for growth in ({}, {"learn": True}))
    (first,), (second,) = written.fits, updated.fits
    assert (first.used, second.used) == (False, True)
    assert first.prior == second.prior == pytest.approx((0.02, 0.07, 0.12))
    assert first.data == second.data == pytest.approx(1.15**0.2 - 1)
    assert first.posterior == second.posterior
    assert first.data < first.posterior[1] < first.prior[1]
    assert updated.answers[0].probability < written.answers[0].probability - 0.1
    assert updated.to_dict()["fits"][0]["posterior"]["0.5"] == second.posterior[1]


def test_without_learn_the_history_changes_no_draw():
    with_history = scenario()
    x = dict(with_history.indicators["x"])
    x.pop("history")
    without = cqsim.Scenario(
        years=with_history.years, indicators={"x": {key: value for key, value in x.items() if value}}
    )
    first, second = (cqsim.run(one, paths=5_000, progress=False).answers[0] for one in (with_history, without))
    assert first.probability == second.probability
