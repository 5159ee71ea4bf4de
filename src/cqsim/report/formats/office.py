"""What Word documents and workbooks share: text that XML can hold, and archives that carry no time of writing."""

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
    r"""Text in which what XML forbids, or what turns a line round, is replaced by a mark.

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
    """A zip archive with the same files in the same order and no time of writing."""
    file = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(file, "w", ZIP_DEFLATED) as written:
        for entry in given.infolist():
            written.writestr(ZipInfo(entry.filename, _DATE), given.read(entry), ZIP_DEFLATED)
    return file.getvalue()
