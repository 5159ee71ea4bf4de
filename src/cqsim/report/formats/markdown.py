"""A report as Markdown with picture files beside it, for wikis and Quarto."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cqsim.disk.names import file_names
from cqsim.report.document import Block, Bullets, Document, Image, Picture, Section, Table

# What Markdown and its dialects would take for markup, a tag, an entity, a mention or a link, anywhere in a line.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$&@^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
# What would begin a list, a rule or a block, at the beginning of a line.
_BEGINNING = re.compile(r"[-+=:]|\d+(?=[.)])")
# What ends the destination of a link, or means something in it.
_ENDS_LINK = re.compile(r"[\s\x00-\x20\x7f()<>\[\]\\\"'`%?#&|:]")


def pictures_of(document: Document) -> dict[str, bytes]:
    """The pictures of a report whose charts are drawn, by the names that its text gives them.

    Parameters
    ----------
    document : Document
        See `cqsim.report.formats.pictures.with_svgs`.
    """
    images = [block for block in document.blocks() if isinstance(block, Image)]
    names = file_names(image.name for image in images)
    return {f"{names[image.name]}.svg": image.content for image in images}


def markdown_text(document: Document, folder: str = ".") -> str:
    """The text of a report without its picture files.

    Parameters
    ----------
    document : Document
    folder : str
        Where the text looks for its pictures.
    """
    names = file_names(block.name for block in document.blocks() if isinstance(block, Picture | Image))
    places = {picture: _linked(f"{folder}/{name}.svg") for picture, name in names.items()}
    lines = [f"# {_escaped(document.title)}", ""]
    for section in document.sections:
        lines += _section(section, 2, places)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section, level: int, places: Mapping[str, str]) -> Iterator[str]:
    yield f"{'#' * level} {_escaped(section.title)}"
    yield ""
    for block in section.blocks:
        yield from _block(block, places)
        yield ""
    for inner in section.sections:
        yield from _section(inner, level + 1, places)


def _block(block: Block, places: Mapping[str, str]) -> Iterator[str]:
    if isinstance(block, str):
        yield _escaped(block)
    elif isinstance(block, Bullets):
        yield from (f"- {_escaped(item)}" for item in block.items)
    elif isinstance(block, Picture | Image):
        yield f"![{_escaped(block.alt)}]({places[block.name]})"
        yield ""
        yield f"*{_escaped(block.caption)}*"
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"**{_escaped(table.caption)}**"
    yield ""
    yield _row(map(_cell, table.columns))
    yield _row("---" if table.is_text or number == 0 else "---:" for number in range(len(table.columns)))
    for row in table.rows:
        yield _row(_cell(cell.text) for cell in row)


def _cell(text: str) -> str:
    return "<br>".join(map(_inside, text.split("\n")))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """A text that stays one, in one line, wherever it stands."""
    inside = _inside(text)
    beginning = _BEGINNING.match(inside)
    if beginning is None:
        return inside
    place = beginning.start() if not beginning[0].isdigit() else beginning.end()
    return f"{inside[:place]}\\{inside[place:]}"


def _inside(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def _linked(path: str) -> str:
    """A path as the destination of a link: what would end it is written in per cent."""
    return _ENDS_LINK.sub(lambda sign: "".join(f"%{byte:02X}" for byte in sign[0].encode()), path)
