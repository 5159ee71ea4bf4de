"""Scores against their definitions, on files small enough to work out by hand, and their invariances."""

import csv
import json
import math
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import cqsim
from cqsim.answers.backtest.data import Series, SeriesTarget, Skipped, read_series
from cqsim.answers.backtest.forecasters import FORECASTERS, normals
from cqsim.answers.backtest.scores import MEASURES, probability_scores, reliability, score
from cqsim.errors import Fault


def write(path, rows, header="series,period,value,split"):
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def growing(name, first, rate, train=10, test=3):
    """Rows of a series of constant growth."""
    return [
        f"{name},{period},{first * (1 + rate) ** period},{'train' if period < train else 'test'}"
        for period in range(train + test)
    ]


@pytest.fixture
def wobbling(tmp_path):
    random = np.random.default_rng(11)
    rows = []
    for number in range(150):
        levels = 100 * np.exp(np.cumsum(0.03 + 0.08 * random.standard_normal(16)))
        rows += [
            f"S{number},{period},{level:.4f},{'train' if period < 12 else 'test'}"
            for period, level in enumerate(levels)
        ]
    return write(tmp_path / "wobbling.csv", rows)


def even(low, high, count=2001):
    """Futures spread evenly between two values, one step ahead."""
    return np.linspace(low, high, count)[None, :]


def test_scores_of_an_even_forecast_are_those_of_their_definitions():
    series = Series("x", (10.0, 12.0, 11.0), (104.0,), (SeriesTarget(1, 80.0, True),))
    scored = score(series, lambda past, z: even(0, 100), None)
    found = dict(zip(MEASURES, scored.rows[0], strict=True))
    scale = 1.5  # mean of |12 - 10| and |11 - 12|
    assert [found[f"covered_{level:g}"] for level in (0.5, 0.8, 0.95)] == [0, 0, 0]
    assert (found["below"], found["above"], found["pit"]) == (0, 1, 1)
    assert found["msis"] == pytest.approx((95 + 40 * (104 - 97.5)) / scale)  # width, and 2 / 0.05 for each unit outside
    assert found["mase"] == pytest.approx(54 / scale)
    assert found["smape"] == pytest.approx(200 * 54 / 154)
    # CRPS of a uniform on (0, 100) at y = 104: integral of F^2 up to 100 is 100 / 3, then 4
    assert found["crps"] == pytest.approx((100 / 3 + 4) / scale, rel=1e-3)
    assert scored.probabilities == [(1, pytest.approx(0.2, abs=1e-3), True, True)]


def test_last_shortens_what_models_see_and_nothing_else():
    series = Series("x", (1.0, 2.0, 4.0, 8.0), (16.0,), ())
    seen = []
    found = [
        score(series, lambda past, z: seen.append(past.tolist()) or even(15, 17), last).rows.tolist()
        for last in (None, 2)
    ]
    assert seen == [[1.0, 2.0, 4.0, 8.0], [4.0, 8.0]]
    assert found[0] == found[1]


def test_targets_grow_at_one_and_a_fifth_times_the_growth_of_the_history(tmp_path):
    rows = [*growing("up", 100, 0.1), *growing("down", 100, -0.1), "flat,1,5,train", "flat,2,6,train", "flat,3,5,train"]
    found = list(read_series(write(tmp_path / "x.csv", [*rows, "flat,4,5,test"]), None, None))
    up, down, flat = found
    assert up.goals == tuple(
        SeriesTarget(step, pytest.approx(100 * 1.1**9 * 1.12**step), True, step == 3) for step in (1, 2, 3)
    )
    assert down.goals == tuple(
        SeriesTarget(step, pytest.approx(100 * 0.9**9 * 0.88**step), False, step == 3) for step in (1, 2, 3)
    )
    assert flat.goals == ()


def test_targets_of_a_file_are_those_scored(tmp_path):
    data = write(tmp_path / "x.csv", growing("a", 100, 0.1))
    targets = write(
        tmp_path / "t.csv",
        ["a,11,250,at_least", "a,12,100,at_most", "a,20,1,at_least", "b,1,1,at_most"],
        "series,period,target,sense",
    )
    found = list(read_series(data, targets, None))
    assert [one.goals for one in found if isinstance(one, Series)] == [
        (SeriesTarget(2, 250, True), SeriesTarget(3, 100, False))
    ]
    assert [str(one.fault) for one in found if isinstance(one, Skipped)] == [
        "series 'a': the target's period 20 is not a test period (10 to 12)",
        "the targets name series 'b', which is not in the data",
    ]


