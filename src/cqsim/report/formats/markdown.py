"""A report as Markdown with picture files beside it, for wikis and Quarto."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cqsim.report.document import Block, Bullets, Document, Image, Picture, Section, Table

# What Markdown would take for markup, and what pages made from it would take for a tag.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def markdown_files(document: Document, stem: str) -> dict[str, bytes]:
    """The text and its pictures, by relative path.

    Parameters
    ----------
    document : Document
    stem : str
        Name of the Markdown file without its ending; pictures lie in the folder `stem_files`.
    """
    from cqsim.report.formats.pictures import with_svgs

    folder, drawn = f"{stem}_files", with_svgs(document)
    files = {f"{folder}/{block.name}.svg": block.content for block in drawn.blocks() if isinstance(block, Image)}
    return {**files, f"{stem}.md": markdown_text(drawn, folder).encode()}


def markdown_text(document: Document, folder: str = ".") -> str:
    """The text of a report without its picture files.

    Parameters
    ----------
    document : Document
    folder : str
        Where the text looks for its pictures.
    """
    lines = [f"# {_escaped(document.title)}", ""]
    for section in document.sections:
        lines += _section(section, 2, folder)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, level: int, folder: str) -> Iterator[str]:
    yield f"{'#' * level} {_escaped(section.title)}"
    yield ""
    for block in section.blocks:
        yield from _block(block, folder)
        yield ""
    for inner in section.sections:
        yield from _section(inner, level + 1, folder)


def _block(block: Block, folder: str) -> Iterator[str]:
    if isinstance(block, str):
        yield _escaped(block)
    elif isinstance(block, Bullets):
        yield from (f"- {_escaped(item)}" for item in block.items)
    elif isinstance(block, Picture | Image):
        yield f"![{_escaped(block.alt)}]({folder}/{block.name}.svg)"
        yield ""
        yield f"*{_escaped(block.caption)}*"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{_escaped(table.caption)}**"
    yield ""
    yield _row(table.columns)
    yield _row("---" if table.is_text or number == 0 else "---:" for number in range(len(table.columns)))
    for row in table.rows:
        yield _row(_escaped(cell.text).replace("\n", "<br>") for cell in row)


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
