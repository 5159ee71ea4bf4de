"""Events: how often they happen, how large they are, and what they do to several indicators at once."""

from math import comb, expm1, log, log1p, sqrt

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.special import ndtr, ndtri
from tests.oracles.kernel import indicator, levels, sigmas, world

CALM = {"model": "compound", "rate": "0%", "volatility": "0%"}


def percent(share):
    return f"{100 * share!r}%"


def normal_on_logs(mean, sd):
    """A size whose log(1 + size) is normal."""
    return {"p05": percent(expm1(mean + sd * ndtri(0.05))), "p95": percent(expm1(mean + sd * ndtri(0.95)))}


def event(**more):
    return {"effects": {"x": {"level": "1 size"}}, "evidence": "assumed", **more}


def noisy(drift, sigma, **more):
    growth = {"model": "compound", "rate": percent(expm1(drift)), "volatility": percent(sigma)}
    return indicator(growth, **more)


def mixture(chances, drift, sigma, jump_mean, jump_sd):
    """Distribution function of the level from 100, by the chance of each number of occurrences."""

    def below(level):
        return sum(
            chance * ndtr((log(level / 100) - drift - number * jump_mean) / sqrt(sigma**2 + number * jump_sd**2))
            for number, chance in enumerate(chances)
        )

    return below


def test_jumps_at_a_rate_match_the_worked_example(simulate, closed_forms, check_share, check_law):
    case = closed_forms["merton_jumps"]
    years = case["years"]
    x = noisy(case["log_drift"], case["sigma"], targets=[{"at_least": 100 * case["target_ratio"], "year": 2026}])
    jumps = event(rate=case["rate"], size=normal_on_logs(case["jump_mean"], case["jump_sd"]))
    result = simulate(world(2026, indicators={"x": x}, events={"jump": jumps}).to_yaml())
    check_share(result.answers[0].probability, case["p_hit"], result.paths)
    chances = stats.poisson(years * case["rate"]).pmf(range(30))
    below = mixture(chances, years * case["log_drift"], case["sigma"] * sqrt(years), case["jump_mean"], case["jump_sd"])
    assert 1 - below(120) == pytest.approx(case["p_hit"], abs=1e-9)
    check_law(result, "x", 2026, below)


def test_several_occurrences_in_one_year_have_sizes_of_their_own(simulate, check_law, check_share):
    jumps = event(rate=1.7, size=normal_on_logs(0.04, 0.1))
    targets = [{"at_least": 125, "year": 2022}]
    result = simulate(
        world(2022, targets, indicators={"x": noisy(0.0, 0.05)}, events={"jump": jumps}).to_yaml(), paths=100_000
    )
    below = mixture(stats.poisson(3.4).pmf(range(40)), 0.0, 0.05 * sqrt(2), 0.04, 0.1)
    check_share(result.answers[0].probability, 1 - below(125), result.paths)
    check_law(result, "x", 2022, below)


def test_an_uncertain_rate_is_drawn_once_a_path(simulate, check_share):
    # Without noise the level after n events is 100 * 1.1 ** n.
    jumps = event(rate={"low": 0.1, "mode": 0.4, "high": 1.5}, size="10%")
    goals = [{"at_least": 100 * 1.1**number, "year": 2024} for number in (1, 2, 4)]
    result = simulate(world(2024, goals, indicators={"x": indicator(CALM)}, events={"jump": jumps}).to_yaml())
    law = stats.triang(0.3 / 1.4, 0.1, 1.4)
    for answer, number in zip(result.answers, (1, 2, 4), strict=True):
        chance, _ = quad(
            lambda rate, number=number: law.pdf(rate) * stats.poisson(4 * rate).sf(number - 1), 0.1, 1.5, points=[0.4]
        )
        check_share(answer.probability, chance, result.paths)


