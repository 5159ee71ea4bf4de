"""The pages of the site name everything that there is."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

import cqsim
from cqsim.growth.base import REGISTRY

DOCS = Path(__file__).parents[2] / "docs"


def text(page):
    return (DOCS / page).read_text(encoding="utf-8")


def test_every_growth_model_has_its_section_its_example_and_a_place_in_the_choice():
    page = text("zh/growth_models.md")
    assert re.findall(r"^## (\w+)$", page, re.MULTILINE)[: len(REGISTRY.shipped())] == sections(page)
    assert set(sections(page)) == set(REGISTRY.shipped())
    assert re.findall(r"^```\{growth-model\} (\w+)$", page, re.MULTILINE) == sections(page)
    assert set(re.findall(r"\]\(#(\w+)\)", page)) == set(REGISTRY.shipped())


def sections(page):
    return [name for name in re.findall(r"^## (.*)$", page, re.MULTILINE) if name.isascii()]


def test_every_public_name_has_its_page():
    listed = set(re.findall(r"^   ~cqsim\.(\w+)$", text("en/api.md"), re.MULTILINE))
    assert listed == set(cqsim.__all__)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_tutorial_tells_to_write_stands_in_its_files(language):
    files = [file.read_text(encoding="utf-8") for file in (DOCS / language / "tutorial").glob("*.yaml")]
    pieces = re.findall(r"```yaml\n(.*?)```", text(f"{language}/tutorial.md"), re.DOTALL)
    assert len(pieces) >= 8
    for piece in pieces:
        lines = dedent(piece).strip()
        assert any(lines in dedent_all(file, lines) for file in files), piece


def dedent_all(file, lines):
    """The file with the indentation of the first of some lines taken off."""
    first = lines.splitlines()[0]
    indent = next((len(line) - len(line.lstrip()) for line in file.splitlines() if line.strip() == first), 0)
    return "\n".join(line[indent:] if not line[:indent].strip() else line for line in file.splitlines())
