"""Milestones: projects that are reached or not, and when."""

from itertools import product
from math import comb, prod

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from tests.oracles.kernel import indicator, levels, world

END = 2026


def milestones(projects, targets=(), value=None):
    return indicator({"model": "milestones", "projects": projects}, value, targets, unit="家")


def run(simulate, projects, *targets, **options):
    x = milestones(projects, targets)
    return simulate(world(END, targets, indicators={"x": x}).to_yaml(), **options)


def at_least(chances, wanted):
    """Chance that at least so many of some independent projects are reached (Poisson binomial)."""
    total = 0.0
    for outcome in product((0, 1), repeat=len(chances)):
        if sum(outcome) >= wanted:
            total += prod(chance if hit else 1 - chance for hit, chance in zip(outcome, chances, strict=True))
    return total


PLAIN = {
    "a": {"probability": "35%", "earliest": 2021},
    "b": {"probability": "60%", "earliest": 2022, "delay": 1},
    "c": {"probability": "90%", "earliest": 2019},
    "d": {"probability": "5%", "earliest": 2026},
    "e": {"probability": "70%", "earliest": 2026, "delay": 1},
}
READY = {"a": (0.35, 2021), "b": (0.6, 2023), "c": (0.9, 2021), "d": (0.05, 2026), "e": (0.7, 2027)}


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2026])
def test_projects_with_different_chances_are_a_poisson_binomial_sum(year, simulate, check_share):
    chances = [chance for chance, ready in READY.values() if ready <= year]
    goals = [{"at_least": wanted, "year": year} for wanted in range(1, 5)]
    result = run(simulate, PLAIN, *goals)
    for wanted, answer in enumerate(result.answers, start=1):
        check_share(answer.probability, at_least(chances, wanted), result.paths)


def test_the_level_never_falls_and_starts_from_the_written_baseline():
    found = levels(world(END, indicators={"x": milestones(PLAIN, value=7)}), 5000)["x"]
    assert (found[0] == 7).all()
    assert (np.diff(found, axis=0) >= 0).all()
    assert found[-1].max() == 11


DELAY = {"low": 0, "mode": 2, "high": 4}
LAW = stats.triang(0.5, 0, 4)


def ready(year, earliest=2022):
    """Chance that a project is not too late for a year: the delay rounds to the nearest whole year."""
    return float(LAW.cdf(year - earliest + 0.5)) if year >= max(earliest, 2021) else 0.0


def test_an_uncertain_delay_rounds_to_whole_years(simulate, check_share):
    goals = [{"at_least": 1, "year": year} for year in range(2021, END + 1)]
    result = run(simulate, {"a": {"probability": "80%", "earliest": 2022, "delay": DELAY}}, *goals)
    for year, answer in enumerate(result.answers, start=2021):
        check_share(answer.probability, 0.8 * ready(year), result.paths)
    assert result.answers[0].probability == 0.0


def test_a_project_that_could_have_come_before_the_baseline_comes_in_the_first_year_at_the_earliest(
    simulate, check_share
):
    goals = [{"at_least": 1, "year": year} for year in (2021, 2022)]
    result = run(simulate, {"a": {"probability": "100%", "earliest": 2019, "delay": DELAY}}, *goals)
    for year, answer in zip((2021, 2022), result.answers, strict=True):
        check_share(answer.probability, ready(year, 2019), result.paths)


@pytest.mark.parametrize("number", [5, 12])
def test_projects_that_are_alike_are_binomial_with_delays_of_their_own(number, simulate, check_share):
    projects = {"a": {"number": number, "probability": "55%", "earliest": 2022, "delay": DELAY}}
    wanted = (1, 3, number - 1)
    result = run(simulate, projects, *[{"at_least": level, "year": year} for year in (2023, END) for level in wanted])
    chances = [stats.binom(number, 0.55 * ready(year)).sf(level - 1) for year in (2023, END) for level in wanted]
    for answer, chance in zip(result.answers, chances, strict=True):
        check_share(answer.probability, chance, result.paths)


def test_first_hit_years_follow_from_the_chances_of_every_year(simulate, check_share):
    projects = {
        "a": {"number": 3, "probability": "55%", "earliest": 2022, "delay": DELAY},
        "b": {"probability": "30%", "earliest": 2023},
    }
    result = run(simulate, projects, {"at_least": 2, "reached_by": END})
    chances = {year: at_least([0.55 * ready(year)] * 3 + [0.3 * (year >= 2023)], 2) for year in range(2020, END + 1)}
    answer = result.answers[0]
    check_share(answer.probability, chances[END], result.paths)
    for year, share in answer.first_hit.items():
        check_share(share, chances[year] - chances[year - 1], result.paths)
    assert answer.never == pytest.approx(1 - answer.probability, abs=1e-12)


def test_an_uncertain_chance_is_one_for_all_projects_that_are_alike(simulate, check_share):
    projects = {"a": {"number": 4, "probability": {"low": "20%", "mode": "40%", "high": "90%"}, "earliest": 2022}}
    result = run(simulate, projects, *[{"at_least": level, "year": END} for level in (1, 2, 4)])
    law = stats.triang(2 / 7, 0.2, 0.7)
    for answer, level in zip(result.answers, (1, 2, 4), strict=True):
        chance, _ = quad(lambda p, level=level: law.pdf(p) * stats.binom(4, p).sf(level - 1), 0.2, 0.9, points=[0.4])
        check_share(answer.probability, chance, result.paths)


def test_certain_and_impossible_projects_are_exact(simulate):
    projects = {
        "a": {"number": 3, "probability": "100%", "earliest": 2023},
        "b": {"number": 9, "probability": "0%", "earliest": 2021},
    }
    goals = [{"at_least": 3, "year": 2023}, {"at_least": 1, "year": 2022}, {"at_least": 4, "year": END}]
    answers = run(simulate, projects, *goals, paths=5000).answers
    assert [answer.probability for answer in answers] == [1.0, 0.0, 0.0]


def test_chances_of_all_projects_together_agree_with_a_count_by_hand():
    # Three coins: one, three, three and one of eight outcomes.
    assert [at_least([0.5] * 3, wanted) for wanted in (0, 1, 2, 3)] == [1, 7 / 8, 4 / 8, 1 / 8]
    assert at_least([0.2] * 6, 2) == pytest.approx(1 - 0.8**6 - comb(6, 1) * 0.2 * 0.8**5)
