"""Gompertz, Bass and logistic growth against their curves; with noise, by the normal law on their own scale."""

from math import exp, expm1, log, sqrt

import numpy as np
import pytest
from scipy.special import ndtr
from tests.oracles.kernel import indicator, levels, world

AR1 = "volatility: 12%, persistence: {0}"


def percent(share):
    return f"{100 * share!r}%"


def spread_of_sum(persistence, years):
    return 0.12 * sqrt(years + 2 * sum((years - lag) * persistence**lag for lag in range(1, years)))


def gompertz(start, capacity, speed, noise="volatility: 0%"):
    return f"model: gompertz, capacity: {capacity}, rate: {percent(expm1(speed))}, {noise}", f"value: {start!r}"


def bass(innovation, imitation, noise="volatility: 0%"):
    return f"model: bass, capacity: 500, innovation: {percent(innovation)}, imitation: {percent(imitation)}, {noise}"


def log_left(share, innovation, imitation):
    """Log of those who have not adopted, on the scale on which a Bass curve is a straight line."""
    return log((1 - share) / (1 + imitation / innovation * share))


def test_gompertz_growth_without_noise_is_its_curve(one, extremes, closed_forms):
    case = closed_forms["growth_curves"]["gompertz"]
    growth, start = gompertz(case["L"] * exp(-case["b"]), case["L"], case["c"])
    result = one(growth, "at_least: 70, year: 2030", end=2030, baseline=start, paths=10)
    for years, level in case["y"].items():
        assert extremes(result, "x", 2020 + int(years)) == pytest.approx((level, level), rel=1e-9)
    for years in range(11):
        level = case["L"] * exp(-case["b"] * exp(-case["c"] * years))
        assert extremes(result, "x", 2020 + years) == pytest.approx((level, level), rel=1e-12)


def test_bass_growth_from_nobody_is_its_curve_and_peaks_in_its_year(one, extremes, closed_forms):
    case = closed_forms["growth_curves"]["bass"]
    result = one(bass(case["p"], case["q"]), "at_least: 300, year: 2032", end=2032, baseline="value: 0", paths=10)
    for years, share in case["F"].items():
        assert extremes(result, "x", 2020 + int(years)) == pytest.approx((500 * share,) * 2, rel=1e-9)
    shares = np.array([extremes(result, "x", year)[0] for year in range(2020, 2033)]) / 500
    assert np.diff(shares).argmax() == int(case["peak_time"])
    assert shares[0] == 0.0


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_bass_growth_from_a_share_goes_on_where_the_curve_has_that_share(share, one, extremes, closed_forms):
    case = closed_forms["growth_curves"]["bass"]
    speed, ratio = case["p"] + case["q"], case["q"] / case["p"]
    result = one(
        bass(case["p"], case["q"]), "at_least: 300, year: 2028", end=2028, baseline=f"value: {500 * share}", paths=10
    )
    begun = -log_left(share, case["p"], case["q"]) / speed
    for years in range(9):
        rest = exp(-speed * (begun + years))
        level = 500 * (1 - rest) / (1 + ratio * rest)
        assert extremes(result, "x", 2020 + years) == pytest.approx((level, level), rel=1e-12)


def test_logistic_growth_without_noise_meets_the_worked_examples(one, extremes, closed_forms):
    case = closed_forms["growth_curves"]["logistic"]
    growth = f"model: logistic, capacity: {case['L']}, rate: {percent(expm1(case['k']))}, volatility: 0%"
    start = f"value: {case['L'] / (1 + exp(case['k'] * case['t0']))!r}"
    result = one(growth, "at_least: 90, year: 2040", end=2040, baseline=start, paths=10)
    for years, level in case["y"].items():
        assert extremes(result, "x", 2020 + int(years)) == pytest.approx((level, level), rel=1e-9)


def test_the_speed_that_a_logistic_target_requires_reaches_it_exactly(one, extremes, closed_forms):
    case = closed_forms["growth_curves"]["logistic_required"]
    growth = f"model: logistic, capacity: {case['L']}, rate: {percent(expm1(case['k']))}, volatility: 0%"
    result = one(growth, "at_least: 80, year: 2030", end=2030, baseline=f"value: {case['start']}", paths=10)
    assert extremes(result, "x", 2020 + case["years"]) == pytest.approx((case["target"],) * 2, rel=1e-9)


