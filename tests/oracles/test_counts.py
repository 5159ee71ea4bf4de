"""Counts: Poisson and negative binomial laws, yearly and added up, and whole numbers wherever they are shown."""

import csv
import io
import json
from math import sqrt

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from tests.oracles.kernel import indicator, sigmas, world

from cqsim.growth.models.count import poisson
from cqsim.report.formats.console import print_result
from cqsim.simulation.counts.histogram import LogBuckets

YEARS = 4


def count(per_year, targets, value=None, **more):
    return indicator({"model": "count", "per_year": per_year, **more}, value, targets, unit="个")


def run(simulate, x, **options):
    return simulate(world(2020 + YEARS, x["targets"], indicators={"x": x}).to_yaml(), **options)


def above(levels, **when):
    return [{"at_least": level, **(when or {"year": 2020 + YEARS})} for level in levels]


def negative_binomial(mean, dispersion):
    """Mean and variance = dispersion * mean."""
    return stats.nbinom(mean / (dispersion - 1), 1 / dispersion)


@pytest.mark.parametrize("mean", [0.3, 4, 20, 350])
@pytest.mark.parametrize("cumulative", [False, True])
def test_certain_means_give_poisson_counts(mean, cumulative, simulate, check_share):
    total = mean * (YEARS if cumulative else 1)
    levels = [max(round(total + shift * sqrt(total)), 1) for shift in (-1, 0, 1, 2)]
    result = run(simulate, count(mean, above(levels), cumulative=cumulative), paths=100_000)
    for answer, level in zip(result.answers, levels, strict=True):
        check_share(answer.probability, stats.poisson(total).sf(level - 1), result.paths)


@pytest.mark.parametrize("dispersion", [1.2, 3.0, 12.5])
@pytest.mark.parametrize("cumulative", [False, True])
def test_dispersed_counts_are_negative_binomial(dispersion, cumulative, simulate, check_share):
    law = negative_binomial(15 * (YEARS if cumulative else 1), dispersion)
    levels = [max(int(law.ppf(share)), 1) for share in (0.1, 0.5, 0.9, 0.99)]
    result = run(simulate, count(15, above(levels), cumulative=cumulative, dispersion=dispersion), paths=100_000)
    for answer, level in zip(result.answers, levels, strict=True):
        check_share(answer.probability, law.sf(level - 1), result.paths)


@pytest.mark.parametrize("dispersion", [1.0, 4.0])
@pytest.mark.parametrize("cumulative", [False, True])
def test_mean_and_variance_are_those_of_the_law(dispersion, cumulative, simulate):
    # Within 6 standard errors, 8 comparisons: by chance less than once in ten million runs.
    result = run(simulate, count(6, above([5]), value=11, cumulative=cumulative, dispersion=dispersion))
    row = result.quantile_rows("x")[-1]
    years, start = (YEARS, 11) if cumulative else (1, 0)
    law = stats.poisson(6 * years) if dispersion == 1 else negative_binomial(6 * years, dispersion)
    kurtosis = float(law.stats("k"))
    assert sigmas(row["mean"], start + law.mean(), law.std(), result.paths) < 6
    assert sigmas(row["sd"] ** 2, law.var(), law.var() * sqrt(kurtosis + 2), result.paths) < 6


@pytest.mark.parametrize("cumulative", [False, True])
def test_an_uncertain_mean_is_drawn_once_for_all_years(cumulative, simulate, check_share):
    triangle, years = stats.triang(8 / 18, 12, 18), YEARS if cumulative else 1
    levels = [round(20 * years * share) for share in (0.7, 1, 1.3)]
    x = count({"low": 12, "mode": 20, "high": 30}, above(levels), cumulative=cumulative)
    result = run(simulate, x)
    for answer, level in zip(result.answers, levels, strict=True):
        chance, _ = quad(
            lambda mean, level=level: triangle.pdf(mean) * stats.poisson(mean * years).sf(level - 1),
            12,
            30,
            points=[20],
        )
        check_share(answer.probability, chance, result.paths)


def test_a_mean_written_by_its_quantiles_is_lognormal_on_either_side(simulate, check_share):
    x = count({"p10": 3, "p50": 5, "p90": 9}, above([4, 6, 10]))
    result = run(simulate, x)
    z90 = stats.norm.ppf(0.9)

    def mean(z):
        return 5 * np.exp(z / z90 * np.where(z < 0, np.log(5 / 3), np.log(9 / 5)))

    for answer, level in zip(result.answers, (4, 6, 10), strict=True):
        chance, _ = quad(
            lambda z, level=level: stats.norm.pdf(z) * stats.poisson(mean(z)).sf(level - 1), -8, 8, points=[0]
        )
        check_share(answer.probability, chance, result.paths)


def test_years_are_independent_so_that_reaching_once_is_one_minus_all_misses(simulate, check_share):
    result = run(simulate, count(6, [{"at_least": 10, "reached_by": 2024}]))
    miss = stats.poisson(6).cdf(9)
    answer = result.answers[0]
    check_share(answer.probability, 1 - miss**YEARS, result.paths)
    for number, share in enumerate(answer.first_hit.values()):
        check_share(share, (1 - miss) * miss**number, result.paths)


