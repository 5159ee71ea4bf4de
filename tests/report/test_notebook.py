"""What notebooks show: sound HTML, nothing of a label taken for markup, the result's own figures, no fixed colours."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import zip_longest

import numpy as np
import pytest

import cqsim
from cqsim.messages import say
from cqsim.report.content.tables import range_text
from cqsim.report.numbers import interval, level

HOSTILE = "<script>alert(1)</script></style></div> \"quotes\" & 'more' {0} %s" + "很长的标签" * 20
GROWTH = {
    "model": "compound",
    "rate": {"p10": "1%", "p50": "5%", "p90": "9%"},
    "volatility": "5%",
    "evidence": "assumed",
}
VISITORS = {
    "unit": "万人次",
    "baseline": {"value": 100, "sd": "5%", "evidence": "official"},
    "growth": GROWTH,
    "targets": [
        {"at_least": 120, "year": 2024, "evidence": "reported"},
        {"between": [110, 130], "reached_by": 2025, "label": HOSTILE},
        {"at_least": {"times_baseline": 1.1}, "year": 2025},
    ],
}
DATA = {
    "title": HOSTILE,
    "years": {"baseline": 2021, "end": 2025},
    "indicators": {
        "visitors": VISITORS | {"label": HOSTILE},
        "double": {"formula": "visitors * 2", "unit": "万人次"},
        "odd": {"unit": HOSTILE[:60], "baseline": {"value": 1, "evidence": "assumed"}, "growth": GROWTH},
    },
    "cases": {
        "slow": {"label": HOSTILE, "evidence": "assumed", "set": {"indicators.visitors.growth.volatility": "9%"}}
    },
    "not_targets": [{"goal": HOSTILE, "reason": HOSTILE}],
}
TAGS = {"style", "div", "p", "ul", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "br"}


class Reader(HTMLParser):
    """Reads a piece of HTML that must be well formed and hold only what cqsim writes."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.tables, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS, tag
        assert set(attributes) <= {("class", "cqsim"), ("class", "heading"), ("class", "left")}
        if tag == "br":
            self.tables[-1][-1][-1] += "\n"
            return
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("th", "td"):
            self.tables[-1][-1].append("")
        if tag in ("p", "li"):
            self.texts.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        where = self.open[-1] if self.open else ""
        if where in ("th", "td"):
            self.tables[-1][-1][-1] += data
        elif where in ("p", "li"):
            self.texts[-1] += data
        elif where not in ("style", "caption"):
            assert not data.strip()


@pytest.fixture(scope="module")
def scenario():
    return cqsim.Scenario(**DATA)


@pytest.fixture(scope="module")
def comparison(scenario):
    return cqsim.compare(scenario, paths=2000, seed=5, progress=False)


@pytest.fixture(scope="module")
def backtest(tmp_path_factory):
    random, rows = np.random.default_rng(2), ["series,period,value,split"]
    for number in range(20):
        levels = 100 * np.exp(np.cumsum(0.03 + 0.08 * random.standard_normal(12)))
        rows += [f"s{number},{year},{value},{'train' if year < 9 else 'test'}" for year, value in enumerate(levels)]
    file = tmp_path_factory.mktemp("data") / "data.csv"
    file.write_text("\n".join([*rows, "lone,0,1,train"]) + "\n")
    return cqsim.backtest(file, models=["naive"], workers=1)


@pytest.fixture(scope="module")
def every(scenario, comparison, backtest):
    overview = cqsim.Overview(comparison.runs[:1], "en")
    back = cqsim.lookback("scenarios/chongqing_2025.yaml", 2021, paths=2000, progress=False)
    return [scenario, comparison.runs[0], comparison, overview, backtest, back]


def test_all_of_them_are_sound_html_without_fixed_colours(every):
    for found in every:
        text = found._repr_html_()
        assert Reader(text).tables
        style = text.split("<style>")[1].split("</style>")[0]
        colours = re.findall(r"(?:color|background|border[a-z-]*): ([^;]*);", style)
        assert colours
        assert not [one for one in colours if re.search(r"#|\b(black|white)\b|rgb\(", one)]
        assert all(line.startswith((".cqsim", " ")) for line in style.strip().splitlines())


def test_without_tables_they_are_one_line(every):
    pretty = pytest.importorskip("IPython.lib.pretty").pretty
    kinds = ["Scenario", "Result", "Comparison", "Overview", "Backtest", "LookBack"]
    for kind, found in zip(kinds, every, strict=True):
        assert pretty(found) == f"<{kind}: {Reader(found._repr_html_()).texts[0]}>"


def test_hostile_labels_are_read_back_as_they_were_written(every):
    scenario, result, comparison, overview, _, _ = (Reader(one._repr_html_()) for one in every)
    for read in (scenario, result, comparison):
        assert read.texts[0].startswith(HOSTILE)
    assert scenario.tables[0][1][0] == f"{HOSTILE}\n万人次"
    assert scenario.tables[0][3][0] == f"odd\n{HOSTILE[:60]}"
    assert result.tables[0][2][0].startswith(HOSTILE)
    assert any(text.count(HOSTILE) == 2 for text in result.texts)
    assert comparison.tables[1][0] == ["target", "base case", HOSTILE]
    assert overview.tables[0][1][0] == HOSTILE


