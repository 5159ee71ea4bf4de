"""The cited figures: every one in the scenario files stands in figures.csv, and required growth follows from them."""

import csv
import re
from pathlib import Path

import pytest

import cqsim
from cqsim.quantities import Quantity
from cqsim.scenario.dependencies import start_year

FOLDER = Path(__file__).parents[1] / "scenarios"
PLACES = ["nanchuan", "chongqing_2025", "yongchuan", "fengjie", "science_city", "tongliang"]
SCENARIOS = {place: cqsim.load(FOLDER / f"{place}.yaml") for place in PLACES}
with (FOLDER / "figures.csv").open(encoding="utf-8", newline="") as opened:
    ROWS = list(csv.DictReader(opened))
CITED = {"official", "reported"}


def figure(place, indicator, year):
    """The first row of that figure: where two sources differ, the one that the scenario starts from."""
    return next(
        float(row["value"])
        for row in ROWS
        if (row["place"], row["indicator"], row["year"]) == (place, indicator, str(year))
    )


# Indicator, baseline year and target year of every level target whose baseline is a cited figure.
SPANS = {
    "nanchuan": [("visitors", 2021, 2026), ("revenue", 2021, 2026)],
    "chongqing_2025": [
        ("industrial_output", 2020, 2025),
        ("industrial_va", 2020, 2025),
        ("rd_share", 2020, 2025),
        ("rd_firms_share", 2018, 2025),
        ("digital_core_share", 2020, 2025),
        ("green_factories", 2021, 2025),
        ("green_parks", 2021, 2025),
        ("giants", 2021, 2025),
        ("cars", 2019, 2025),
        ("nev", 2021, 2024),
    ],
    "yongchuan": [("students", 2021, 2025), ("colleges", 2021, 2025)],
}
SHARES = {"rd_share", "rd_firms_share", "digital_core_share", "industry_share"}  # in per cent


def growth(indicator, first, last, years):
    """Of a share in percentage points a year, else compound; both as fractions."""
    return (last - first) / years / 100 if indicator in SHARES else (last / first) ** (1 / years) - 1


EXPECTED = {
    (place, indicator): growth(indicator, figure(place, indicator, start), figure(place, indicator, end), end - start)
    for place, spans in SPANS.items()
    for indicator, start, end in spans
}
# Targets whose baseline or level is worked out from cited figures.
SHARE = 100 * figure("chongqing_2025", "industrial_va", 2020) / figure("chongqing_2025", "gdp", 2020)
EXPECTED["chongqing_2025", "industry_share"] = growth(
    "industry_share", SHARE, figure("chongqing_2025", "industry_share", 2025), 5
)
CITY = figure("chongqing_2025", "industrial_output", 2025) / figure("chongqing_2025", "industrial_output", 2020)
LINE = CITY * figure("yongchuan", "industrial_output", 2020)
EXPECTED["yongchuan", "industrial_output"] = (LINE / figure("yongchuan", "industrial_output", 2021)) ** (1 / 4) - 1
# A multiple of the baseline needs no level; "not below last year" needs no growth.
EXPECTED |= {("nanchuan", "agriculture"): 2 ** (1 / 5) - 1}
EXPECTED |= {("fengjie", indicator): 2 ** (1 / 5) - 1 for indicator in ("brand_orange", "brands_total")}
LAST_YEAR = ("smart_upgrades", "smart_factories", "workshops", "pilots", "zjtx")
EXPECTED |= {("science_city", indicator): 0.0 for indicator in LAST_YEAR}
# Levels whose baseline no source gives, so that what they require rests on an assumption.
ASSUMED = {
    "nanchuan": {"tcm", "wellness"},
    "chongqing_2025": {"sei_output_share", "hightech_output_share", "zjtx", "software"},
    "fengjie": {"orange_exports"},
    "science_city": {"leading_industries", "rd_share"},
    "tongliang": {"cluster"},
}


@pytest.fixture(scope="module")
def required():
    """The required growth of every target that has one."""
    return {
        (place, one.indicator): one.required.growth
        for place, scenario in SCENARIOS.items()
        for one in cqsim.run(scenario, paths=500, range=False, progress=False).answers
        if one.required.growth is not None
    }


@pytest.mark.parametrize("key", EXPECTED, ids=".".join)
def test_required_growth_follows_from_the_cited_figures(key, required):
    assert required[key] == pytest.approx(EXPECTED[key], rel=1e-9, abs=1e-12)


def test_all_other_required_growth_starts_from_an_assumption(required):
    others = {(place, indicator) for place, ids in ASSUMED.items() for indicator in ids}
    assert set(required) - set(EXPECTED) == others
    grades = {SCENARIOS[place].indicators[indicator].baseline.evidence for place, indicator in others}
    assert grades == {"assumed"}


def cited(scenario):
    """Indicator, year, quantity, unit, grade and source of every cited baseline and target."""
    for id, indicator in scenario.indicators.items():
        baseline = indicator.baseline
        if baseline and isinstance(baseline.value, Quantity) and baseline.evidence in CITED:
            yield id, start_year(scenario, id), baseline.value, indicator.unit, baseline
        for target in indicator.targets:
            if target.evidence in CITED and isinstance(target.at_least, Quantity):
                yield id, target.due, target.at_least, indicator.unit, target


@pytest.mark.parametrize("place", PLACES)
def test_every_cited_baseline_and_target_stands_in_the_table(place):
    scenario = SCENARIOS[place]
    written = {tuple(row.values()) for row in ROWS}
    for one in (scenario, *(scenario.case(name) for name in scenario.cases)):
        for id, year, quantity, unit, block in cited(one):
            assert not quantity.unit, "written in the indicator's own unit, as the table is"
            source = one.sources[block.source]
            value = f"{quantity.number:.10g}"
            assert (place, id, str(year), value, unit, block.evidence, source.title, source.url or "") in written


@pytest.mark.parametrize(
    ("place", "indicator", "total"),
    [
        ("nanchuan", "spend", "revenue"),
        ("yongchuan", "industry_autos", "industrial_output"),
        ("fengjie", "orange_price", "brand_orange"),
    ],
)
def test_the_figure_in_a_baseline_formula_stands_in_the_table(place, indicator, total):
    baseline = SCENARIOS[place].indicators[indicator].baseline
    (written,) = re.findall(r"([\d.]+) 亿元", baseline.formula)
    assert float(written) == figure(place, total, start_year(SCENARIOS[place], indicator))


def test_the_table_holds_only_graded_figures_of_known_indicators():
    for row in ROWS:
        assert row["evidence"] in CITED
        assert row["source_title"]
        assert row["unit"] == SCENARIOS[row["place"]].indicators[row["indicator"]].unit


def test_a_history_of_chongqing_holds_nothing_published_after_2021():
    indicators = SCENARIOS["chongqing_2025"].indicators.values()
    histories = [point for one in indicators if one.history for point in one.history.points]
    observations = [point for one in indicators if one.observations for point in one.observations.points]
    assert max(point.published for point in histories) <= 2021 < min(point.published for point in observations)
