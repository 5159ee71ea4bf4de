"""Shares between 0 and 100 %: normal on the scale of their log-odds."""

from contextlib import suppress
from math import exp, log, sqrt

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from tests.oracles.kernel import indicator, levels, world

from cqsim import ScenarioError


def odds(share):
    """Log-odds of a share in per cent."""
    return log(share / (100 - share))


def share_of(log_odds):
    return 100 / (1 + exp(-log_odds))


def share(change="1.5pp", volatility="3pp", start=40, **more):
    targets = more.pop("targets", ())
    growth = {"model": "proportion", "change": change, "volatility": volatility, **more}
    return indicator(growth, start, targets, unit="%")


def moments(persistence=0.0, years=5, start=40, change=1.5, volatility=3):
    """Centre and spread of the log-odds after some years."""
    slope = start * (100 - start) / 100
    spread = volatility / slope * sqrt(years + 2 * sum((years - lag) * persistence**lag for lag in range(1, years)))
    return odds(start) + years * (odds(start + change) - odds(start)), spread


@pytest.mark.parametrize("persistence", [0.0, 0.5, -0.4])
def test_the_log_odds_of_a_share_are_normal(persistence, simulate, check_share, check_law):
    targets = [{"at_least": 50, "year": 2025}, {"at_most": "42%", "year": 2025}, {"between": [45, 48], "year": 2025}]
    result = simulate(world(2025, targets, indicators={"x": share(persistence=persistence)}).to_yaml())
    centre, spread = moments(persistence)

    def below(level):
        return ndtr((odds(level) - centre) / spread)

    for answer, chance in zip(result.answers, (1 - below(50), below(42), below(48) - below(45)), strict=True):
        check_share(answer.probability, chance, result.paths)
    check_law(result, "x", 2025, below)


def test_a_share_without_noise_is_the_table_made_by_hand(simulate, extremes):
    # From odds of 1 : 1 a step of ten points to 60 % multiplies the odds by 1.5 every year.
    result = simulate(world(2023, indicators={"x": share("10pp", "0pp", 50)}).to_yaml(), paths=10)
    for year, level in {2020: 50, 2021: 60, 2022: 100 * 2.25 / 3.25, 2023: 100 * 3.375 / 4.375}.items():
        assert extremes(result, "x", year) == pytest.approx((level, level), rel=1e-12)


@pytest.mark.parametrize("start", [2, 5, 30, 50, 80, 97.5])
@pytest.mark.parametrize("change", [-1.5, 0, 0.7, 2])
def test_the_written_change_is_exactly_that_of_the_first_year(start, change):
    found = levels(world(2023, indicators={"x": share(f"{change}pp", "0pp", start)}), 5)["x"]
    np.testing.assert_allclose(found[1], start + change, rtol=1e-12)


@pytest.mark.parametrize(
    ("start", "change", "volatility"), [(50, "0pp", "20pp"), (2, "0pp", "2pp"), (98, "1pp", "2pp")]
)
def test_no_noise_takes_a_share_to_its_ends(start, change, volatility):
    found = levels(world(2030, indicators={"x": share(change, volatility, start)}), 20_000)["x"]
    assert found.min() > 0
    assert found.max() < 100
    assert found[-1].min() < start < found[-1].max()


def test_a_change_beyond_the_ends_keeps_the_share_between_them():
    for change in ("60pp", "-60pp"):
        found = levels(world(2040, indicators={"x": share(change, "1pp", 50)}), 100)["x"]
        assert np.isfinite(found).all()
        assert found.min() >= 0
        assert found.max() <= 100


@pytest.mark.parametrize("start", [{"value": 98, "sd": "8%"}, {"value": {"p10": 90, "p50": 97, "p90": 99.5}}])
def test_an_uncertain_baseline_near_an_end_is_refused_or_starts_every_path_between_the_ends(start):
    x = share("0.1pp", "1pp")
    x["baseline"] = {**start, "evidence": "official"}
    with suppress(ScenarioError):
        found = levels(world(2023, indicators={"x": x}), 5000)["x"]
        assert found[0].min() > 0
        assert found[0].max() < 100


def test_an_uncertain_change_has_the_written_quantiles_in_the_first_year(simulate, check_law):
    change = {"distribution": "normal", "mean": "2pp", "sd": "1pp", "low": "-30pp", "high": "30pp"}
    result = simulate(world(2021, indicators={"x": share(change, "0pp")}).to_yaml())
    check_law(result, "x", 2021, lambda level: ndtr((level - 42) / 1))


def test_an_uncertain_baseline_moves_by_the_written_points_from_wherever_it_is():
    found = levels(world(2021, indicators={"x": share("2pp", "0pp", {"p05": 30, "p95": 50})}), 5000)["x"]
    np.testing.assert_allclose(found[1] - found[0], 2, rtol=1e-9)
    assert found[0].std() > 4


def test_the_growth_for_a_chance_lifts_the_odds_of_every_path_by_one_factor(simulate):
    paths = 300_000
    targets = [{"at_least": 50, "year": 2025}, {"at_most": 45, "year": 2025}, {"at_least": 60, "year": 2025}]
    result = simulate(world(2025, targets, indicators={"x": share()}).to_yaml(), paths=paths)
    _, spread = moments()
    for answer in result.answers:
        sign = 1 if answer.target.sense == "at_least" else -1
        for chance, growth in answer.required.for_probability.items():
            # The median whose own chance of hitting is the one asked for, once its log-odds are lifted.
            wanted = odds(answer.levels[0]) + sign * spread * ndtri(chance)
            found = odds(40 + 100 * growth * 5)
            # Six standard errors of both quantiles, and the buckets of an uplift over five years.
            error = spread * sqrt(1 / 4) / (sqrt(paths) * exp(-0.5 * ndtri(chance) ** 2) / sqrt(2 * np.pi))
            assert found == pytest.approx(wanted, abs=6 * 2 * error + 2 * 5 * 2**-14)


def test_half_the_paths_need_exactly_the_announced_growth(simulate):
    result = simulate(world(2025, [{"at_least": 50, "year": 2025}], indicators={"x": share()}).to_yaml(), paths=50_000)
    required = result.answers[0].required
    assert required.growth == pytest.approx((50 - 40) / 5 / 100)
    assert required.for_probability[0.5] == pytest.approx(required.growth, abs=1e-9)


def test_lifting_the_change_by_what_is_required_makes_the_target_that_likely(simulate, check_share):
    # An uplift of the log-odds by d a year is the same as a change whose first step is d larger.
    result = simulate(world(2025, [{"at_least": 50, "year": 2025}], indicators={"x": share()}).to_yaml())
    centre, _ = moments()
    lifted = (odds(40 + 100 * result.answers[0].required.for_probability[0.8] * 5) - centre) / 5
    change = share_of(odds(41.5) + lifted) - 40
    text = world(2025, [{"at_least": 50, "year": 2025}], indicators={"x": share(f"{change!r}pp")}).to_yaml()
    check_share(simulate(text, seed=9).answers[0].probability, 0.8, 100_000, slack=0.003)
