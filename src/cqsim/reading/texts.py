"""What kind of file some bytes are, and the encoding of a text: only what can be told for sure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from cqsim.errors import Fault, Mark

# How files that are no text begin.
_STARTS = {
    b"%PDF-": "kind.pdf",
    b"\x89PNG": "kind.picture",
    b"\xff\xd8\xff": "kind.picture",
    b"GIF8": "kind.picture",
    b"\xd0\xcf\x11\xe0": "kind.old_office",
    b"{\\rtf": "kind.rtf",
    b"\x1f\x8b": "kind.archive",
    b"Rar!": "kind.archive",
    b"7z\xbc\xaf": "kind.archive",
    b"PK\x03\x04": "kind.archive",
}
# What office documents, which are ZIP archives, name inside.
_INSIDE = {
    b"xl/workbook": "kind.excel",
    b"word/document": "kind.word",
    b"ppt/presentation": "kind.slides",
    b"vnd.oasis.opendocument": "kind.open_document",
}
_WEB_PAGE = re.compile(rb"\s*<(!doctype html|html|head|body)\b", re.IGNORECASE)
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Characters of two bytes, and those that most of any text consists of: the first levels of the two standards and
# their punctuation. The other standard takes them for rare characters.
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_EVERYDAY = {
    "gb18030": re.compile(rb"[\xa1\xa3\xb0-\xd7][\xa1-\xfe]"),
    "cp950": re.compile(rb"[\xa1-\xc6][\x40-\xfe]"),
}
_MOST_ARE = 0.8
_FEWEST = {"gb18030": 1, "cp950": 4}  # the sign for degrees before a letter looks like a character of Big5
_SAMPLE = 1 << 20


def kind_of(content: bytes) -> Fault | None:
    """What a file is that is no text, by its first bytes; None for what may be text."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            inside = (office for name, office in _INSIDE.items() if name in content)
            return Fault(next(inside, kind) if kind == "kind.archive" else kind)
    return Fault("kind.web_page") if _WEB_PAGE.match(content) else None


def encoding_of(pieces: Iterable[bytes]) -> str | None:
    r"""The encoding of a text that comes in pieces; None when it cannot be told for sure.

    Examples
    --------
    >>> encoding_of(["万人次".encode("gbk")]), encoding_of(["重慶市的遊客".encode("big5")]), encoding_of([b"caf\xe9"])
    ('gb18030', 'cp950', None)
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    for number, piece in enumerate(pieces):
        if number == 0 and (known := _by_mark(piece) or _without_mark(piece)):
            return known
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            line = piece.rfind(b"\n", 0, error.start) + 1
            is_ascii = is_ascii and piece[:line].isascii()  # else one slip in a text in UTF-8
            return _double_byte(piece[line : line + _SAMPLE]) if is_ascii else None
        is_ascii = is_ascii and piece.isascii()
    return None if decoder.getstate()[0] else "utf-8-sig"


def _by_mark(start: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS.items() if start.startswith(mark)), None)


def _without_mark(start: bytes) -> str | None:
    """UTF-16 without its mark: every character of ASCII, of which there are many, has a zero as its other byte."""
    zeros = [start[side::2].count(0) for side in (0, 1)]
    if len(start) % 2 or min(zeros) or max(zeros) * 10 < len(start):
        return None
    return "utf-16-be" if zeros[0] else "utf-16-le"


def _double_byte(sample: bytes) -> str | None:
    """GBK or Big5, whichever most of the characters are everyday ones of."""
    pairs = _PAIR.findall(sample)
    shares = {
        encoding: sum(everyday.fullmatch(pair) is not None for pair in pairs) / len(pairs)
        for encoding, everyday in _EVERYDAY.items()
        if len(pairs) >= _FEWEST[encoding] and _decodes(sample, encoding)
    }
    likeliest = max(shares, key=lambda encoding: shares[encoding], default=None)
    return likeliest if likeliest and shares[likeliest] >= _MOST_ARE else None


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def text_of(content: bytes) -> str:
    """The text of a whole file.

    Raises
    ------
    Fault
        When its encoding cannot be told: with the place of the first byte that is not UTF-8.
    """
    encoding = encoding_of([content])
    try:
        return content.decode(encoding or "utf-8-sig").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = lines_of(content[: error.start].decode("utf-8", "replace"))
        mark = Mark(len(before), len(before[-1]) + 1)
        raise Fault("not_utf8", "save_utf8", byte=f"{content[error.start]:02X}", mark=mark) from None


_LINE_END = re.compile(r"\r\n|\r|\n")


def lines_of(text: str) -> list[str]:
    r"""The lines of a text as editors count them.

    >>> lines_of("a\u2028b\r\nc")
    ['a\u2028b', 'c']
    """
    return _LINE_END.split(text)


def line_starts(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