def test_a_result_shows_the_figures_of_its_targets_and_all_together(comparison):
    result = comparison.runs[0]
    read = Reader(result._repr_html_())
    rows = read.tables[0][1:]
    for row, answer, ends in zip_longest(rows, result.answers, [answer.range for answer in result.answers]):
        assert float(row[3].removesuffix("%")) / 100 == pytest.approx(answer.probability, abs=0.00051)
        assert row[1] == f"{level(answer.baseline, '万人次')}\n(2021)"
        assert row[4:] == [interval(*answer.interval), range_text(ends), level(answer.median, "万人次"), "assumed"]
    assert read.texts[1].startswith("all 3 targets: ")
    assert interval(*result.joint_answer.interval) in read.texts[1]
    assert read.texts[2:] == list(result.notes)


def test_a_comparison_shows_the_base_and_then_every_case_with_its_difference(comparison):
    read = Reader(comparison._repr_html_())
    assert read.tables[0] == Reader(comparison.runs[0]._repr_html_()).tables[0]
    differences = list(comparison.differences)
    assert len(read.tables[1]) == 1 + len(differences) == 5
    for row, one in zip(read.tables[1][1:], differences, strict=True):
        shown = re.fullmatch(r"([\d.]+)% \(([+-][\d.]+)pp\)", row[2])
        assert float(shown[1]) / 100 == pytest.approx(one.probability, abs=0.00051)
        assert float(shown[2]) / 100 == pytest.approx(one.difference, abs=0.00051)


def test_a_comparison_without_cases_is_shown_as_its_result(scenario):
    alone = cqsim.compare(scenario, [], paths=200, progress=False)
    assert alone._repr_html_() == alone.runs[0]._repr_html_()


def test_a_scenario_shows_what_was_written_and_how_well_it_is_known(scenario):
    read = Reader(scenario._repr_html_())
    assert read.texts == [f"{HOSTILE}  2021 → 2025"]
    head, visitors, double, _ = read.tables[0]
    assert head == ["indicator", "baseline", "growth or formula", "target", "evidence"]
    assert visitors[1] == "100, sd: 5%\n(2021)"
    assert visitors[2] == "compound\nrate: {p10: 1%, p50: 5%, p90: 9%}, volatility: 5%"
    wishes = ["≥ 120 万人次 in 2024", HOSTILE, "110 万人次 to 130 万人次 by 2025", "≥ 1.1 times the baseline in 2025"]
    assert visitors[3].split("\n") == wishes
    assert visitors[4] == "assumed"
    assert double[1:] == ["-", "= visitors * 2", "-", "assumed"]


def test_a_chinese_scenario_is_shown_in_chinese():
    read = Reader(cqsim.load("scenarios/nanchuan.yaml")._repr_html_())
    assert read.tables[0][0] == ["指标", "基期", "增长模型或公式", "目标", "依据"]
    assert read.tables[0][1][3:] == ["≥ 5,000 万人次 2026 年", "假设"]


def test_an_overview_shows_every_target_of_every_place(comparison):
    base = comparison.runs[0]
    rows = Reader(cqsim.Overview((base,), "en")._repr_html_()).tables[0][1:]
    assert [row[4] for row in rows] == [interval(*one.interval) for one in (*base.answers, base.joint_answer)]


def test_a_backtest_shows_its_scores_and_what_was_skipped(backtest):
    read = Reader(backtest._repr_html_())
    scores = backtest.to_dict()["models"]["naive"]
    assert read.texts[0] == "naive"
    assert read.tables[0][1][1] == str(scores["n"]) == "20"
    assert float(read.tables[0][1][9]) == pytest.approx(scores["mase"], abs=0.005)
    assert float(read.tables[1][1][4]) == pytest.approx(scores["brier"], abs=0.00005)
    assert read.texts[-1] == "1 skipped"


def test_a_backtest_speaks_the_language_that_it_was_asked_for(backtest):
    chinese = replace(backtest, language="zh")
    read = Reader(chinese._repr_html_())
    assert read.tables[0][0][:3] == ["模型", "序列数", "50% 区间内"]
    assert [row[1:] for row in read.tables[0][1:]] == [row[1:] for row in Reader(backtest._repr_html_()).tables[0][1:]]
    assert read.texts[-2:] == [say("note.backtest", "zh"), "略过 1 个"]
    assert chinese.plot.reliability("naive").get_xlabel() == say("chart.given", "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_look_back_shows_what_was_said_what_came_and_the_scores(language):
    found = cqsim.lookback("scenarios/chongqing_2025.yaml", 2021, paths=2000, language=language, progress=False)
    read = Reader(found._repr_html_())
    scored, still_open = read.tables
    assert scored[0][:4] == [say(f"column.{name}", language) for name in ("target", "probability", "range", "came")]
    for row, one in zip_longest(scored[1:], found.scored):
        assert float(row[1].removesuffix("%")) / 100 == pytest.approx(one.answer.probability, abs=0.00051)
        assert row[3] == f"{level(one.realised.value, one.answer.unit)}\n({one.realised.year})"
        assert row[4] == say(f"outcome.{one.status}", language)
        assert float(row[6]) == pytest.approx(one.brier, abs=0.0051)
    assert len(still_open) == 1 + len(found.open)
    assert read.texts[0].startswith(found.result.title)
    assert f"{found.summary['brier']:.2f}" in read.texts[2]
    assert read.texts[-len(found.notes) :] == found.notes


def test_nothing_is_imported_for_notebooks_before_something_is_shown():
    code = (
        "import sys, cqsim; s = cqsim.load('scenarios/nanchuan.yaml')\n"
        "assert 'cqsim.report' not in sys.modules; s._repr_html_()\n"
        "assert 'cqsim.report.formats.notebook' in sys.modules and 'matplotlib' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
