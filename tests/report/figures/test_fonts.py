"""The chain of fonts: the user's, an installed Chinese one, the carried one, matplotlib's own."""

import subprocess
import sys
import warnings

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cqsim.errors import Fault
from cqsim.report.figures.drawing import fonts

ALL = "綦江 璧山 酉阳 潼南 涪陵 郪江 Nanchuan −3.5% 5‰ 100㎡ ≥5 ≤3 ±2 · ～ “亿元”（万人次）①²"


def draw(text, families):
    figure = Figure()
    FigureCanvasAgg(figure)
    figure.text(0, 0, text, fontfamily=families)
    figure.canvas.draw()


def test_signs_and_rare_place_names_are_all_there():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        draw(ALL, fonts.families())
    assert [str(one.message) for one in caught] == []


def test_a_missing_glyph_would_be_an_error_here():
    with pytest.raises(UserWarning, match="missing from font"):
        draw(ALL, ["DejaVu Sans"])


def test_the_names_of_missing_characters_are_read_from_the_warning():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        draw("南川 ab", ["DejaVu Sans"])
    assert fonts.missing(str(one.message) for one in caught) == "".join(sorted("南川"))


def test_the_carried_font_stands_before_the_last_resort():
    assert fonts.carried().suffix == ".ttf"
    assert fonts.families()[-1] == fonts.LAST
    assert len(fonts.families()) >= 2


def test_the_carrier_is_never_imported():
    code = (
        "import sys; from cqsim.report.figures.drawing.fonts import families; "
        "families(); print('zhplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"


def test_without_the_carrier_the_last_resort_is_left(monkeypatch):
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    monkeypatch.setattr(fonts, "_INSTALLED", ())
    assert fonts.families() == [fonts.LAST]


def test_an_installed_chinese_font_comes_before_the_carried_one(monkeypatch):
    carried = fonts.families()[-2]
    monkeypatch.setattr(fonts, "_INSTALLED", ("No Such Font", "DejaVu Serif", "DejaVu Sans Mono"))
    assert fonts.families() == ["DejaVu Serif", carried, fonts.LAST]


def test_the_users_font_comes_first_by_name_by_file_and_by_variable(monkeypatch):
    assert fonts.families("dejavu serif")[0] == "DejaVu Serif"
    assert fonts.families(str(fonts.carried()))[0] == fonts.families()[0]
    monkeypatch.setenv(fonts.VARIABLE, "DejaVu Sans Mono")
    assert fonts.families()[0] == "DejaVu Sans Mono"
    assert fonts.families("DejaVu Serif")[0] == "DejaVu Serif"


def test_what_the_users_font_lacks_comes_from_the_next(drawn):
    ax = drawn("fan", font="DejaVu Serif")
    assert ax.title.figure.get_suptitle().startswith("年接待游客量 · ")
    ax.figure.canvas.draw()
    assert ax.xaxis.label.get_fontfamily()[0] == "DejaVu Serif"
    assert ax.get_xticklabels()[0].get_fontfamily()[0] == "DejaVu Serif"


def test_a_font_that_does_not_exist_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(Fault, match=r"no font of the family 'DejaVu Serf' .*did you mean 'DejaVu Serif'"):
        fonts.families("DejaVu Serf")
    with pytest.raises(Fault, match="there is no font file"):
        fonts.families(str(tmp_path / "none.ttf"))
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    with pytest.raises(Fault, match=r"broken\.ttf is not a readable font"):
        fonts.families(str(broken))


def test_the_settings_stay_as_they_were():
    before = dict(mpl.rcParams)
    fonts.families()
    assert dict(mpl.rcParams) == before
