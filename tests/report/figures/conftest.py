"""What every chart can be drawn from, in both languages."""

from pathlib import Path

import pytest

import cqsim
from cqsim.answers.backtest.scores import probability_scores

SCENARIOS = Path(__file__).parents[3] / "scenarios"
INDICATOR = {"fan": "visitors", "contributions": "industrial_output"}


@pytest.fixture(scope="session")
def comparison():
    return cqsim.compare(SCENARIOS / "nanchuan.yaml", paths=4000, seed=1, progress=False)


@pytest.fixture(scope="session")
def sum_result():
    return cqsim.run(SCENARIOS / "yongchuan.yaml", paths=4000, seed=1, progress=False)


@pytest.fixture(scope="session")
def observed():
    return cqsim.run(SCENARIOS / "chongqing_2025.yaml", paths=4000, seed=1, language="en", progress=False)


@pytest.fixture(scope="session")
def looked_back():
    return cqsim.lookback(SCENARIOS / "chongqing_2025.yaml", 2021, paths=4000, seed=1, progress=False)


@pytest.fixture(scope="session")
def scores():
    """Of 400 targets; those that were given 85 % were hit less often than the band allows."""
    chances = [(0.05 + 0.1 * (number % 10), number % 10 > 5 and number % 10 != 8) for number in range(400)]
    return probability_scores(chances)


def spoken(result, language):
    """The same result in a language."""
    options = {"paths": result.paths, "seed": result.seed, "progress": False}
    return cqsim.run(result.scenario, language=language, **options)


@pytest.fixture
def drawn(comparison, sum_result, scores, looked_back):
    """Draws a chart of a kind with the right first arguments."""
    from cqsim.report.figures import CHARTS

    def draw(kind, language="zh", **options):
        if kind == "reliability":
            return CHARTS[kind](scores, "trend", language=language, **options)
        if kind == "lookback":
            found = cqsim.LookBack(looked_back.scenario, looked_back.as_of, spoken(looked_back.result, language))
            return CHARTS[kind](found, **options)
        if kind == "cases":
            results = {name: spoken(one, language) for name, one in comparison.results.items()}
            return CHARTS[kind](cqsim.Comparison(results, comparison.differences), **options)
        result = spoken(sum_result if kind == "contributions" else comparison.results["base"], language)
        named = {"indicator": INDICATOR[kind]} if kind in INDICATOR else {}
        return CHARTS[kind](result, **named, **options)

    return draw
