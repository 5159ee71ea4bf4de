"""Where things are to go: links followed, what stands in the way refused, errors that name the place."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from stat import S_ISREG


@contextmanager
def told_of(path: str | PathLike[str]) -> Iterator[None]:
    """Errors name what was to be written, or what stands in its way, never a name of ours."""
    try:
        yield
    except OSError as error:
        where = error.filename if isinstance(error, _InTheWay) else os.fspath(path)
        raise OSError(error.errno, error.strerror or str(error), where) from None


class _InTheWay(OSError):
    """Something that is no file of ours stands where a file or a folder is to go."""


def _in_the_way(number: int, path: Path) -> _InTheWay:
    return _InTheWay(number, os.strerror(number), str(path))


def followed(path: Path) -> Path:
    """Where a path leads, links followed."""
    return Path(os.path.realpath(path))


def refuse_others(place: Path) -> None:
    """Refuse a place that holds something other than a file that may be replaced."""
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = place.stat().st_mode
        if not S_ISREG(mode):
            raise _in_the_way(errno.EISDIR if place.is_dir() else errno.EEXIST, place)
        if not os.access(place, os.W_OK):
            raise _in_the_way(errno.EACCES, place)


def refuse_folder(target: Path, names: Collection[str]) -> None:
    """Refuse files of a folder, by name, where something in it cannot be a folder or cannot be replaced."""
    for name in names:
        for folder in (target, (target / name).parent):
            if folder.exists() and not folder.is_dir():
                raise _in_the_way(errno.ENOTDIR, folder)
        refuse_others(followed(target / name))
