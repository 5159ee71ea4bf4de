"""How every command ends: its exit code, and one line for what went wrong."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NoReturn

import click

from cqsim.cli.speaking.commands import Group
from cqsim.cli.speaking.language import language, tell
from cqsim.disk.reasons import reason_of
from cqsim.errors import on_terminal
from cqsim.messages import Language, say

FAILED, INTERRUPTED, READER_LEFT = 3, 130, 141
VARIABLE = "CQSIM_TRACEBACK"
_LONGEST = 300  # characters of an error that is shown


class Commands(Group):
    """Commands that end with one code a reason.

    0: done. 1: a target is below `--fail-below`. 2: the input is wrong. 3: something else failed, which one line on
    stderr tells. 130: interrupted. 141: whoever read the output has left, as if that had ended the command.
    """

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the arguments, or print the help."""
        with _ending():
            return super().make_context(*args, **extra)

    def invoke(self, context: click.Context) -> Any:
        """Run a command."""
        with _ending():
            return super().invoke(context)


@contextmanager
def _ending() -> Iterator[None]:
    """What is done ends once all it says has reached its reader; what fails ends with its code and one line."""
    try:
        try:
            yield
        finally:
            _flush()
    except click.exceptions.Exit:
        raise
    except click.ClickException as error:
        error.message = on_terminal(error.message)  # type: ignore[misc]  # it names what was typed
        raise
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except MemoryError:
        _leave(FAILED, say("memory_full", language()))
    except OSError as error:
        _leave(*_code_and_line(error, language()))
    except Exception as error:
        described = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
        _leave(FAILED, say("own_fault", language(), error=described, variable=VARIABLE))


def _code_and_line(error: OSError, language: Language) -> tuple[int, str]:
    """What ends a command for an error of the system: a reader that has left, or something that cannot be written."""
    left = errno.EINVAL if sys.platform == "win32" else errno.EPIPE
    if error.filename is None and error.errno in (errno.EPIPE, left):
        return READER_LEFT, ""
    path = say("the_output", language) if error.filename is None else os.fsdecode(error.filename)
    return FAILED, say("unwritable", language, path=path, reason=reason_of(error, language))


def _leave(code: int, line: str = "") -> NoReturn:
    with suppress(OSError):
        if os.environ.get(VARIABLE):
            traceback.print_exc()
        if line:
            tell(line.replace("\n", " "))
    _give_up_on_output()
    raise click.exceptions.Exit(code)


def _flush() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def _give_up_on_output() -> None:
    """Let nothing wait in the standard streams for which there is no reader and no room: it would fail at the exit."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None or stream.closed:
            continue
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
