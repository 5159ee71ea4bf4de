"""Reports: what they say agrees with the result, in every format; labels stay texts; files are all there or none."""

import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

import cqsim
from cqsim.cli import main
from cqsim.report.content.chapters import document
from cqsim.report.content.summary import roughly
from cqsim.report.document import Bullets, Picture, Table
from cqsim.report.formats.html import html_page
from cqsim.report.formats.markdown import markdown_text
from cqsim.report.numbers import growth, percent, probability

SCENARIO = "scenarios/nanchuan.yaml"
HOSTILE = "<script>alert(1)</script> \"q\" & `code` | =cmd|' /C calc'!A0 [a](b)\nsecond line"


@pytest.fixture(scope="module", params=["zh", "en"])
def comparison(request):
    return cqsim.compare(SCENARIO, paths=3000, language=request.param, progress=False)


@pytest.fixture(scope="module")
def report(comparison):
    return document(comparison)


@pytest.fixture(scope="module")
def base(comparison):
    return comparison.results["base"]


class Outline(HTMLParser):
    """Heading levels, rows of tables, pictures and all text of a page."""

    def __init__(self):
        super().__init__()
        self.levels, self.rows, self.alts, self.words, self.tags = [], [], [], [], set()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "img":
            self.alts.append(dict(attributes)["alt"])

    def handle_data(self, data):
        self.words.append(data)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def page(report):
    outline = Outline()
    outline.feed(html_page(report))
    return outline


def test_the_summary_says_the_chance_of_every_target(report, base):
    (bullets,) = (one for one in report.sections[0].blocks if isinstance(one, Bullets))
    for answer, sentence in zip(base.answers, bullets.items, strict=True):
        low, high = answer.range
        assert sentence.startswith(answer.label)
        assert roughly(answer.probability, base.language) in sentence
        assert (percent(low, 0) in sentence and percent(high, 0) in sentence) or low == high


def test_numbers_of_tables_on_the_page_are_those_of_the_result(page, base):
    for answer in base.answers:
        row = next(row for row in page.rows if row and row[0].startswith(answer.label) and len(row) == 8)
        assert row[2] == growth(answer.required.cagr, base.language)
        assert row[3] == probability(answer.probability)


def test_numbers_behind_the_cells_are_exact(report, base):
    table = next(one for one in report.blocks() if isinstance(one, Table))
    assert [row[3].value for row in table.rows] == [answer.probability for answer in base.answers]
    assert [row[6].value for row in table.rows] == [answer.median for answer in base.answers]


def test_headings_step_down_one_at_a_time_and_pictures_tell_what_they_show(page, base):
    assert page.levels[0] == 1
    assert page.levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.levels, page.levels[1:], strict=False))
    assert len(page.alts) >= 3 + len({answer.indicator for answer in base.answers})
    assert all(len(alt) > 15 for alt in page.alts)
    assert not page.tags & {"script", "link", "iframe"}


def test_the_report_says_how_to_get_it_again(page, base):
    words = "".join(page.words)
    for part in (base.scenario.sha256, f"{base.paths:,}", cqsim.__version__):
        assert part in words


def test_names_of_pictures_are_unique(report):
    names = [one.name for one in report.blocks() if isinstance(one, Picture)]
    assert len(names) == len(set(names)) > 12


def test_several_scenarios_have_an_overview_and_a_chapter_each():
    found = cqsim.overview([SCENARIO, "scenarios/tongliang.yaml"], paths=500, progress=False)
    report = document(found)
    assert [section.title for section in report.sections[1:]] == [result.title for result in found.results]
    names = [one.name for one in report.blocks() if isinstance(one, Picture)]
    assert len(names) == len(set(names))


def test_labels_stay_texts_in_page_and_markdown():
    growth_block = {"model": "compound", "rate": "5%", "volatility": "5%", "evidence": "assumed", "note": HOSTILE}
    x = {
        "label": HOSTILE,
        "baseline": {"value": 100, "evidence": "assumed"},
        "growth": growth_block,
        "targets": [{"at_least": 120, "year": 2025}],
    }
    scenario = cqsim.Scenario(title=HOSTILE, years={"baseline": 2021, "end": 2025}, indicators={"x": x})
    report = document(cqsim.run(scenario, paths=500, progress=False))
    text = html_page(report)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    markdown = markdown_text(report, "x_files")
    assert not re.search(r"(?<!\\)<script", markdown)
    assert not re.search(r"(?<!\\)\[a\]\(b\)", markdown)
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) > 2 for row in rows)


def invoke(*arguments):
    return CliRunner().invoke(main, ["report", *map(str, arguments)])


@pytest.mark.parametrize("ending", [".html", ".md"])
def test_the_same_command_writes_the_same_bytes_and_pictures_lie_where_it_looks_for_them(ending, tmp_path):
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        done = invoke("scenarios/tongliang.yaml", "--paths", 500, "-o", folder / f"报告{ending}")
        assert (done.exit_code, done.stderr) == (0, "")
    first, second = (
        {str(file.relative_to(tmp_path / name)): file.read_bytes() for file in (tmp_path / name).rglob("*.*")}
        for name in ("a", "b")
    )
    assert first == second
    pictures = re.findall(r"!\[.*?\]\((.*?)\)\n", first[f"报告{ending}"].decode())
    assert {*pictures, f"报告{ending}"} == first.keys()
    assert bool(pictures) == (ending == ".md")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([SCENARIO, "-o", "x.pdf"], "x.pdf: the name of a report must end in one of"),
        (["none.yaml", "-o", "x.html"], "none.yaml"),
        ([SCENARIO, SCENARIO, "--case", "all", "-o", "x.html"], "--case is for one scenario"),
    ],
)
def test_what_is_no_report_is_one_sentence_and_nothing_is_written(arguments, message, tmp_path, monkeypatch):
    from pathlib import Path

    root = Path.cwd()
    monkeypatch.chdir(tmp_path)
    done = invoke(*(root / one if one == SCENARIO else one for one in arguments), "--lang", "en")
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.output
    assert list(tmp_path.iterdir()) == []
