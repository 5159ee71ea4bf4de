"""Texts in charts are texts, axes of counts are whole, titles say what and where, and no chart costs a report."""

import warnings
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from matplotlib.text import Text

import cqsim
from cqsim.errors import Fault
from cqsim.report.content.chapters import document
from cqsim.report.document import Document, Image, Picture, Section
from cqsim.report.figures.drawing.files import rendered
from cqsim.report.formats.html import html_page
from cqsim.report.formats.pictures import with_pngs, with_svgs
from cqsim.report.formats.word import word_document

YEARS = {"baseline": 2021, "end": 2024}
GROWN = {"model": "compound", "rate": "7%", "volatility": "9%", "evidence": "assumed"}
DOLLARS = "旅游收入（US$）与成本（US$）$x_1^2$ \\frac"


def indicator(**more):
    return {"unit": "万人次", "baseline": {"value": 3103, "evidence": "reported"}, "growth": GROWN, **more}


def run(indicators, **more):
    scenario = cqsim.Scenario(years=YEARS, indicators=indicators, language="en", **more)
    return cqsim.run(scenario, paths=500, progress=False)


@pytest.fixture(scope="module")
def dollars():
    targets = [{"at_least": 4000, "year": 2024, "label": DOLLARS}, {"at_least": 3500, "year": 2023}]
    event = {"label": DOLLARS, "probability": "20%", "effects": {"a": {"level": "-5%"}}, "evidence": "assumed"}
    return run(
        {
            "a": indicator(label=DOLLARS, unit="US$", targets=targets),
            "b": indicator(label=DOLLARS, unit="US$"),
            "both": {"label": DOLLARS, "unit": "US$", "formula": "a + b", "targets": targets[:1]},
        },
        title=DOLLARS,
        events={"flood": event},
    )


def charts_of(result):
    yield from (result.plot.fan("a"), result.plot.contributions("both"), result.plot.first_hit("a"))
    yield from (getattr(result.plot, kind)() for kind in ("probabilities", "growth", "joint", "calendar"))


def test_a_dollar_sign_begins_no_formula_in_any_chart(dollars):
    for ax in charts_of(dollars):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a formula would lack Chinese letters
            rendered(ax, "svg")
        for text in ax.get_figure(root=True).findobj(Text):
            assert "$" not in text.get_text() or not text.get_parse_math()
        assert any("US$" in text.get_text() for text in ax.get_figure(root=True).findobj(Text))


def test_every_title_says_what_is_shown_and_where():
    result = run({"a": indicator(label="Visitors", targets=[{"at_least": 4000, "year": 2024}])}, title="Our county")
    for kind, what in {"probabilities": "Probability", "growth": "growth", "first_hit": "first reached"}.items():
        title = getattr(result.plot, kind)().get_figure().get_suptitle()
        assert what in title
        assert title.endswith("Our county")
    assert result.plot.fan("a").get_figure().get_suptitle() == "Visitors · Our county"


def test_axes_of_counts_show_whole_numbers():
    sites = {"unit": "个", "growth": {"model": "count", "per_year": 0.4, "cumulative": True, "evidence": "assumed"}}
    result = run({"sites": {**sites, "targets": [{"at_least": 2, "year": 2024}]}})
    ticks = result.plot.fan("sites").get_yticks()
    assert all(float(tick).is_integer() for tick in ticks)
    assert all(second - first >= 1 for first, second in pairwise(ticks))


def without_value():
    return run({"a": indicator(), "x": {"unit": "%", "formula": "0**-1", "targets": [{"at_least": 1, "year": 2024}]}})


def quotient():
    sites = {"unit": "个", "growth": {"model": "count", "per_year": 1, "cumulative": True, "evidence": "assumed"}}
    target = {"unit": "万人次/个", "formula": "a / sites", "targets": [{"at_least": 1000, "year": 2024}]}
    return run({"a": indicator(), "sites": sites, "x": target})


def beyond_floats():
    wild = {**GROWN, "volatility": "8e+100%"}
    return run({"x": indicator(growth=wild, targets=[{"at_least": 4000, "year": 2024}])})


@pytest.mark.parametrize("made", [without_value, quotient, beyond_floats])
def test_a_chart_without_values_is_left_out_and_said_so(made):
    """Every other chart is drawn, in every format, without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = made()
        report = document(result)
        png, svg = with_pngs(report), with_svgs(report)
        page, word = html_page(report), word_document(report)
    for drawn in (png, svg):
        blocks = list(drawn.blocks())
        said = [block for block in blocks if isinstance(block, str) and block.startswith("Chart left out")]
        assert any("no constant growth leads to any target" in sentence for sentence in said)
        assert not any("Error" in sentence for sentence in said)
        assert len(said) + sum(isinstance(block, Image) for block in blocks) == sum(
            isinstance(block, Picture) for block in report.blocks()
        )
    assert "Chart left out" in page
    assert any("Chart left out" in paragraph.text for paragraph in docx.Document(BytesIO(word)).paragraphs)
    with pytest.raises(Fault, match="no constant growth"):
        result.plot.growth()


def test_a_fan_without_values_says_so():
    with pytest.raises(Fault, match="'x' has no values to draw"):
        without_value().plot.fan("x")


def test_a_chart_that_fails_does_not_cost_the_report():
    def fails():
        raise ZeroDivisionError("of a library")

    report = Document("t", "en", (Section("s", (Picture("a", fails, "A chart", "alt"), "text")),))
    assert list(with_pngs(report).blocks()) == [
        "Chart left out (A chart): ZeroDivisionError: of a library.",
        "text",
    ]


@pytest.mark.parametrize("name", ["nanchuan", "chongqing_2025"])
def test_reports_of_shipped_scenarios_leave_no_chart_out(name):
    report = document(cqsim.run(f"scenarios/{name}.yaml", paths=300, range=False, progress=False))
    assert all(picture.draw() is not None for picture in report.blocks() if isinstance(picture, Picture))


def test_no_picture_is_taller_than_its_page():
    """Charts of many targets come in parts; whatever is taller still is made to fit with its caption."""
    result = cqsim.run("scenarios/chongqing_2025.yaml", paths=300, range=False, progress=False)
    report = document(result)
    names = [picture.name for picture in report.blocks() if isinstance(picture, Picture)]
    assert len(set(names)) == len(names)
    assert {f"chongqing_2025-probabilities-{part}" for part in (1, 2)} <= set(names)
    shown = [answer for part in (1, 2) for answer in _targets(report, f"chongqing_2025-probabilities-{part}")]
    assert len(shown) == len(result.answers)
    tall = Picture("tall", result.plot.probabilities, "all", "all")
    extra = replace(report, sections=(Section("s", (tall,)),))
    for written in (word_document(report), word_document(extra)):
        word = docx.Document(BytesIO(written))
        page = word.sections[0]
        room = page.page_height - page.top_margin - page.bottom_margin
        for picture in word.inline_shapes:
            assert picture.height < 0.95 * room
            assert picture.width <= page.page_width - page.left_margin - page.right_margin


def _targets(report, name):
    picture = next(block for block in report.blocks() if isinstance(block, Picture) and block.name == name)
    return picture.draw().get_yticklabels()
