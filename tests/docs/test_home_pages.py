"""The example on the home pages is what its scenario gives, rounded as there."""

from pathlib import Path

import pytest

import cqsim

ROOT = Path(__file__).parents[2]
SAID = {
    "zh": [
        "年均增长 {required:.1%}。",
        "**：{probability:.0%}。",
        "比 {median:.0f} 万人次高",
        "在 {low:.0%}—{high:.0%} 之间",
        "年均需 {likely:.1%}。",
    ],
    "en": [
        "{required:.1%} a year for five years",
        "**: {probability:.0%}.",
        "above {millions:.1f} million",
        "and {high:.0%}",
        "{likely:.1%} a year.",
    ],
}


@pytest.fixture(scope="module")
def figures():
    """Of the visitors of Nanchuan; the median in tens of 万人次."""
    result = cqsim.run(ROOT / "scenarios/nanchuan.yaml", progress=False)
    answer, row = result.answers[0], result.targets.iloc[0]
    return {
        "required": answer.required.cagr,
        "likely": answer.required.for_probability[0.8],
        "probability": answer.probability,
        "median": round(answer.quantiles[0.5], -1),
        "millions": answer.quantiles[0.5] / 100,
        "low": row["range_low"],
        "high": row["range_high"],
        "by_2024": sum(answer.first_hit[year] for year in (2022, 2023, 2024)),
        "never": answer.never,
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_example_is_what_the_scenario_gives(language, figures):
    page = (
        (ROOT / "docs" / language / "index.md")
        .read_text(encoding="utf-8")
        .replace(" %", "%")
        .replace("4 and", "4% and")
    )
    assert [said for said in SAID[language] if said.format(**figures) not in " ".join(page.split())] == []


def test_what_the_pages_say_in_words_holds(figures):
    assert 0.095 < figures["by_2024"] < 0.105  # about 10 %
    assert 0.68 < figures["never"] < 0.7  # almost 70 %
    assert 0.28 < figures["probability"] < 0.32  # about three in ten
