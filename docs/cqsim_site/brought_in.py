"""Pages from elsewhere in the repository: notebooks and benchmarks, copied beside the others before they are read."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

_FROM = {"notebooks": "*.ipynb", "benchmarks": "*.md"}


def setup(app: Sphinx) -> None:
    """Copy when the build starts, and lead links to the copies."""
    app.connect("builder-inited", _bring_in)
    app.connect("source-read", _lead_to_copies)


def _bring_in(app: Sphinx) -> None:
    docs = Path(app.srcdir)
    for folder, pattern in _FROM.items():
        found = {path.name: path for path in (docs.parent / folder).glob(pattern)}
        copies = docs / folder
        copies.mkdir(exist_ok=True)
        for copy in copies.iterdir():
            if copy.name not in found:
                copy.unlink()
        for name, path in found.items():
            text = from_docs(path.read_text(encoding="utf-8"), folder)
            copy = copies / name
            if not copy.exists() or copy.read_text(encoding="utf-8") != text:  # an unchanged page is not read again
                copy.write_text(text, encoding="utf-8")


def from_docs(text: str, folder: str) -> str:
    """The text of a page of `folder` with links that hold for its copy in `docs/folder`.

    >>> from_docs("[a](../docs/trust.md) [b](../scenarios/x.yaml) [c](data/y.csv) [d](families.md)", "benchmarks")
    '[a](../trust.md) [b](../../scenarios/x.yaml) [c](../../benchmarks/data/y.csv) [d](families.md)'
    """
    return (
        text.replace("](../", "](../../")
        .replace("](../../docs/", "](../")
        .replace("](data/", f"](../../{folder}/data/")
    )


def _lead_to_copies(app: Sphinx, docname: str, source: list[str]) -> None:
    for folder, pattern in _FROM.items():
        ending = re.escape(pattern.removeprefix("*"))
        source[0] = re.sub(rf"\]\(\.\./({folder}/[^/)]+{ending})", r"](\1", source[0])
