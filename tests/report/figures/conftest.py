"""What every chart can be drawn from, in both languages."""

from functools import cache
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
    if result.language == language:
        return result
    options = {"paths": result.paths, "seed": result.seed, "progress": False}
    return cqsim.run(result.scenario, language=language, **options)


@pytest.fixture(scope="session")
def observed_in(observed):
    """A result with a past and what came after, in a language."""
    return cache(lambda language: spoken(observed, language))


@pytest.fixture(scope="session")
def subject(comparison, sum_result, looked_back):
    """What a kind of chart is drawn from, in a language."""

    @cache
    def base(language):
        return spoken(comparison.results["base"], language)

    @cache
    def of(kind, language):
        if kind == "lookback":
            if language == looked_back.language:
                return looked_back
            return cqsim.lookback(
                looked_back.scenario, looked_back.as_of, paths=4000, seed=1, language=language, progress=False
            )
        if kind == "cases":
            others = {name: spoken(one, language) for name, one in comparison.results.items()}
            return cqsim.Comparison({**others, "base": base(language)}, comparison.differences)
        return spoken(sum_result, language) if kind == "contributions" else base(language)

    return of


@pytest.fixture(scope="session")
def draw(subject, scores):
    """Draws a chart of a kind with the right first arguments."""
    from cqsim.report.figures import CHARTS

    def anew(kind, language="zh", **options):
        if kind == "reliability":
            return CHARTS[kind](scores, "trend", language=language, **options)
        named = {"indicator": INDICATOR[kind]} if kind in INDICATOR else {}
        return CHARTS[kind](subject(kind, language), **named, **options)

    return anew


@pytest.fixture(scope="session")
def drawn(draw):
    """The same chart for all tests that only read it."""
    return cache(draw)
