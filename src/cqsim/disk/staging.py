"""What writing whole rests on: one writer at a time in a folder, what dead writers left, places that are exchanged."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt
    import tempfile
    from hashlib import sha256
else:
    import fcntl

_MARK = ".cqsim-writing-"
_PATIENCE = 2.0  # seconds: who holds a folder for longer is no writer of ours, but `flock FOLDER cqsim ...`, say
_HERE = -100  # paths are taken from the current folder
_EXCHANGE = 2  # both to Linux and to macOS


def beside(place: Path) -> Path:
    """A new name in the folder of a place, for what is to go there."""
    return place.with_name(_MARK + secrets.token_hex(6))


@contextmanager
def alone_in(*folders: Path) -> Iterator[None]:
    """Keep other writers out of folders, and clear what dead ones left there.

    A lock that the system drops when a process ends tells the dead from the living: whoever holds it knows that what
    lies about was left. Where a folder cannot be locked, or somebody keeps it, nothing is cleared; each step of a
    writer is whole by itself.
    """
    with ExitStack() as held:
        for folder in sorted(set(folders)):  # in one order, so that two writers never wait for each other
            if held.enter_context(_locked(folder)):
                _sweep(folder)
        yield


def _sweep(folder: Path) -> None:
    with suppress(OSError):
        for left in list(folder.glob(f"{_MARK}*")):
            discard(left)


def discard(path: Path) -> None:
    """Delete a file, a link or a folder that a writer made for itself, as far as it can be deleted."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether the folder is ours until the end of the block."""
    given_up = time.monotonic() + _PATIENCE
    handle = None
    while handle is None and time.monotonic() < given_up:
        try:
            handle = _lock(folder)
        except (BlockingIOError, PermissionError):  # somebody holds it
            time.sleep(0.01)
        except OSError:  # there is no such folder, or its disk knows no locks
            break
    try:
        yield handle is not None
    finally:
        if handle is not None:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """The lock of a folder, as a file that is open; None when another folder has come into its place meanwhile."""
    if sys.platform == "win32":  # a folder cannot be locked there; a file elsewhere stands for it
        name = sha256(os.fsencode(folder)).hexdigest()[:16]
        handle = os.open(Path(tempfile.gettempdir(), f"cqsim-{name}.lock"), os.O_RDWR | os.O_CREAT)
    else:
        handle = os.open(folder, os.O_RDONLY)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            return handle
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def exchange(first: Path, second: Path) -> None:
    """Let two files or folders change places in one step.

    Raises
    ------
    OSError
        When the system has no such step, as Windows, or cannot take it here.
    """
    paths = os.fsencode(first), os.fsencode(second)
    system: Any = None if sys.platform == "win32" else ctypes.CDLL(None, use_errno=True)
    if hasattr(system, "renameat2"):
        failed = system.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    elif hasattr(system, "renamex_np"):
        failed = system.renamex_np(*paths, _EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(second))
