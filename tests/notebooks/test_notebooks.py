"""The notebooks run, and what is committed of them is what they give; `rewrite.py` executes them anew."""

import base64
import json
import re
from html import unescape
from importlib.util import find_spec

import pytest
from tests.notebooks.rewrite import FOLDER, NAMES, ROOT, executed, read

READY = all(map(find_spec, ("nbmake", "ipykernel")))
BOOKS = {name: read(FOLDER / name) for name in NAMES}
# A number with a unit, outside code.
FIGURE = re.compile(r"\d[\d,.]*\s*(?:%|pp|个百分点|[万亿][^\d\s，。；：）]*|元|倍)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def code_cells(book):
    return [cell for cell in book["cells"] if cell["cell_type"] == "code"]


def shown(output):
    """An output as it should be the same everywhere; of a picture its size."""
    if output["output_type"] == "stream":
        return {output["name"]: "".join(output["text"])}
    found = {kind: "".join(text) for kind, text in output["data"].items()}
    if "image/png" in found:
        picture = base64.b64decode(found["image/png"])
        assert picture.startswith(b"\x89PNG")
        found["image/png"] = tuple(int.from_bytes(picture[place : place + 4]) for place in (16, 20))
    return found


def said(book):
    """All that the outputs of a notebook say, as text."""
    parts = [part for cell in code_cells(book) for output in cell["outputs"] for part in shown(output).values()]
    return unescape(re.sub(r"<[^>]*>", " ", " ".join(part for part in parts if isinstance(part, str))))


@pytest.fixture(scope="session")
def copies(tmp_path_factory):
    return executed(tmp_path_factory.mktemp("notebooks"))


@pytest.mark.notebooks
@pytest.mark.skipif(not READY, reason="needs cqsim[notebooks]")
@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_gives_the_outputs_that_are_committed(copies, name):
    for cell, again in zip(code_cells(BOOKS[name]), code_cells(read(copies / name)), strict=True):
        assert [shown(one) for one in again["outputs"]] == [shown(one) for one in cell["outputs"]]


@pytest.mark.parametrize("name", NAMES)
def test_it_was_executed_from_top_to_bottom_and_carries_nothing_of_the_machine(name):
    book = BOOKS[name]
    assert [cell["execution_count"] for cell in code_cells(book)] == list(range(1, len(code_cells(book)) + 1))
    assert book["metadata"]["kernelspec"] == {"display_name": "Python 3", "language": "python", "name": "python3"}
    assert all(cell["metadata"] == {} for cell in json.loads((FOLDER / name).read_text(encoding="utf-8"))["cells"])
    outputs = [output for cell in code_cells(book) for output in cell["outputs"]]
    assert {one["output_type"] for one in outputs} <= {"execute_result", "display_data", "stream"}
    assert not re.search(r"stderr|/tmp|/home|/root|0x[0-9a-f]{6}|\\u001b", json.dumps([shown(one) for one in outputs]))


@pytest.mark.parametrize("name", NAMES)
def test_figures_in_its_text_stand_in_its_outputs(name):
    prose = [CODE.sub("", "".join(cell["source"])) for cell in BOOKS[name]["cells"] if cell["cell_type"] == "markdown"]
    outputs = said(BOOKS[name]).replace(" ", "")
    missing = [figure for text in prose for figure in FIGURE.findall(text) if figure.replace(" ", "") not in outputs]
    assert missing == []


def test_figures_are_found_in_text():
    text = "约 29.4%，即 5,000 万人次或 170亿元，多 1.5 个百分点，2026 年，翻 2 倍"
    assert FIGURE.findall(text) == ["29.4%", "5,000 万人次或", "170亿元", "1.5 个百分点", "2 倍"]


def test_headings_are_english_and_text_is_chinese():
    for book in BOOKS.values():
        texts = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "markdown"]
        heads = re.findall(r"^#+ (.*)$", "\n".join(texts), re.MULTILINE)
        assert heads
        assert all(head.isascii() for head in heads)
        assert all(re.search(r"[\u4e00-\u9fff]", text) for text in texts)


def test_every_notebook_is_listed_and_every_link_leads_somewhere():
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[(\w+\.ipynb)\]\(\1\)", listed, re.MULTILINE) == NAMES
    texts = [listed, *("".join(cell["source"]) for book in BOOKS.values() for cell in book["cells"])]
    links = re.findall(r"\]\(([^)#:]+)\)", "\n".join(texts))
    assert links
    assert [link for link in links if not (FOLDER / link).exists()] == []
    assert "notebooks/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")
