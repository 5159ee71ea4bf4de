"""Pages from elsewhere in the repository: notebooks and benchmarks, copied beside the others before they are read."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import dirname, join, normpath, relpath

from sphinx.application import Sphinx

_ROOT = Path(__file__).parents[2]
_FOLDERS = {
    "notebooks/*.ipynb": "docs/zh",
    "notebooks/data/*.md": "docs/en",
    "benchmarks/*.md": "docs/en",
}
_LINK = re.compile(r"\]\((?![a-z]+:|[#/])([^()\s#]+)")


def setup(app: Sphinx) -> None:
    """Copy when the build starts, and lead links to the copies."""
    app.connect("builder-inited", _bring_in)
    app.connect("source-read", _lead_to_copies)


def _bring_in(app: Sphinx) -> None:
    kept = set()
    for page in (path for pattern in _FOLDERS for path in sorted(_ROOT.glob(pattern))):
        name = page.relative_to(_ROOT).as_posix()
        copy = _ROOT / _home(name)
        text = relinked(page.read_text(encoding="utf-8"), name)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists() or copy.read_text(encoding="utf-8") != text:  # an unchanged page is not read again
            copy.write_text(text, encoding="utf-8")
        kept.add(copy)
    for copy in (path for pattern, folder in _FOLDERS.items() for path in _ROOT.glob(f"{folder}/{pattern}")):
        if copy not in kept:
            copy.unlink()


def relinked(text: str, page: str) -> str:
    """The text of a page with links that hold where the site has the page and what it links to.

    >>> relinked("[a](../docs/en/trust.md) [b](../scenarios/nanchuan.yaml) [c](families.md#x)", "benchmarks/README.md")
    '[a](../trust.md) [b](../../../scenarios/nanchuan.yaml) [c](families.md#x)'
    >>> relinked("[a](../../benchmarks/README.md) and `f[0](x)`", "docs/en/trust.md")
    '[a](benchmarks/README.md) and `f[0](x)`'
    """

    def led(link: re.Match[str]) -> str:
        target = normpath(join(dirname(page), link[1]))
        if target.startswith("..") or not (_ROOT / target).exists():  # no link to a file, perhaps not even a link
            return link[0]
        return f"]({relpath(_home(target), dirname(_home(page)))}"

    return _LINK.sub(led, text)


def _home(name: str) -> str:
    """Where the site has a file of the repository."""
    folder = next((folder for pattern, folder in _FOLDERS.items() if fnmatchcase(name, pattern)), None)
    return f"{folder}/{name}" if folder else name


def _lead_to_copies(app: Sphinx, docname: str, source: list[str]) -> None:
    page = Path(app.env.doc2path(docname)).relative_to(_ROOT).as_posix()
    source[0] = relinked(source[0], page)
