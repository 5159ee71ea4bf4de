"""The bytes of regular files; nothing is opened that could make the reader wait."""

from __future__ import annotations

import errno
import re
import stat
from os import PathLike, fspath
from pathlib import Path

from cqsim.errors import Fault

# Pipes that the caller has opened already, and so meant to be read.
_HANDED_OVER = re.compile(r"/dev/(stdin|fd/\d+)")
_REASONS = {
    errno.ENOENT: "reason.no_file",
    errno.ENOTDIR: "reason.no_file",
    errno.EACCES: "reason.no_permission",
    errno.EPERM: "reason.no_permission",
    errno.EISDIR: "reason.is_folder",
    errno.ELOOP: "reason.link_loop",
    errno.ENAMETOOLONG: "reason.name_long",
}


def why(error: OSError | ValueError) -> Fault:
    """The reason of an error of the system, in words."""
    code = error.errno if isinstance(error, OSError) else None
    if isinstance(error, ValueError):
        return Fault("reason.name_impossible")  # a name with a zero byte or half a character
    if code not in _REASONS:
        return Fault("reason.other", reason=getattr(error, "strerror", None) or str(error))
    return Fault(_REASONS[code])


def check_regular(path: str | PathLike[str], piped: bool = False) -> int:
    """The size of a file in bytes, once it is known to be one that can be read to its end.

    Parameters
    ----------
    path : path-like
    piped : bool
        Whether a pipe that the caller has opened, such as `/dev/stdin`, will do as well.

    Raises
    ------
    Fault
        The reason why it cannot be: it is a folder, a pipe, a device, or not there.
    """
    try:
        status = Path(path).stat()
    except (OSError, ValueError) as error:
        raise why(error) from None
    if stat.S_ISDIR(status.st_mode):
        raise Fault("reason.is_folder")
    if not stat.S_ISREG(status.st_mode) and not (piped and _HANDED_OVER.fullmatch(fspath(path))):
        raise Fault("reason.not_regular")
    return status.st_size


def read_file(path: str | PathLike[str], most: int | None = None) -> bytes:
    """The content of a file.

    Parameters
    ----------
    path : path-like
    most : int, optional
        The largest size in bytes that is read.

    Raises
    ------
    Fault
        The reason why it cannot be read.
    """
    size = check_regular(path, piped=True)
    try:
        with Path(path).open("rb") as file:
            content = file.read() if most is None else file.read(most + 1)
    except (OSError, ValueError) as error:
        raise why(error) from None
    if most is not None and (size > most or len(content) > most):
        raise Fault("file_large", size=f"{max(size, len(content)) / 1e6:.1f}", largest=most // 10**6)
    return content
