"""Shared by Word documents and workbooks: text valid in XML, and archives without timestamps."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cqsim.errors import STEERING

WRITTEN = datetime(2000, 1, 1)
"""The date in every document's properties, so that the same report gives the same bytes."""
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that an archive can hold
# Halves of characters, and the two that are none: XML has no place for them.
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""Text in which characters that XML forbids, or that change the direction of text, are replaced by a mark.

    >>> printable("a\x1bb\n<c>")
    'a�b\n<c>'
    """
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", STEERING.sub("\N{REPLACEMENT CHARACTER}", text))


def one_line(text: str) -> str:
    r"""Printable text for a heading or a caption, without line breaks.

    >>> one_line("two\nlines")
    'two lines'
    """
    return " ".join(printable(text).split())


def undated(archive: bytes) -> bytes:
    """A zip archive with the same files in the same order and no timestamps."""
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(file, "w", ZIP_DEFLATED) as written:
        for entry in given.infolist():
            written.writestr(ZipInfo(entry.filename, _DATE), given.read(entry), ZIP_DEFLATED)
    return file.getvalue()
