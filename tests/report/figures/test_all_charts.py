"""What holds for every kind of chart; warnings, missing glyphs among them, are errors in these tests."""

import re
import subprocess
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import cqsim
from cqsim.report.figures import CHARTS
from cqsim.report.figures.drawing.files import rendered

BOTH = pytest.mark.parametrize("language", ["zh", "en"])
EACH = pytest.mark.parametrize("kind", CHARTS)
SIZES = pytest.mark.parametrize("width", [8, 16])
X_LABELS = {
    "fan": ("年份", "year"),
    "probabilities": ("达标概率（%）", "Probability of hitting the target (%)"),
    "growth": ("年均增速（%）", "Annual growth (%)"),
    "first_hit": ("首次达到的年份（路径占比）", "Year first reached (share of paths)"),
    "joint": ("达到的目标组合：最常见的 12 种", "The 12 most frequent combinations"),
    "contributions": ("亿元", "亿元"),
    "calendar": ("年份", "year"),
    "cases": ("达标概率（%）", "Probability of hitting the target (%)"),
    "reliability": ("给出的概率（%）", "Stated probability (%)"),
    "lookback": ("抽样结果低于实际值的比例（%）", "Share of simulated futures below the realised value (%)"),
}


def texts(ax):
    """Every text that is seen: those of ticks beyond the axes are not."""
    beyond = set()
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        beyond |= {tick.label1 for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high}
    found = [text for text in ax.figure.findobj(Text) if text.get_text().strip() and text.get_visible()]
    return [text for text in found if text not in beyond]


@cache
def laid_out(figure):
    """The figure with everything at its place."""
    figure.canvas.draw()
    return figure


def stays_inside(ax):
    laid_out(ax.figure)
    edges = ax.figure.bbox.padded(1)
    boxes = {text: text.get_window_extent() for text in texts(ax)}
    return not [text for text, box in boxes.items() if not (edges.contains(*box.min) and edges.contains(*box.max))]


@SIZES
@BOTH
@EACH
def test_each_is_drawn_without_a_warning_at_its_width_and_nothing_leaves_the_figure(drawn, kind, language, width):
    ax = drawn(kind, language, width=width)
    assert stays_inside(ax)
    assert ax.figure.get_figwidth() == pytest.approx(width / 2.54)


@SIZES
@BOTH
@pytest.mark.parametrize("kind", ["probabilities", "growth", "first_hit", "calendar"])
def test_nineteen_targets_with_long_names_stay_inside_too(observed_in, kind, language, width):
    assert stays_inside(CHARTS[kind](observed_in(language), width=width))


@SIZES
@BOTH
@pytest.mark.parametrize("indicator", ["industrial_output", "nev", "cars", "rd_share"])
def test_fans_with_a_past_stay_inside_too(observed_in, indicator, language, width):
    assert stays_inside(observed_in(language).plot.fan(indicator, width=width))


@SIZES
@BOTH
@EACH
def test_title_key_axes_and_source_do_not_cover_each_other(drawn, kind, language, width):
    ax = drawn(kind, language, width=width)
    figure = laid_out(ax.figure)
    blocks = [figure._suptitle, ax.xaxis.label, figure._supxlabel, *ax.get_xticklabels()]
    if ax.get_legend():
        blocks.append(ax.get_legend())
    boxes = [block.get_window_extent() for block in blocks if not isinstance(block, Text) or block.get_text()]
    for number, box in enumerate(boxes):
        for other in boxes[:number]:
            assert not box.padded(-1).overlaps(other.padded(-1))


@SIZES
@EACH
def test_text_has_7_to_9_points(drawn, kind, width):
    ax = drawn(kind, "zh", width=width)
    laid_out(ax.figure)
    assert {7.0 <= text.get_fontsize() <= 9.0 for text in texts(ax)} == {True}


@BOTH
@EACH
def test_the_axes_say_what_they_show_with_its_unit(drawn, kind, language):
    label = drawn(kind, language, width=16).get_xlabel().replace("\n", " ")
    assert label.startswith(X_LABELS[kind][language == "en"])


@EACH
def test_given_axes_are_used_returned_and_bear_no_source(draw, kind):
    figure = Figure(figsize=(6, 6))
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    assert draw(kind, ax=ax) is ax
    assert ax.get_title(loc="left")
    assert figure.get_supxlabel() == figure.get_suptitle() == ""
    assert figure.axes == [ax]
    ax.figure.canvas.draw()


@EACH
def test_a_figure_of_its_own_says_where_it_comes_from(drawn, kind, comparison, sum_result, looked_back):
    source = drawn(kind, "en", width=16).figure.get_supxlabel().replace("\n", " ")
    assert f"cqsim {cqsim.__version__}" in source
    if kind == "reliability":
        assert source.startswith("400 targets")
        return
    drawn_from = {"contributions": sum_result, "lookback": looked_back.result}
    scenario = drawn_from.get(kind, comparison.results["base"]).scenario
    assert source == f"seed 1 · 4,000 paths · cqsim {cqsim.__version__} · scenario {scenario.sha256[:8]}"


@EACH
def test_the_settings_of_matplotlib_stay_as_they_were(drawn, kind):
    before = dict(mpl.rcParams)
    rendered(drawn(kind, "zh", width=16), "svg")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("format", ["svg", "png"])
@EACH
def test_the_same_chart_gives_the_same_bytes(draw, kind, format):
    first, second = (rendered(draw(kind, width=8), format) for _ in range(2))
    assert first == second
    assert len(first) > 5000


@pytest.mark.parametrize("kind", ["probabilities", "joint", "calendar", "reliability"])
def test_the_same_chart_gives_the_same_bytes_as_pdf_too(draw, kind):
    """Between them, and the fan below, they hold every kind of line, area, hatch and marker."""
    # Letters of a Chinese font take a PDF its time.
    first, second = (rendered(draw(kind, "en", width=8, font="DejaVu Sans"), "pdf") for _ in range(2))
    assert first == second
    assert len(first) > 5000


def test_a_second_process_gives_the_same_bytes():
    scenario = str(Path(__file__).parents[3] / "scenarios" / "nanchuan.yaml")
    code = (
        "import cqsim, hashlib\n"
        "from cqsim.report.figures.drawing.files import rendered\n"
        f"result = cqsim.run({scenario!r}, paths=500, progress=False)\n"
        "ax = result.plot.fan('visitors')\n"
        "print([hashlib.sha256(rendered(ax, one)).hexdigest() for one in ('svg', 'png', 'pdf')])"
    )
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    ax = cqsim.run(scenario, paths=500, progress=False).plot.fan("visitors")  # in Chinese letters
    assert other.strip() == str([sha256(rendered(ax, one)).hexdigest() for one in ("svg", "png", "pdf")])


@EACH
def test_text_in_svg_is_drawn_as_paths_and_bears_no_date(drawn, kind):
    text = rendered(drawn(kind, "zh", width=16), "svg").decode()
    assert "<text" not in text
    assert "<dc:date>" not in text


def test_pyplot_is_never_imported():
    source = Path(cqsim.__file__).parent / "report"
    assert not [
        file for file in source.rglob("*.py") if re.search(r"import pyplot|matplotlib\.pyplot", file.read_text())
    ]


def test_a_notebook_shows_a_picture(drawn):
    picture, size = drawn("joint")._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert size["width"] == 756  # 16 cm at 120 dots an inch
    assert int.from_bytes(picture[16:20]) == pytest.approx(2 * size["width"], abs=2)
    assert int.from_bytes(picture[20:24]) == pytest.approx(2 * size["height"], abs=2)
