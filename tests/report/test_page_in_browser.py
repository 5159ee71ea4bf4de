"""The report page in a real browser: on a phone, on a laptop and on paper."""

import shutil
import subprocess

import numpy as np
import pytest
from PIL import Image

import cqsim
from cqsim.report.content.chapters import document
from cqsim.report.formats.html import html_page

pytestmark = pytest.mark.browser
SIZES = {"phone": (390, 844), "laptop": (1366, 768)}
HOSTILE = "<script>alert(1)</script> \"quotes\" & =cmd|' /C calc'!A0\nand a second line " + "很长的标签" * 40


def hostile():
    growth = {"model": "compound", "rate": "5%", "volatility": "5%", "evidence": "assumed", "note": HOSTILE}
    x = {
        "label": HOSTILE,
        "unit": "万人次",
        "baseline": {"value": 100, "evidence": "assumed"},
        "growth": growth,
        "targets": [{"at_least": 120, "year": 2025}, {"at_least": 130, "reached_by": 2025, "label": HOSTILE}],
    }
    return cqsim.Scenario(title=HOSTILE, years={"baseline": 2021, "end": 2025}, indicators={"x": x})


@pytest.fixture(scope="module", params=["zh", "en", "hostile"])
def page_file(request, tmp_path_factory):
    if request.param == "hostile":
        found = cqsim.run(hostile(), paths=2000, progress=False)
    else:
        found = cqsim.compare("scenarios/nanchuan.yaml", paths=2000, language=request.param, progress=False)
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(html_page(document(found)), encoding="utf-8")
    return file


def opened(chromium, file, size):
    width, height = SIZES[size]
    page = chromium.new_page(viewport={"width": width, "height": height})
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else said.append(request.url))
    page.goto(file.as_uri())
    return page, said


@pytest.mark.parametrize("size", SIZES)
def test_it_is_quiet_and_no_wider_than_the_screen(chromium, page_file, size):
    page, said = opened(chromium, page_file, size)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 100)")
    assert page.evaluate("document.scripts.length") == 0
    page.close()


@pytest.mark.parametrize("size", SIZES)
def test_it_is_accessible(chromium, violations, page_file, size):
    page, _ = opened(chromium, page_file, size)
    assert violations(page) == []
    page.close()


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs pdftoppm")
def test_its_printed_pages_keep_their_margins(chromium, page_file, tmp_path):
    page, _ = opened(chromium, page_file, "laptop")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    page.close()
    subprocess.run(["pdftoppm", "-r", "50", "-png", "report.pdf", "page"], cwd=tmp_path, check=True, timeout=120)
    pages = [np.asarray(Image.open(file).convert("L")) < 128 for file in sorted(tmp_path.glob("page-*.png"))]
    assert len(pages) >= 2
    for ink in pages:
        assert ink.shape == pytest.approx((585, 413), abs=2)  # A4
        assert 0 < ink.mean() < 0.5  # neither blank nor a picture over everything
        ends = np.flatnonzero(ink.any(axis=0))
        assert ends[0] > 10  # 5 mm: nothing runs out of the sheet, or up to its edge
        assert ends[-1] < ink.shape[1] - 10