@pytest.mark.parametrize("probability", [0.12, 0.5, 1.0])
def test_a_yearly_chance_gives_a_binomial_mixture_of_normal_laws(probability, simulate, check_share, check_law):
    jumps = event(probability=percent(probability), size=normal_on_logs(-0.2, 0.08))
    targets = [{"at_least": 110, "year": 2025}]
    result = simulate(world(2025, targets, indicators={"x": noisy(0.05, 0.06)}, events={"jump": jumps}).to_yaml())
    below = mixture(stats.binom(5, probability).pmf(range(6)), 0.25, 0.06 * sqrt(5), -0.2, 0.08)
    check_share(result.answers[0].probability, 1 - below(110), result.paths)
    check_law(result, "x", 2025, below)


@pytest.mark.parametrize("chance", [0.4, 1.0])
def test_an_event_that_happens_once_is_equally_likely_in_any_year(chance, simulate, check_share):
    shock = event(probability=percent(chance), once=True, size="-30%", recovery=1)
    goals = [{"at_most": 80, "year": year} for year in range(2021, 2026)]
    goals.append({"at_most": 80, "reached_by": 2025})
    result = simulate(world(2025, goals, indicators={"x": indicator(CALM)}, events={"shock": shock}).to_yaml())
    for answer in result.answers[:-1]:
        check_share(answer.probability, chance / 5, result.paths)
    check_share(result.answers[-1].probability, chance, result.paths)
    # It happens in one year at most: the shares of the years add up to the chance of any.
    assert sum(answer.probability for answer in result.answers[:-1]) == pytest.approx(result.answers[-1].probability)


def test_an_uncertain_chance_of_a_single_event_has_its_mean_over_the_paths(simulate, check_share):
    shock = event(probability={"low": "10%", "mode": "20%", "high": "60%"}, once=True, size="-30%")
    goals = [{"at_most": 80, "year": 2022}, {"at_most": 80, "year": 2025}]
    result = simulate(world(2025, goals, indicators={"x": indicator(CALM)}, events={"shock": shock}).to_yaml())
    check_share(result.answers[0].probability, 0.3 * 2 / 5, result.paths)
    check_share(result.answers[1].probability, 0.3, result.paths)


def test_an_uncertain_yearly_chance_holds_for_all_years_of_a_path(simulate, check_share):
    shock = event(probability={"low": "10%", "mode": "20%", "high": "60%"}, size="-30%")
    goals = [{"at_most": 100 * 0.7**number, "year": 2024} for number in (1, 2, 4)]
    result = simulate(world(2024, goals, indicators={"x": indicator(CALM)}, events={"shock": shock}).to_yaml())
    law = stats.triang(0.2, 0.1, 0.5)
    for answer, number in zip(result.answers, (1, 2, 4), strict=True):
        chance, _ = quad(lambda p, number=number: law.pdf(p) * stats.binom(4, p).sf(number - 1), 0.1, 0.6, points=[0.2])
        check_share(answer.probability, chance, result.paths)


def both(loading, end, size, targets=(90, 95), probability="30%"):
    indicators = {
        "x": noisy(0.02, 0.05, targets=[{"at_least": targets[0], "year": end}]),
        "y": noisy(0.01, 0.04, targets=[{"at_least": targets[1], "year": end}]),
    }
    shock = event(probability=probability, size=size, effects={"x": {"level": "1 size"}, "y": {"level": loading}})
    return world(end, indicators["x"]["targets"], indicators=indicators, events={"shock": shock}).to_yaml()


def test_a_common_event_makes_hitting_both_targets_as_likely_as_quadrature_says(simulate, check_share):
    result = simulate(both("0.5 size", 2021, normal_on_logs(-0.2, 0.1)))

    def hits(shift, other):
        return ndtr((0.02 + shift - log(0.9)) / 0.05), ndtr((0.01 + other - log(0.95)) / 0.04)

    def integrand(z, power):
        shift = -0.2 + 0.1 * z
        x, y = hits(shift, log1p(0.5 * expm1(shift)))
        return stats.norm.pdf(z) * x ** power[0] * y ** power[1]

    x, y = hits(0, 0)
    for power, found in (
        ((1, 0), result.answers[0].probability),
        ((0, 1), result.answers[1].probability),
        ((1, 1), result.joint_answer.all),
    ):
        shocked, _ = quad(integrand, -8, 8, args=(power,), points=[0, 1])
        check_share(found, 0.7 * x ** power[0] * y ** power[1] + 0.3 * shocked, result.paths)
    apart = result.answers[0].probability * result.answers[1].probability
    assert result.joint_answer.all > apart + 0.02


