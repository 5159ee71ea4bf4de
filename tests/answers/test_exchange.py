"""Yearly levels for other programs: every format says what `Result.quantiles` says."""

import json
import os
import subprocess
import sys

import pandas as pd
import pytest

import cqsim
from cqsim.answers.export.exchange import Exchange
from cqsim.errors import Fault

GROWTH = {"model": "compound", "rate": "6%", "volatility": "8%", "evidence": "assumed"}
DATA = {
    "id": "demo",
    "title": {"zh": "示例区", "en": "Demo district"},
    "years": {"baseline": 2020, "end": 2023},
    "indicators": {
        "visitors": {
            "label": {"zh": "游客", "en": "Visitors"},
            "unit": "万人次",
            "baseline": {"value": 100, "evidence": "assumed"},
            "growth": GROWTH,
            "targets": [{"at_least": 120, "year": 2023}],
        },
        "late": {"baseline": {"value": 7, "year": 2021, "evidence": "assumed"}, "growth": GROWTH},
    },
    "cases": {"slow": {"evidence": "assumed", "set": {"indicators.visitors.growth.rate": "2%"}}},
}
STATISTICS = ["mean", "p05", "p10", "p25", "p50", "p75", "p90", "p95"]
WRITTEN = {"p5": "p05"}  # the frame of quantiles writes one of them shorter
PYAM = os.environ.get("CQSIM_PYAM")


@pytest.fixture(scope="module")
def scenario():
    return cqsim.Scenario(**DATA)


@pytest.fixture(scope="module")
def result(scenario):
    return cqsim.run(scenario, paths=2000, seed=3, progress=False)


@pytest.fixture(scope="module")
def comparison(scenario):
    return cqsim.compare(scenario, paths=2000, seed=3, progress=False)


@pytest.fixture(scope="module")
def overview(scenario):
    other = cqsim.Scenario(**DATA | {"id": "other", "title": None})
    return cqsim.Overview.of([scenario, other], paths=2000, seed=3, progress=False)


def levels_of(result, indicator):
    """Year by statistic, as the frame of quantiles has them."""
    return result.quantiles(indicator).rename(columns=WRITTEN).set_index("year")[STATISTICS]


def test_the_tidy_table_holds_every_statistic_of_every_indicator_and_year(result):
    frame = result.tidy
    assert list(frame.columns) == ["scenario", "case", "indicator", "label", "unit", "year", "statistic", "value"]
    assert len(frame) == (4 + 3) * len(STATISTICS)
    assert set(frame["scenario"]) == {"demo"}
    assert set(frame["case"]) == {"base"}
    names = frame[["indicator", "label", "unit"]].drop_duplicates().to_numpy().tolist()
    assert names == [["visitors", "Visitors", "万人次"], ["late", "late", ""]]
    for indicator in ("visitors", "late"):
        found = frame[frame["indicator"] == indicator].pivot(index="year", columns="statistic", values="value")
        pd.testing.assert_frame_equal(found[STATISTICS], levels_of(result, indicator), check_names=False)


def test_tables_of_several_results_are_those_of_each_one_after_the_other(comparison, overview):
    for several, results in ((comparison, comparison.results.values()), (overview, overview.results)):
        expected = pd.concat([one.tidy for one in results], ignore_index=True)
        pd.testing.assert_frame_equal(several.tidy, expected)
    assert comparison.tidy["case"].unique().tolist() == ["base", "slow"]
    assert overview.tidy["scenario"].unique().tolist() == ["demo", "other"]


def test_saving_writes_the_tidy_table(result, comparison, overview, tmp_path):
    for number, found in enumerate((result, comparison, overview)):
        found.save(tmp_path / str(number))
        written = pd.read_csv(tmp_path / str(number) / "tidy.csv", encoding="utf-8-sig", keep_default_na=False)
        pd.testing.assert_frame_equal(written, found.tidy, rtol=1e-14)  # pandas 2 reads the last digit otherwise


