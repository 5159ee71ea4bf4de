"""A folder put in its place in one step: by a rename where it is new, else by an exchange with its successor."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from cqsim.disk.staging import beside, discard, exchange

_MOST_FOREIGN = 2000  # files of others in a folder that are linked into its successor


def at_once(files: Mapping[str, bytes], target: Path, base: Path, gone: Collection[str]) -> None:
    """Prepare the whole folder beside its place, and put it there in one step."""
    first = next(path for path in (target, *target.parents) if path.parent == base)
    ours = {*files, *gone, *(Path(name).parent.as_posix() for name in files)}
    aside = beside(first)
    whole = aside / target.relative_to(first)
    try:
        whole.mkdir(parents=True)
        if target.exists():
            _check_movable(target)
            _link_others(target, whole, ours)
        for name, content in files.items():
            (whole / name).parent.mkdir(exist_ok=True)
            (whole / name).write_bytes(content)
            if (target / name).exists():
                shutil.copymode(target / name, whole / name)
        if not target.exists():
            aside.rename(first)
            return
        exchange(aside, target)
        _keep_late(aside, target, ours)
    finally:
        discard(aside)


def _check_movable(target: Path) -> None:
    """Refuse to exchange a folder in which we work, where something is mounted, or that is somebody else's."""
    if sys.platform == "win32" or target.is_mount() or target.stat().st_uid != os.geteuid():
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    if Path.cwd().is_relative_to(target):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _link_others(old: Path, new: Path, ours: Collection[str]) -> None:
    """Link whatever is not ours into the folder's successor."""
    shutil.copystat(old, new)
    for number, path in enumerate(_walked(old)):
        name = path.relative_to(old)
        if number > _MOST_FOREIGN or (path.is_symlink() and name.as_posix() in ours):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        if path.is_dir() and not path.is_symlink():
            (new / name).mkdir()
            shutil.copystat(path, new / name)
        elif name.as_posix() not in ours:
            os.link(path, new / name, follow_symlinks=False)


def _walked(folder: Path) -> Iterator[Path]:
    """Everything in a folder and below, a folder before what it holds."""
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _walked(path)


def _keep_late(old: Path, new: Path, ours: Collection[str]) -> None:
    """Bring what others put into the old folder after it was linked."""
    for path in list(_walked(old)):
        name = path.relative_to(old)
        if name.as_posix() not in ours and not _is_same(path, new / name):
            path.replace(new / name)


def _is_same(path: Path, other: Path) -> bool:
    """Whether both are one file, or both are folders; or the first has gone where its folder went."""
    if not os.path.lexists(path):
        return True
    if not os.path.lexists(other):
        return False
    return os.path.samestat(path.lstat(), other.lstat()) or (path.is_dir() and other.is_dir())
