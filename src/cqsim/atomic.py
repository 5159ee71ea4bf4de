"""Files written whole or not at all: one file, or a folder of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path


def write_file(path: str | PathLike[str], content: bytes) -> None:
    """Write a file, all of it or nothing.

    Raises
    ------
    OSError
        When it cannot be written; whatever stood there stays.
    """
    target = Path(path)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_folder(texts: Mapping[str, str], folder: str | PathLike[str]) -> None:
    """Write text files into a folder and folders in it, all of them or none.

    Parameters
    ----------
    texts : mapping of str to str
        Name, such as `nanchuan/result.json`, to what it holds.
    folder : path-like
        Made when it does not exist.

    Raises
    ------
    OSError
        When they cannot be written; what stood there stays.
    """
    target = Path(folder)
    folders = [*reversed(target.parents), target, *_folders(target, texts)]
    new = [path for path in folders if not path.exists()]
    try:
        for path in folders:
            path.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".writing-") as aside:
            for top in (Path(aside), Path(aside, "old")):
                for below in [top, *_folders(top, texts)]:
                    below.mkdir(exist_ok=True)
            for name, text in texts.items():
                encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"  # Excel knows UTF-8 by its mark
                Path(aside, name).write_text(text, encoding=encoding, newline="")
            _swap(Path(aside), target, list(texts))
    except OSError:
        for path in reversed(new):
            with suppress(OSError):  # not made, or in use by now
                path.rmdir()
        raise


def _folders(above: Path, names: Iterable[str]) -> list[Path]:
    """The folders of files such as `nanchuan/result.json`, one level deep."""
    return list(dict.fromkeys(above / Path(name).parent for name in names if Path(name).name != name))


def _swap(aside: Path, target: Path, names: list[str]) -> None:
    """Move new files to their places; when one cannot be moved, the old ones come back."""
    old = aside / "old"
    done: list[str] = []
    try:
        for name in names:
            if (target / name).exists():
                (target / name).replace(old / name)
            done.append(name)
            (aside / name).replace(target / name)
    except OSError:
        for name in done:
            (target / name).unlink(missing_ok=True)
            if (old / name).exists():
                (old / name).replace(target / name)
        raise
