"""Pages that list what there is name all of it."""

import re
from pathlib import Path

import pytest

import cqsim
from cqsim.report.figures import CHARTS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_chart_has_a_line_of_code(language):
    page = (DOCS / language / "charts.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\.plot\.(\w+)\(", page)) == set(CHARTS)


def test_the_page_on_data_names_every_file_and_every_column(tmp_path):
    comparison = cqsim.compare(DOCS.parent / "scenarios/nanchuan.yaml", paths=200, progress=False)
    comparison.save(tmp_path)
    page = re.sub(r"```.*?```", "", (DOCS / "en" / "data.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"`([^`]+)`", page))
    assert {one.name for one in tmp_path.iterdir()} <= named
    assert set(comparison.tidy.columns) | set(comparison.tidy["statistic"]) <= named


def test_every_page_stands_in_the_folder_of_its_language():
    assert [page.name for page in DOCS.glob("*.md")] == ["index.md"]  # the choice of language
    made = ("en/api/", "en/benchmarks/", "en/notebooks/", "zh/notebooks/")
    for language in ("zh", "en"):
        pages = [page for page in (DOCS / language).rglob("*.md") if not str(page.relative_to(DOCS)).startswith(made)]
        titles = [
            next(line for line in page.read_text(encoding="utf-8").splitlines() if line[:2] == "# ") for page in pages
        ]
        assert {bool(re.search("[\u4e00-\u9fff]", title)) for title in titles} == {language == "zh"}