def test_common_events_of_several_years_give_a_mixture_of_bivariate_normal_laws(simulate, check_share):
    result = simulate(both("1 size", 2024, normal_on_logs(-0.15, 0.1), targets=(85, 80)))
    total = 0.0
    for number in range(5):
        chance = comb(4, number) * 0.3**number * 0.7 ** (4 - number)
        common = number * 0.01
        mean = [0.08 - 0.15 * number - log(0.85), 0.04 - 0.15 * number - log(0.8)]
        cov = [[4 * 0.05**2 + common, common], [common, 4 * 0.04**2 + common]]
        law = stats.multivariate_normal([-one for one in mean], cov)
        total += chance * law.cdf([0, 0])
    check_share(result.joint_answer.all, total, result.paths, slack=1e-6)


def test_one_severity_holds_for_all_effects():
    indicators = {id: indicator(CALM, 100) for id in ("x", "y", "z", "w")}
    effects = {
        "x": {"level": "1 size"},
        "y": {"level": "0.5 size"},
        "z": {"growth": "0.5 size"},
        "w": {"level": "-2 size"},
    }
    shock = event(probability="60%", size={"p10": "-45%", "p50": "-25%", "p90": "-8%"}, effects=effects)
    found = levels(world(2021, indicators=indicators, events={"shock": shock}), 5000)
    size = found["x"][1] / 100 - 1
    np.testing.assert_allclose(found["y"][1], 100 * (1 + 0.5 * size), rtol=1e-12)
    np.testing.assert_allclose(found["z"][1], 100 * (1 + 0.5 * size), rtol=1e-12)
    np.testing.assert_allclose(found["w"][1], 100 * (1 - 2 * size), rtol=1e-12)
    assert (size == 0).mean() == pytest.approx(0.4, abs=6 * sqrt(0.24 / 5000))


def test_a_growth_effect_adds_its_size_to_the_typical_rate_of_all_later_years(simulate, check_law):
    boom = event(probability="100%", once=True, size=normal_on_logs(0.02, 0.01), effects={"x": {"growth": "1 size"}})
    growth = {**CALM, "rate": "5%"}
    result = simulate(world(2021, indicators={"x": indicator(growth)}, events={"boom": boom}).to_yaml())
    check_law(result, "x", 2021, lambda level: ndtr((log1p(level / 100 - 1.05) - 0.02) / 0.01))
    found = levels(world(2024, indicators={"x": indicator(growth)}, events={"boom": boom}), 5000)["x"]
    rates = found[1:] / found[:-1]
    changed = rates > 1.0500001
    assert changed[-1].mean() > 0.97  # a size below zero is one in forty
    for year in range(1, 4):
        kept = changed[year - 1]
        np.testing.assert_allclose(rates[year][kept], rates[year - 1][kept], rtol=1e-9)


def test_sizes_beyond_a_full_loss_leave_a_millionth():
    shock = event(probability="100%", size="-60%", effects={"x": {"level": "2 size"}})
    found = levels(world(2021, indicators={"x": indicator(CALM)}, events={"shock": shock}), 10)["x"]
    np.testing.assert_allclose(found[1], 100e-6, rtol=1e-9)


def test_mean_and_variance_of_the_number_of_occurrences_are_those_of_poisson():
    # Within 6 standard errors: by chance less than once in ten million runs.
    paths = 100_000
    jumps = event(rate=0.6, size=percent(expm1(1)))
    found = levels(world(2025, indicators={"x": indicator(CALM)}, events={"jump": jumps}), paths)["x"]
    numbers = np.log(found[-1] / 100)
    np.testing.assert_allclose(numbers, np.round(numbers), atol=1e-9)
    assert sigmas(numbers.mean(), 3, sqrt(3), paths) < 6
    squares = (numbers - 3) ** 2
    assert sigmas(squares.mean(), 3, squares.std(), paths) < 6
    assert numbers.max() < 30
