"""Why the system refused to write, in words that people know."""

from __future__ import annotations

import errno
import os

from cqsim.messages import Language, say

_KNOWN = (
    "EACCES",
    "EPERM",
    "EROFS",
    "ENOSPC",
    "EDQUOT",
    "EISDIR",
    "ENOTDIR",
    "ENOENT",
    "EEXIST",
    "ENAMETOOLONG",
    "EFBIG",
)


def reason_of(error: OSError, language: Language) -> str:
    """The reason of an error of the system; what is not known is said as the system says it.

    >>> reason_of(OSError(errno.ENOSPC, "no space"), "zh")
    '磁盘已满'
    """
    name = errno.errorcode.get(error.errno or 0, "")
    if name in _KNOWN:
        return say(f"reason.{name}", language)
    return error.strerror or (os.strerror(error.errno) if error.errno else str(error))
