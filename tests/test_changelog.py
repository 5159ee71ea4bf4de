"""Fragments of the changelog are named so that towncrier takes them up: it passes over any other file in silence."""

import re
import tomllib
from pathlib import Path

import cqsim

ROOT = Path(__file__).parents[1]
FRAGMENTS = sorted(path for path in (ROOT / "changelog.d").iterdir() if path.name != ".gitignore")


def test_every_fragment_has_a_type_and_a_text():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    types = "|".join(one["directory"] for one in settings["type"])
    named = re.compile(rf"(\d+|\+[a-z0-9-]+)\.({types})\.md")
    assert [path.name for path in FRAGMENTS if not named.fullmatch(path.name)] == []
    assert [path.name for path in FRAGMENTS if not path.read_text(encoding="utf-8").strip()] == []


def test_the_version_is_the_same_everywhere():
    assert f"\nversion: {cqsim.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {cqsim.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
