"""Whatever a text holds, it stays a text: in Markdown, in tables for spreadsheets, on terminals."""

import csv
import io
import re

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

import cqsim
from cqsim.answers.export.files import csv_text
from cqsim.cli import main
from cqsim.errors import Fault, Problem, on_terminal
from cqsim.report.content.chapters import document
from cqsim.report.document import Bullets, Cell, Document, Section, Table
from cqsim.report.formats.console import print_comparison, print_result
from cqsim.report.formats.markdown import markdown_text

LIVE = [
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "![a](http://x.example/p.png)",
    "a | b | `c` ~~d~~ **e** _f_",
    "https://x.example/y?z=1 www.example.com me@example.com",
    "&lt;b&gt; &copy; $x^2$ H~2~O",
    "- item",
    "1. item",
    "# head\n\n    code\n\n> said",
    "===",
    "::: note",
    "{{< include x >}} {=html}",
]
UNSEEN = "".join(
    map(chr, [*range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF, 0x061C, 0x115F, 0x202E, 0x00AD, 0x3164])
)


def shown(text):
    """The tokens of Markdown with tables, as wikis read it."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def words(text):
    """What a reader sees of it."""
    inline = [token for token in shown(text) if token.type == "inline"]
    return [
        "".join("\n" if part.tag == "br" or part.type == "html_inline" else part.content for part in token.children)
        for token in inline
    ]


@pytest.mark.parametrize("text", LIVE)
def test_a_text_stays_a_text_wherever_it_stands_in_markdown(text):
    table = Table(text, (text, text), ((Cell(text), Cell("1", 1.0)),))
    written = markdown_text(Document(text, "en", (Section(text, (text, Bullets((text,)), table)),)))
    types = {token.type for token in shown(written)}
    inside = {part.type for token in shown(written) for part in token.children or ()}
    assert types & {"html_block", "code_block", "fence", "ordered_list_open", "blockquote_open", "hr"} == set()
    assert inside <= {"text", "softbreak", "strong_open", "strong_close", "html_inline"}
    assert set(re.findall(r"<[a-z/].*?>", re.sub(r"\\.", "", written))) <= {"<br>"}
    plain = " ".join(text.split())
    in_cell = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    assert words(written) == [plain, plain, plain, plain, plain, in_cell, in_cell, in_cell, "1"]


def test_no_address_becomes_a_link_by_itself():
    """Code hosts make links of what looks like one, unless a sign in it is escaped."""
    text = "https://x.example www.example.com me@example.com"
    assert markdown_text(Document(text, "en")) == "# https\\://x.example www\\.example.com me\\@example.com\n"


def hostile(text):
    known = {"evidence": "assumed", "note": text}
    growth = {"model": "compound", "rate": "5%", "volatility": "5%", **known}
    x = {
        "label": text,
        "baseline": {"value": 100, **known},
        "growth": growth,
        "targets": [{"at_least": 120, "year": 2025, "label": text}, {"at_most": 300, "year": 2025}],
    }
    return cqsim.Scenario(
        title=text,
        years={"baseline": 2021, "end": 2025},
        indicators={"x": x},
        cases={"c": {"label": text, "set": {"indicators.x.growth.rate": "6%"}}},
        not_targets=[{"goal": text, "reason": text}],
    )


def test_heads_of_columns_that_users_write_are_texts_as_well():
    compared = cqsim.compare(hostile("<script>alert(1)</script> | `x`"), paths=200, progress=False)
    written = markdown_text(document(compared))
    assert not re.search(r"(?<!\\)<(?!br>)", written)
    heads = [
        line
        for line, rule in zip(written.splitlines(), written.splitlines()[1:], strict=False)
        if rule.startswith("| ---")
    ]
    rules = [line for line in written.splitlines() if line.startswith("| ---")]
    assert [len(re.findall(r"(?<!\\)\|", head)) for head in heads] == [rule.count("|") for rule in rules]


@pytest.mark.parametrize("sign", "=+-@＝＋－＠﹦﹢﹣﹫")
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\n", " \u200e\t"])
def test_a_cell_that_a_spreadsheet_would_run_is_a_text(sign, before):
    text = f"{before}{sign}1+cmd|' /C calc'!A0"
    rows = list(csv.reader(io.StringIO(csv_text([{"label": text, "value": -1.5}]), newline="")))
    assert rows[1] == [f"'{text}", "-1.5"]


@pytest.mark.parametrize("text", ["南川", "", " a = b", "1 + 1", "５", "\u00a0", "a@b"])
def test_any_other_cell_is_as_it_was(text):
    assert next(csv.reader(io.StringIO(csv_text([{"label": text, "x": 1}]).split("\r\n", 1)[1])))[0] == text


def test_what_cannot_be_seen_does_not_reach_the_terminal(tmp_path):
    seen = [character for character in UNSEEN if character != "\u202e"]
    ready = hostile(f"a{''.join(seen)}b")
    file = io.StringIO()
    print_result(cqsim.run(ready, paths=200, progress=False), file)
    print_comparison(cqsim.compare(ready, paths=200, progress=False), file)
    problem = Problem((f"k{UNSEEN}",), Fault("unknown_key", key=UNSEEN, allowed=[UNSEEN])).line(f"f{UNSEEN}", "en")
    done = CliRunner().invoke(main, ["run", str(tmp_path / f"{UNSEEN}.yaml"), f"--o{UNSEEN}"])
    for text in (file.getvalue(), problem, done.output):
        assert set(text) & set(UNSEEN) == set()
        assert "\N{REPLACEMENT CHARACTER}" in text


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🌾", "ᠮᠣᠩ\u200dᠭᠣᠯ"])
def test_letters_that_are_joined_or_kept_apart_stay_so(word):
    assert on_terminal(word) == word