def test_without_a_split_the_horizon_cuts_the_last_values_off(tmp_path):
    rows = [f"a,{period},{value}" for period, value in enumerate((3, 4, 5, 6, 7))]
    (series,) = read_series(write(tmp_path / "x.csv", rows, "series,period,value"), None, 2)
    assert (series.train, series.test) == ((3, 4, 5), (6, 7))


BAD = {
    "text": (["a,1,1,train", "a,2,x,train"], "row 3, series 'a': 'x' is not a number in column value"),
    "nan": (["a,1,1,train", "a,2,nan,train"], "row 3, series 'a': 'nan' is not a number in column value"),
    "infinite": (["a,1,inf,train"], "row 2, series 'a': 'inf' is not a number in column value"),
    "empty cell": (["a,1,,train"], "row 2, series 'a': '' is not a number in column value"),
    "period": (["a,1st,1,train"], "row 2, series 'a': '1st' is not a number in column period"),
    "duplicate": (["a,1,1,train", "a,1,2,train"], "row 3, series 'a': period 1 appears twice"),
    "unsorted": (["a,2,1,train", "a,1,2,train"], "row 3, series 'a': period 1 comes after 2; sort the periods"),
    "gap": (
        ["a,1,1,train", "a,3,2,train"],
        "row 3, series 'a': period 3 follows 1; the periods in between are missing",
    ),
    "one point": (["a,1,1,train"], "series 'a' has 1 training and 0 test values; it needs at least 2 and 1"),
    "constant": (
        ["a,1,7,train", "a,2,7,train", "a,3,7,test"],
        "all training values of series 'a' are equal: there is no error to compare with",
    ),
    "split": (["a,1,1,train", "a,2,2,tset"], "row 3, series 'a': split is 'tset'; write train or test"),
    "split order": (
        ["a,1,1,train", "a,2,2,test", "a,3,2,train"],
        "row 4, series 'a': a training value comes after a test value",
    ),
    "apart": (
        ["a,1,1,train", "a,2,3,train", "a,3,2,test", "b,1,1,train", "b,2,3,train", "b,3,4,test", "a,4,2,test"],
        "row 8: the rows of series 'a' are not contiguous",
    ),
}


@pytest.mark.parametrize(("rows", "message"), BAD.values(), ids=BAD)
def test_a_bad_series_is_named_and_the_rest_is_scored(rows, message, tmp_path):
    found = cqsim.backtest(write(tmp_path / "x.csv", [*rows, *growing("good", 9, 0.07)]), models=["naive"], workers=1)
    assert message in [one.fault.text("en") for one in found.skipped]
    assert found.models["naive"].to_dict()["n"] == 1 + (rows is BAD["apart"][0]) * 2


def test_what_a_model_cannot_forecast_is_skipped_for_that_model_alone(tmp_path):
    rows = [
        f"a,{period},{value},{'test' if period > 4 else 'train'}" for period, value in enumerate((-1, 0, 2, 1, 3, 4))
    ]
    found = cqsim.backtest(write(tmp_path / "x.csv", rows), models=["trend", "naive", "trend_linear"], workers=1)
    assert {name: scores.to_dict()["n"] for name, scores in found.models.items()} == {
        "trend": 0,
        "naive": 0,
        "trend_linear": 1,
    }
    assert [(one.series, one.model) for one in found.skipped] == [("a", "trend"), ("a", "naive")]
    assert "scale: linear" in found.skipped[0].fault.text("en")


def test_any_number_of_workers_gives_the_same_scores(wobbling):
    documents = [
        json.dumps(cqsim.backtest(wobbling, models=["trend", "random_walk"], workers=workers).to_dict())
        for workers in (1, 2)
    ]
    with ThreadPoolExecutor(3) as pool:
        documents.append(json.dumps(cqsim.backtest(wobbling, models=["trend", "random_walk"], executor=pool).to_dict()))
    assert documents[0] == documents[1] == documents[2]


