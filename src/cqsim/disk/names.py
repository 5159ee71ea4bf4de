"""Names of files and folders that Windows, macOS and Linux all take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)
_LONGEST = 200  # bytes; 255 less an ending and what is put before it
_KEPT = 120  # bytes of a name that is too long


def is_file_name(text: str) -> bool:
    """Whether every system takes a text as the name of a file or folder.

    >>> [is_file_name(text) for text in ("南川", "a/b", "CON", "nul.csv", "plan.", ".plan")]
    [True, False, False, False, False, False]
    """
    whole = text == text.strip(". \t\n\u3000") != ""
    return whole and not _FORBIDDEN.search(text) and not _RESERVED.fullmatch(text) and _size(text) <= _LONGEST


def file_names(texts: Iterable[str]) -> dict[str, str]:
    """For each text a file name of its own: the text itself where it can be one, else what is left of it and a hash.

    Two texts that differ only in case, or in how an accent is written, are one name to some systems: the later one gets
    a hash as well.

    Parameters
    ----------
    texts : iterable of str

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> file_names(["gdp", "GDP", "a/b"])
    {'gdp': 'gdp', 'GDP': 'GDP-8f8595d6', 'a/b': 'a_b-c14cddc0'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts:
        name = text if is_file_name(text) and _folded(text) not in taken else _hashed(text)
        taken.add(_folded(name))
        names[text] = name
    return names


def _hashed(text: str) -> str:
    kept = _FORBIDDEN.sub("_", text).encode(errors="replace")[:_KEPT].decode(errors="ignore").strip(". \t\n\u3000")
    apart = "_" if _RESERVED.fullmatch(kept) else ""
    return f"{apart}{kept}-{sha256(text.encode(errors='surrogatepass')).hexdigest()[:8]}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _size(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))