def test_parquet_gives_the_tidy_table_back(comparison, tmp_path):
    pytest.importorskip("pyarrow", reason="needs the extra parquet")
    comparison.to_parquet(tmp_path / "levels.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "levels.parquet"), comparison.tidy, check_exact=True)


@pytest.mark.parametrize(("library", "extra"), [("pyarrow", "parquet"), ("xarray", "xarray")])
def test_a_library_that_is_missing_is_named_with_its_extra(library, extra, result, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(Fault) as caught:
        result.to_parquet(tmp_path / "x.parquet") if extra == "parquet" else result.to_xarray()
    wanted = f"this needs {library}, which is not installed; run: pip install 'cqsim[{extra}]'"
    assert str(caught.value) == wanted
    assert not list(tmp_path.iterdir())


def test_what_offers_nothing_has_no_runs():
    with pytest.raises(TypeError, match="abstract"):
        Exchange()


def test_the_iamc_table_has_the_median_under_the_plain_name_and_quantiles_beside_it(result):
    frame = result.to_iamc()
    assert list(frame.columns) == ["Model", "Scenario", "Region", "Variable", "Unit", 2020, 2021, 2022, 2023]
    assert frame[["Model", "Scenario", "Region"]].drop_duplicates().to_numpy().tolist() == [
        ["cqsim", "demo", "Demo district"]
    ]
    shares = ["", "|p05", "|p10", "|p25", "|p75", "|p90", "|p95"]
    assert frame["Variable"].tolist() == [f"{id}{share}" for id in ("visitors", "late") for share in shares]
    rows = frame.set_index("Variable")
    for name, statistic in (("visitors", "p50"), ("visitors|p05", "p05"), ("visitors|p90", "p90")):
        assert rows.loc[name, [2020, 2021, 2022, 2023]].tolist() == levels_of(result, "visitors")[statistic].tolist()
    assert rows.loc["visitors", "Unit"] == "万人次"
    assert rows[2020].isna().tolist() == [False] * 7 + [True] * 7
    assert not rows[[2021, 2022, 2023]].isna().any(axis=None)


def test_the_iamc_table_names_cases_as_scenarios_and_scenarios_by_their_ids(scenario, comparison, overview):
    assert comparison.to_iamc("mine")[["Model", "Scenario"]].drop_duplicates().to_numpy().tolist() == [
        ["mine", "demo"],
        ["mine", "slow"],
    ]
    places = overview.to_iamc()[["Scenario", "Region"]].drop_duplicates()
    assert places.to_numpy().tolist() == [["demo", "Demo district"], ["other", "other"]]
    alone = cqsim.run(scenario, case="slow", paths=2000, seed=3, progress=False).to_iamc()
    pd.testing.assert_frame_equal(comparison.to_iamc().iloc[14:].reset_index(drop=True), alone)


READ = """
import json, sys, pyam
found = pyam.IamDataFrame(sys.argv[1])
rows = found.data[["scenario", "region", "variable", "unit", "year", "value"]]
print("read:", json.dumps(rows.to_numpy().tolist()))
"""


@pytest.mark.skipif(not PYAM, reason="CQSIM_PYAM names no Python that has pyam")
def test_pyam_reads_the_iamc_table(comparison, tmp_path):
    wide = comparison.to_iamc()
    wide.to_csv(tmp_path / "iamc.csv", index=False)
    command = [PYAM, "-c", READ, str(tmp_path / "iamc.csv")]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    read = json.loads(done.stdout.rpartition("read:")[2])
    columns = ["Scenario", "Region", "Variable", "Unit"]
    long = wide.melt(id_vars=["Model", *columns], var_name="year").dropna(subset="value")
    expected = long[[*columns, "year", "value"]].to_numpy().tolist()
    assert len(read) == 2 * 7 * (4 + 3)
    for found, wanted in zip(sorted(read), sorted(expected), strict=True):
        assert found[:-1] == wanted[:-1]
        assert found[-1] == pytest.approx(wanted[-1], rel=1e-14)  # pyam's reader rounds the last digit


def test_the_dataset_has_an_axis_for_indicators_years_and_quantiles(result):
    pytest.importorskip("xarray", reason="needs the extra xarray")
    found = result.to_xarray()
    assert found["value"].dims == ("indicator", "year", "quantile")
    assert found["mean"].dims == ("indicator", "year")
    assert found["quantile"].values.tolist() == [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
    assert found["unit"].values.tolist() == ["万人次", ""]
    assert found["label"].values.tolist() == ["Visitors", "late"]
    visitors = levels_of(result, "visitors")
    assert found["value"].sel(indicator="visitors").values.tolist() == visitors[STATISTICS[1:]].to_numpy().tolist()
    assert found["mean"].sel(indicator="visitors").values.tolist() == visitors["mean"].tolist()
    assert found["mean"].sel(indicator="late").isnull().values.tolist() == [True, False, False, False]
    assert found["value"].sel(indicator="late").isnull().all("quantile").values.tolist() == [True, False, False, False]
    assert found.attrs == {
        "scenario": "demo",
        "scenario_sha256": result.scenario.sha256,
        "case": "base",
        "seed": 3,
        "paths": 2000,
        "cqsim": cqsim.__version__,
    }