def test_units_and_the_order_of_series_change_no_score(wobbling, tmp_path):
    with wobbling.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = list(dict.fromkeys(row["series"] for row in rows))
    lines = [
        f"{name},{row['period']},{float(row['value']) * 1000!r},{row['split']}"
        for name in reversed(names)
        for row in rows
        if row["series"] == name
    ]
    other = write(tmp_path / "other.csv", lines)
    first, second = (
        cqsim.backtest(path, models=["trend"], workers=1).models["trend"].to_dict() for path in (wobbling, other)
    )
    for key in ("msis_mean", "mase", "crps", "smape", "brier", "log_score"):
        assert first[key] == pytest.approx(second[key], rel=1e-9)
    assert first["coverage"] == pytest.approx(second["coverage"])


def test_the_halves_make_the_whole(wobbling):
    counts = [
        cqsim.backtest(wobbling, models=["naive"], only=only, workers=1).models["naive"].to_dict()["n"]
        for only in (0, 1)
    ]
    assert sum(counts) == 150
    assert min(counts) > 40


@pytest.mark.parametrize("name", FORECASTERS)
def test_every_model_keeps_its_futures_apart_and_finite(name):
    past = np.array([20.0, 22.0, 21.0, 25.0, 27.0, 26.0])
    z = normals("x", 4)
    futures = FORECASTERS[name](past, z)
    assert futures.shape == (4, z.shape[1])
    assert np.isfinite(futures).all()
    assert (np.diff(futures.std(axis=1)) > 0).all()


def test_the_plug_in_walk_has_the_lognormal_quantiles_of_its_formula():
    past = np.array([100.0, 103.0, 104.0, 108.0, 111.0, 115.0])
    growth = np.diff(np.log(past))
    futures = FORECASTERS["random_walk"](past, normals("x", 1))
    for chance, z in ((0.1, -1.2815515655), (0.5, 0.0), (0.9, 1.2815515655)):
        exact = 115 * math.exp(growth.mean() + growth.std(ddof=1) * z)
        assert np.quantile(futures[0], chance) == pytest.approx(exact, rel=1e-3)


def test_the_student_walk_gives_the_published_probability():
    """The worked example of Student's t: history of five growth rates, target 140 in five years; 2,000 even paths."""
    past = np.array([100.0, 103.0, 104.0, 108.0, 111.0, 115.0])
    shares = [np.mean(FORECASTERS["student"](past, normals(str(number), 5))[-1] >= 140) for number in range(200)]
    # 400,000 paths: standard error at most 0.00045; six of them
    assert np.mean(shares) == pytest.approx(0.0893, abs=0.0027)


def test_chances_are_scored_by_their_definitions():
    found = probability_scores([(0.8, True), (0.4, True), (0.1, False), (0.3, False)])
    assert found["brier"] == pytest.approx((0.04 + 0.36 + 0.01 + 0.09) / 4)
    assert found["brier_climatology"] == 0.25
    assert found["log_score"] == pytest.approx(-np.log([0.8, 0.4, 0.9, 0.7]).mean())
    assert found["log_score_climatology"] == pytest.approx(math.log(2))


def test_a_reliability_row_says_where_its_share_should_lie():
    rows = reliability(np.full(100, 0.35), np.repeat([1.0, 0.0], [33, 67]))
    assert [row["n"] for row in rows] == [0, 0, 0, 100, 0, 0, 0, 0, 0, 0]
    # 0.5 and 99.5 % quantiles of binomials of 100 with 30 and 40 %: 19 and 53
    assert {key: rows[3][key] for key in ("share", "low", "high", "holds")} == {
        "share": 0.33,
        "low": 0.19,
        "high": 0.53,
        "holds": True,
    }


def test_an_unknown_model_is_answered_with_the_nearest():
    with pytest.raises(Fault, match="did you mean 'trend'"):
        cqsim.backtest(Path("none.csv"), models=["trendd"])


def test_the_library_that_scores_is_named_with_its_extra_where_it_is_missing(tmp_path, monkeypatch):
    data = write(tmp_path / "data.csv", growing("a", 100, 0.05))
    monkeypatch.setitem(sys.modules, "scoringrules", None)
    with pytest.raises(Fault, match=r"pip install 'cqsim\[scores\]'"):
        cqsim.backtest(data, workers=1)
