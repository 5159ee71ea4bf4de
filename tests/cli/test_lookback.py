import json

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from cqsim.cli import main

TEXT = """\
id: district
title: {zh: 某区, en: District}
language: zh
years: {baseline: 2021, end: 2025}
sources: {news: {title: 晚报, year: 2024}}
indicators:
  visitors:
    label: {zh: 游客|量, en: Visi|tors}
    unit: 万人次
    baseline: {value: 100, evidence: official, source: news}
    history: {values: {2018: 90, 2019: 95, 2020: 97, 2021: 100}, evidence: official, source: news}
    observations:
      evidence: reported
      points: [{year: 2023, value: 125, published: 2024, source: news, note: 原文为 125 以上}]
    growth: {model: GROWTH, evidence: assumed}
    targets: [{at_least: 120, year: 2023}, {at_most: 90, year: 2023}, {at_least: 140, reached_by: 2025}]
cases: {calm: {set: {indicators.visitors.baseline.value: 101}}}
"""
WALK = "compound, rate: 4%, volatility: 10%"


@pytest.fixture
def look(tmp_path):
    def go(*arguments, text=TEXT, growth=WALK, as_of="2021"):
        file = tmp_path / "district.yaml"
        file.write_text(text.replace("GROWTH", growth), encoding="utf-8")
        options = ["--as-of", as_of, "--paths", "3000", "--seed", "2", *arguments]
        return CliRunner().invoke(main, ["lookback", str(file), *options])

    return go


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            [
                "某区：回看，截至 2021 年底",
                "所处分位",
                "125 万人次",
                "未达标",
                "尚无定论",
                "3 个目标中有 2 个可以评分：1 个达标，1 个未达标；1 个尚无定论。",
                "达标率是这些目标自身的达标比例（50%）",
                "游客|量 2023 年：125 万人次（2024 年公布），晚报；原文为 125 以上",
                "因公布较晚而不列入历史的数：游客|量 2021 年 = 100（2022 年公布）。",
                "以下基期的数或其出处在此之后才公布，仍按规划所写：游客|量（2022 年）。",
            ],
        ),
        (
            "en",
            [
                "District: look-back, as of the end of 2021",
                "at quantile",
                "missed",
                "2 of 3 targets can be scored: 1 hit, 1 missed; 1 still open.",
                "The base rate is the share of hits among these same targets (50%)",
                "Visi|tors 2023: 125 万人次 (published 2024), 晚报; 原文为 125 以上",
                "Left out of the histories because published later: Visi|tors 2021 = 100 (published 2022).",
            ],
        ),
    ],
)
def test_the_tables_show_what_was_said_and_what_came(language, said, look):
    found = look("--lang", language)
    assert (found.exit_code, found.stderr) == (0, "")
    assert [text for text in said if text not in found.stdout] == []
    tables = found.stdout.split("Brier score" if language == "en" else "Brier 得分")[0]
    assert max(map(cell_len, tables.splitlines())) <= 120
    assert (found.stdout == look().stdout) is (language == "zh")


def test_json_holds_chances_outcomes_and_scores(look):
    found = json.loads(look("--json").stdout)
    assert (found["scenario"], found["as_of"], found["paths"], found["seed"]) == ("district", 2021, 3000, 2)
    assert [one["status"] for one in found["targets"]] == ["hit", "missed", "open"]
    hit, missed, waiting = found["targets"]
    assert hit["realised"]["value"] == 125
    assert hit["brier"] == pytest.approx((1 - hit["probability"]) ** 2)
    assert missed["brier"] == pytest.approx(missed["probability"] ** 2)
    assert (waiting["realised"], waiting["quantile"], waiting["brier"], waiting["log_score"]) == (None,) * 4
    assert found["summary"]["brier"] == pytest.approx((hit["brier"] + missed["brier"]) / 2)
    assert (found["summary"]["brier_climatology"], found["summary"]["base_rate"]) == (0.25, 0.5)
    assert found["left_out"] == [{"indicator": "visitors", "year": 2021, "value": "100", "published": 2022}]
    assert "case" not in found


