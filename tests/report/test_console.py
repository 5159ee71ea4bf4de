import io
import re

import pytest
from rich.cells import cell_len

import cqsim
from cqsim.report.formats.console import print_result
from cqsim.report.wording import wanted

LABEL = "[red]x[/red]"
ESCAPES = "\x1b[31mred\x1b[0m\x07\x9b2J"
LONG = "全区规模以上文化和旅游及相关产业法人单位营业收入" * 4


def scenario(**changes):
    """Targets of every sense; one indicator has a unit and one has none."""
    visitors = {
        "label": LABEL,
        "unit": "万人次",
        "baseline": {"value": 100, "evidence": "official"},
        "growth": {"model": "compound", "rate": "5%", "volatility": "5%", "evidence": "official"},
        "targets": [
            {"between": [110, 130], "year": 2023},
            {"at_most": 90, "reached_by": 2022},
            {"at_least": {"times_baseline": 1.2}, "reached_by": 2023},
            {"between": [{"times_baseline": 1.1}, {"times_baseline": 1.3}], "year": 2022, "label": LONG},
        ],
    }
    share = {
        "baseline": {"value": 0.5, "evidence": "official"},
        "growth": {"model": "linear", "increment": 0.01, "volatility": 0.2, "evidence": "assumed"},
        "targets": [{"at_least": 0.6, "year": 2023}, {"at_most": -0.1, "year": 2023}],
    }
    return cqsim.Scenario(
        id="odd",
        years={"baseline": 2020, "end": 2023},
        indicators={"visitors": {**visitors, **changes}, "share": share},
        title=changes.get("label", LABEL),
    )


def run(ready, language="en"):
    return cqsim.run(ready, paths=2000, seed=1, language=language, progress=False)


def printed(result, file=None):
    file = file or io.StringIO()
    print_result(result, file)
    return file.getvalue()


def tables(text):
    """The blocks of lines between empty lines that hold a rule."""
    blocks = [block.strip("\n").split("\n") for block in text.split("\n\n")]
    return [block for block in blocks if any("─" * 10 in line for line in block)]


def test_targets_are_told_in_words():
    texts = [wanted(answer, "en") for answer in run(scenario()).answers]
    assert texts == [
        "110 to 130 万人次 in 2023",
        "≤ 90 万人次 by 2022",
        "≥ 1.2 times the baseline by 2023",
        "110 to 130 万人次 in 2022",
        "≥ 0.6 in 2023",
        "≤ -0.1 in 2023",
    ]


def test_targets_are_told_in_chinese_words():
    texts = [wanted(answer, "zh") for answer in run(scenario(), "zh").answers]
    assert texts[0] == "110 至 130 万人次 2023 年"
    assert texts[2] == "≥ 基期的 1.2 倍 到 2023 年"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("label", [LABEL, LONG, f"{LABEL}\nsecond line", "a\tb"])
def test_all_rows_of_a_table_are_equally_wide_whatever_the_labels(language, label):
    text = printed(run(scenario(label=label), language))
    assert len(tables(text)) == 5
    for table in tables(text):
        widths = {cell_len(line) for line in table}
        assert len(widths) == 1
        assert widths.pop() <= 120


def test_there_is_one_table_of_first_hits_for_each_span_of_years():
    text = printed(run(scenario()))
    assert [re.findall(r"\b20\d\d\b", line) for line in text.splitlines() if "not by" in line] == [
        ["2021", "2022", "2023", "2023"],
        ["2021", "2022", "2022"],
    ]
    assert "Year from which each limit is kept" in " ".join(text.split())
    assert "not kept in 2023" in " ".join(text.split())


def test_an_indicator_without_a_unit_shows_bare_numbers():
    row = next(line for line in printed(run(scenario())).splitlines() if line.strip().startswith("share"))
    assert re.match(r" *share +0\.5 ", row)


def test_growth_that_nothing_reaches_is_a_dash():
    text = printed(run(scenario()))
    rows = [line for line in tables(text)[1] if line.strip().startswith("share")]
    assert rows[1].split()[-3:] == ["-", "-", "-"]


def test_square_brackets_in_labels_are_plain_text():
    text = printed(run(scenario()))
    assert text.startswith(f"{LABEL}  2020 -> 2023\n")
    # All but the last, of the limit of the other indicator.
    assert all(LABEL in "\n".join(table) for table in tables(text)[:-1])
    assert ":smile:" in printed(run(scenario(label=":smile:")))


def test_labels_that_would_steer_the_terminal_are_refused():
    with pytest.raises(ValueError, match=r"control character U\+001B"):
        scenario(label=ESCAPES)


def test_a_single_target_has_no_joint_chances():
    one = scenario().replace({"indicators.visitors.targets": []})
    one = one.replace({"indicators.share.targets": [{"at_least": 0.6, "year": 2023}]})
    assert "targets:" not in printed(run(one))


def test_notes_follow_unbroken_when_piped():
    result = run(scenario())
    lines = printed(result).splitlines()
    assert lines[-len(result.notes) :] == list(result.notes)


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_nothing_is_wider_than_the_terminal(columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    text = re.sub(r"\x1b\[[\d;]*m", "", printed(run(scenario(), "zh"), terminal))
    assert max(cell_len(line) for line in text.splitlines()) <= columns