@pytest.mark.parametrize("persistence", [0.0, 0.5])
def test_gompertz_growth_with_noise_is_normal_in_the_log_of_its_log_gap(persistence, one, check_share, check_law):
    growth, start = gompertz(100, 400, 0.2, AR1.format(persistence))
    result = one(growth, "at_least: 270, year: 2026", end=2026, baseline=start)
    spread = spread_of_sum(persistence, 6)

    def below(level):
        return ndtr((log(log(4)) - 6 * 0.2 - log(log(400 / level))) / spread)

    check_share(result.answers[0].probability, 1 - below(270), result.paths)
    check_law(result, "x", 2026, below)


@pytest.mark.parametrize("persistence", [0.0, 0.5])
def test_bass_growth_with_noise_is_normal_in_the_log_of_those_left(persistence, one, check_share, check_law):
    # From 30 % on, adoption never falls back to nothing: that is more than six standard deviations away.
    growth = bass(0.03, 0.38, AR1.format(persistence))
    result = one(growth, "at_least: 350, year: 2024", end=2024, baseline="value: 150")
    spread = spread_of_sum(persistence, 4)

    def below(level):
        return ndtr((log_left(0.3, 0.03, 0.38) - 4 * 0.41 - log_left(level / 500, 0.03, 0.38)) / spread)

    check_share(result.answers[0].probability, 1 - below(350), result.paths)
    check_law(result, "x", 2024, below)


def test_noise_never_takes_a_bass_curve_below_nobody_nor_above_its_capacity(one, extremes):
    growth = "model: bass, capacity: 500, innovation: 3%, imitation: 10%, volatility: 80%"
    result = one(growth, "at_least: 300, year: 2030", end=2030, baseline="value: 0", paths=20_000)
    for year in range(2021, 2031):
        low, high = extremes(result, "x", year)
        assert 0 <= low < high <= 500


MODELS = {
    "compound": {"rate": "7%", "volatility": "9%"},
    "average": {"model": "compound", "average": {"rate": "7%", "years": 2}, "volatility": "9%"},
    "linear": {"increment": 5, "volatility": 8},
    "logistic": {"capacity": "400%", "rate": "20%", "volatility": "9%"},
    "gompertz": {"capacity": "400%", "rate": "20%", "volatility": "9%"},
    "bass": {"capacity": "400%", "innovation": "3%", "imitation": "38%", "volatility": "9%"},
    "staged": {"stages": [{"start": 2021, "end": 2023, "rate": "7%"}], "volatility": "9%"},
    "bootstrap": {"block": 1},
    "regimes": {
        "regimes": {"up": {"rate": "7%", "volatility": "3%"}, "down": {"rate": "-6%", "volatility": "9%"}},
        "switching": {"up": {"up": "80%", "down": "20%"}, "down": {"up": "50%", "down": "50%"}},
    },
    "proportion": {"change": "1pp", "volatility": "3pp"},
    "count": {"per_year": 4},
    "milestones": {"projects": {"park": {"probability": "60%", "earliest": 2021}}},
    "fixed": {},
}
PAST = {"values": {"2016": 80, "2017": 85, "2018": 82, "2019": 90, "2020": 97}, "evidence": "official"}


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("start", ["certain", "uncertain"])
def test_the_baseline_is_kept_in_its_year_whatever_happens_later(name, start):
    whole = name in ("count", "milestones")
    value = 40 if whole or start == "certain" else {"p05": 30, "p95": 50}
    x = indicator({"model": name, **MODELS[name]}, value, unit="%" if name == "proportion" else "", history=PAST)
    changes = {}
    if name != "milestones":
        changes["events"] = {
            "shock": {"probability": "100%", "effects": {"x": {"level": "-50%"}}, "evidence": "assumed"}
        }
    found = levels(world(indicators={"x": x}, **changes))["x"]
    # A share's uncertain baseline has a law of its own, on the log-odds: it is that of a share that does not move.
    still = (
        {"model": "proportion", "change": "0pp", "volatility": "0pp"} if name == "proportion" else {"model": "fixed"}
    )
    unit = "%" if name == "proportion" else ""
    plain = levels(world(indicators={"x": indicator(still, value, unit=unit)}))["x"]
    np.testing.assert_array_equal(found[0], plain[0])
    assert (found[1:] != found[0]).any()
