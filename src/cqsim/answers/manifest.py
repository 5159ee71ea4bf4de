"""The manifest of a folder of results: what they came from, and the sums of the files that belong together."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


def encoded(name: str, text: str) -> bytes:
    """A text as it is written: Excel knows that a CSV file is UTF-8 by its mark."""
    return text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")


def with_manifest(texts: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, str]:
    """Files and, as the last one, the manifest that vouches for them by their SHA-256.

    Parameters
    ----------
    texts : mapping of str to str
        Name to what the file holds.
    about : mapping
        What else the manifest says.
    """
    sums = {name: _sum(encoded(name, text)) for name, text in texts.items()}
    return {**texts, MANIFEST: json.dumps({**about, "files": sums}, ensure_ascii=False, indent=2)}


def superseded(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """Files of an earlier result that the new one does not have, and that are still as cqsim wrote them.

    Folders in it, such as those of scenarios that were left out this time, hold results of their own and stay.

    Parameters
    ----------
    folder : Path
    texts : mapping of str to str
        The files of the new result.
    """
    folders = {str(Path(name).parent) for name in texts}
    names = (str(Path(below, name)) for below in folders for name in _vouched_for(folder / below))
    return [name for name in names if Path(name).as_posix() not in texts]


def _vouched_for(folder: Path) -> Iterator[str]:
    """The files directly in a folder that are as its manifest says."""
    try:
        sums = dict(json.loads((folder / MANIFEST).read_bytes())["files"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):  # none, or somebody else's
        return
    for name, expected in sums.items():
        path = folder / str(name)
        if path.parent == folder and path.is_file() and not path.is_symlink() and _sum(path.read_bytes()) == expected:
            yield name


def _sum(content: bytes) -> str:
    return sha256(content).hexdigest()