def test_added_up_counts_never_fall_and_reach_a_total_when_the_last_year_does(simulate):
    goals = [{"at_least": 20, "year": 2024}, {"at_least": 20, "reached_by": 2024}]
    first, second = run(simulate, count(5, goals, value=3, cumulative=True), paths=20_000).answers
    assert first.probability == second.probability


@pytest.mark.parametrize("mean", [0.0, 1e-9, 0.01, 0.7, 3.0, 40.0, 900.0, 1e6])
def test_poisson_quantiles_are_those_of_the_law(mean):
    z = np.linspace(-7, 7, 1401) + 1e-4
    np.testing.assert_array_equal(poisson(z, np.full_like(z, mean)), stats.poisson.ppf(stats.norm.cdf(z), mean))


def whole(value):
    """Whether a number of a document is written without decimals."""
    return type(value) is int


def test_counts_are_whole_numbers_in_json_csv_and_frames(simulate, tmp_path):
    goals = [{"at_least": 20, "year": 2024}, {"between": [10, 30], "year": 2022}, {"at_least": 5, "reached_by": 2024}]
    result = run(simulate, count({"low": 12, "mode": 20, "high": 30}, goals, value=2), paths=5000)
    for target in json.loads(result.to_json())["targets"]:
        values = target["value"] if isinstance(target["value"], list) else [target["value"]]
        assert all(map(whole, [*values, target["median"], target["baseline"]["value"], *target["quantiles"].values()]))
    rows = result.quantile_rows("x")
    assert all(whole(value) for row in rows for name, value in row.items() if name[0] == "p")
    frame = result.quantiles("x")
    assert all(str(frame[name].dtype) == "int64" for name in frame if name.startswith("p"))
    targets = result.targets
    assert all(str(targets[name].dtype) == "int64" for name in ("value", "baseline", "median"))
    result.save(tmp_path / "out")
    for file, columns in (("quantiles.csv", ("p5", "p50", "p95")), ("summary.csv", ("value", "baseline", "median"))):
        with (tmp_path / "out" / file).open(encoding="utf-8-sig") as lines:
            for row in csv.DictReader(lines):
                assert all(row[name].isdigit() for name in columns)


def test_a_target_between_two_whole_numbers_stays_as_it_was_announced(simulate, check_share):
    result = run(simulate, count(4, [{"at_least": 4.5, "year": 2024}]))
    assert result.answers[0].to_dict()["value"] == 4.5
    check_share(result.answers[0].probability, stats.poisson(4).sf(4), result.paths)


SUMS = ["a_offices + a_projects", "sum(a_offices, a_projects)", "sum(a_*)"]


def summed(formula, unit="个", goal=3):
    """A count and milestones added up; their sum in 2024 is Poisson(1.5) + binomial(4, 40 %)."""
    projects = {"candidates": {"number": 4, "probability": "40%", "earliest": 2022}}
    total = {"unit": unit, "formula": formula, "targets": above([goal])}
    parts = {
        "a_offices": count(1.5, []),
        "a_projects": indicator({"model": "milestones", "projects": projects}, None, [], unit="个"),
    }
    return world(2020 + YEARS, total["targets"], indicators={"total": total, **parts}).to_yaml()


@pytest.mark.parametrize("formula", SUMS)
def test_quantiles_of_a_sum_of_counts_are_those_of_the_convolution(formula, simulate):
    # Every quantile is further than 6.5 standard errors from the next step of the law.
    result = simulate(summed(formula), paths=200_000)
    law = np.cumsum(np.convolve(stats.poisson(1.5).pmf(np.arange(30)), stats.binom(4, 0.4).pmf(np.arange(5))))
    for share, value in result.answers[0].quantiles.items():
        assert abs(law - share).min() > 6.5 * sqrt(share * (1 - share) / result.paths)
        assert value == np.searchsorted(law, share)


def test_sums_of_counts_are_whole_numbers_in_tables_json_and_csv(simulate, tmp_path):
    result = simulate(summed(f"{SUMS[0]} + a_offices"), paths=5000)
    (target,) = json.loads(result.to_json())["targets"]
    assert all(map(whole, [target["value"], target["median"], target["baseline"]["value"]]))
    assert all(map(whole, target["quantiles"].values()))
    result.save(tmp_path / "out")
    with (tmp_path / "out" / "quantiles.csv").open(encoding="utf-8-sig") as lines:
        rows = [row for row in csv.DictReader(lines) if row["indicator"] == "total"]
    assert all(row[f"p{share}"].isdigit() for row in rows for share in (5, 10, 25, 50, 75, 90, 95))
    assert len(rows) == YEARS + 1
    shown = io.StringIO()
    print_result(result, shown)
    assert f"{target['median']} 个" in shown.getvalue()


@pytest.mark.parametrize(
    ("formula", "unit"), [(SUMS[0], "万个"), (f"{SUMS[0]} / 2", "个"), ("max(a_offices, a_projects)", "个")]
)
def test_other_formulas_of_counts_need_not_be_whole(formula, unit, simulate, tally_of):
    result = simulate(summed(formula, unit), paths=1000)
    tally = tally_of(result)
    assert isinstance(tally.values[tally.plan.targets[0].indicator, YEARS].buckets, LogBuckets)
