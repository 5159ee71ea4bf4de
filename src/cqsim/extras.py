"""Libraries that an extra installs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from cqsim.errors import Fault


def needed(library: str, extra: str) -> Any:
    """A library that an extra installs.

    Raises
    ------
    Fault
        When it is not installed; it says what to write.

    Examples
    --------
    >>> needed("no_such_library", "office")
    Traceback (most recent call last):
    cqsim.errors.Fault: this needs no_such_library, which is not installed; run: pip install 'cqsim[office]'
    """
    try:
        return import_module(library)
    except ImportError:
        raise Fault("needs_library", library=library, extra=extra) from None
