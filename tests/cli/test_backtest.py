"""The command `cqsim backtest`: tables, the document, and bad input."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from cqsim.cli import main


def invoke(*arguments):
    return CliRunner().invoke(main, ["backtest", *map(str, arguments), "--workers", "1"])


@pytest.fixture
def data(tmp_path):
    random = np.random.default_rng(2)
    lines = ["series,period,value,split"]
    for number in range(60):
        levels = 100 * np.exp(np.cumsum(0.02 + 0.07 * random.standard_normal(14)))
        lines += [f"S{number},{2008 + k},{level:.3f},{'train' if k < 10 else 'test'}" for k, level in enumerate(levels)]
    lines += ["bad,2008,1,train", "bad,2009,oops,train"]
    file = tmp_path / "数据.csv"
    file.write_text("\n".join(lines), encoding="gb18030")
    return file


def test_the_document_holds_every_score(data):
    found = invoke(data, "--model", "trend", "--model", "naive", "--json")
    assert found.exit_code == 0
    document = json.loads(found.stdout)
    assert list(document["models"]) == ["trend", "naive"]
    assert document["skipped"] == [
        {"series": "bad", "model": None, "reason": "row 843, series 'bad': 'oops' is not a number in column value"}
    ]
    scores = document["models"]["trend"]
    assert scores["n"] == 60
    assert list(scores["coverage"]) == ["0.5", "0.8", "0.95"]
    for key in ("msis_mean", "msis_median", "mase", "smape", "crps", "brier", "brier_climatology", "log_score"):
        assert scores[key] > 0
    assert [row["horizon"] for row in scores["by_horizon"]] == [1, 2, 3, 4]
    assert np.mean([row["mase"] for row in scores["by_horizon"]]) == pytest.approx(scores["mase"])
    assert sum(row["n"] for row in scores["reliability"]) == scores["targets"] == 60
    assert sum(scores["pit"]) == 240


@pytest.mark.parametrize(("language", "words"), [("en", "mean probability"), ("zh", "平均概率")])
def test_the_tables_name_models_and_what_was_left_out(data, language, words):
    found = invoke(data, "--model", "trend", "--lang", language)
    assert found.exit_code == 0
    assert words in found.stdout
    assert "bad" in found.stdout
    assert "oops" in found.stdout
    assert max(map(len, found.stdout.splitlines())) <= 120


def test_the_horizon_can_be_shorter_than_the_test_values(data):
    document = json.loads(invoke(data, "--horizon", "2", "--model", "naive", "--json").stdout)
    assert [row["horizon"] for row in document["models"]["naive"]["by_horizon"]] == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.csv"], "none.csv cannot be read"),
        (["--model", "tend"], "there is no model 'tend'"),
        (["--targets", "none.csv"], "none.csv cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(data, arguments, message):
    found = invoke(*([data] if arguments[0].startswith("-") else []), *arguments)
    assert found.exit_code == 2
    assert message in found.stderr
    assert "Traceback" not in found.stderr


def test_a_file_in_which_nothing_can_be_scored_ends_with_2(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("series,period,value\na,1,2\na,2,3\na,3,4\n", encoding="utf-8")
    found = invoke(file)
    assert found.exit_code == 2
    assert "say with --horizon" in found.stdout


def test_a_column_that_is_none_is_answered_with_the_nearest(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("series,period,valeu\na,1,2\n", encoding="utf-8")
    found = invoke(file, "--horizon", "1")
    assert found.exit_code == 2
    assert "did you mean 'value'?" in found.stderr