def test_markdown_is_a_page_whose_cells_are_whole(look):
    found = look("--markdown")
    lines = found.stdout.splitlines()
    assert lines[0] == "# 某区：回看，截至 2021 年底"
    rows = [line for line in lines if line.startswith("| 游客\\|量")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [9, 9, 4]
    assert rows[0].startswith("| 游客\\|量<br>≥ 120 万人次 2023 年 | ")
    assert " | 125 万人次<br>(2023) | 达标 | " in rows[0]
    assert [line for line in lines if line.startswith("## ")] == [
        "## 各项目标",
        "## 实际值的出处",
        "## 说明",
    ]
    assert [line for line in lines if line.startswith("**")] == [
        "**当时的判断与后来的实际**",
        "**尚无定论：还没有足以判定的实际值**",
    ]


def test_a_plan_without_a_decided_target_has_no_scores(look):
    text = TEXT.replace("year: 2023, value: 125", "year: 2022, value: 125")
    for arguments in ((), ("--markdown",)):
        found = look("--lang", "en", *arguments, text=text)
        assert found.exit_code == 0
        assert "0 of 3 targets can be scored: 0 hit, 0 missed; 3 still open." in found.stdout
        assert "Brier" not in found.stdout
        assert "were read" not in found.stdout


def test_a_case_is_looked_back_on_and_named(look):
    found = look("--case", "calm")
    assert found.stdout.startswith("某区：回看，截至 2021 年底 (calm)\n")
    assert look("--case", "clam").stderr.endswith("没有情景 'clam'；已有：calm（是不是 'calm'？）\n")


def test_without_observations_one_sentence_says_so(look):
    start, _, rest = TEXT.partition("    observations:\n")
    text = start + rest.partition("原文为 125 以上}]\n")[2]
    found = look(text=text)
    assert (found.exit_code, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    assert line.endswith(
        "district.yaml:7:3  indicators: 有目标的指标都没有 `observations`（实际数），无从回看；请把后来的实际数写在那里"
    )


def test_before_the_first_history_the_models_own_error_names_what_was_left_out(look):
    assert look(as_of="2010").exit_code == 0  # a written plan needs no history
    found = look(growth="bootstrap", as_of="2019")
    assert (found.exit_code, found.stdout) == (2, "")
    (line,) = found.stderr.splitlines()
    assert line.endswith(
        "district.yaml:11:14  indicators.visitors.history: 模型 bootstrap 至少需要 4 年的历史，只有 1 年；"
        "到 2019 年底尚未公布、因而不列入历史的数：visitors 2019 年 = 95（2020 年公布）、"
        "visitors 2020 年 = 97（2021 年公布）、visitors 2021 年 = 100（2022 年公布）"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--accuracy", "1pp"), "--paths、--accuracy 不能同时写"),
        (("--json", "--markdown"), "--json、--markdown 不能同时写"),
        (("--as-of", "20210"), "--as-of 的 '20210' 不是 1900-2200 范围内的整数"),
    ],
)
def test_arguments_that_do_not_fit_are_exit_code_2(arguments, said, look):
    found = look(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr


def test_a_bad_accuracy_is_exit_code_2(tmp_path, look):
    look()
    file = str(tmp_path / "district.yaml")
    found = CliRunner().invoke(main, ["lookback", file, "--as-of", "2021", "--accuracy", "3", "--lang", "en"])
    assert (found.exit_code, found.stdout) == (2, "")
    assert "3 is not an accuracy between 0.01pp and 50pp" in found.stderr


def test_the_year_must_be_named(tmp_path):
    found = CliRunner().invoke(main, ["lookback", str(tmp_path / "x.yaml")])
    assert found.exit_code == 2
    assert "--as-of is missing" in found.stderr


def test_a_bad_file_is_told_with_its_line(look):
    found = look(text=TEXT.replace("unit:", "unti:"))
    assert (found.exit_code, found.stdout) == (2, "")
    assert "district.yaml:9:5  indicators.visitors.unti" in found.stderr
    missing = CliRunner().invoke(main, ["lookback", "nowhere.yaml", "--as-of", "2021"])
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert missing.stderr.startswith("nowhere.yaml  ")


def test_a_history_outside_the_folder_needs_leave(tmp_path, look):
    (tmp_path.parent / "past.csv").write_text("year,value\n2020,97\n", encoding="utf-8")
    written = "history: {values: {2018: 90, 2019: 95, 2020: 97, 2021: 100}"
    text = TEXT.replace(written, "history: {file: ../past.csv")
    assert "--allow-outside" in look(text=text).stderr
    assert look("--allow-outside", text=text).exit_code == 0
