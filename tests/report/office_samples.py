"""Reports for the tests of Word documents and workbooks: a run, and one with labels that mean harm."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cqsim.report.document import Bullets, Cell, Document, Picture, Section, Table

SCENARIOS = Path(__file__).parents[2] / "scenarios"
HOSTILE = (
    "<script>alert('x')</script>",
    "=cmd|' /C calc'!A0",
    "+1",
    "@x",
    "-1",
    '"quoted" & [odd]:*?/\\',
    "two\nlines",
    "长" * 200,
    "😀" * 40,
    "bell\x07 null\x00 escape\x1b half\ud800 turn\u202e none\uffff",
    "{=1+1}",
    "https://example.org",
    "",
)
_MISSING = [name for name in ("soffice", "pdftotext") if shutil.which(name) is None]


def needs_office(test):
    """Mark a test that has LibreOffice open files."""
    skip = pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
    return pytest.mark.office(skip(test))


def small_chart():
    from matplotlib.figure import Figure

    return Figure(figsize=(2, 1)).subplots()


def hostile_document():
    """Every place of a report filled with every harmful text."""
    sections = []
    for number, text in enumerate(HOSTILE):
        row = (Cell(text), Cell(text, 0.25, "percent"), Cell(text, float("nan"), "number"))
        table = Table(text, (text, text, text), (row, row), bars=(1,))
        picture = Picture(f"chart-{number}", small_chart, text, text)
        sections.append(Section(text, (text, Bullets((text, text)), table, picture)))
    return Document(HOSTILE[1] + HOSTILE[9], "en", tuple(sections))


def clean(text):
    """What may become of a text: marks for what XML forbids."""
    return "".join("\ufffd" if one in "\x00\x07\x1b\ud800\u202e\uffff" else one for one in text)


def as_pdf_text(file, folder):
    """The pages of a file as LibreOffice prints them."""
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)],
        env={**os.environ, "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    pdf = folder / f"{file.stem}.pdf"
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return done.stdout.decode("utf-8").removesuffix("\f").split("\f")
