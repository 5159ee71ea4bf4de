"""The language of a command: `--lang`, else the one that the file states, else the system's, else English."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cqsim.errors import Fault, on_terminal
from cqsim.messages import LANGUAGES, Language
from cqsim.reading.files import check_regular

if TYPE_CHECKING:
    from cqsim.errors import ScenarioError

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_STATED = re.compile(rb"(?:^|[{,\r\n])[ \t]*[\"']?language[\"']?[ \t]*:[ \t]*[\"']?(zh|en)\b")
_BYTE_ORDER = b"\xef\xbb\xbf\xff\xfe"
_LARGEST = 1_000_000
_CURRENT: ContextVar[Language | None] = ContextVar("language", default=None)
_ASKED: ContextVar[Language | None] = ContextVar("asked", default=None)


def language(otherwise: Language = "en") -> Language:
    """The language of the command that runs; `otherwise` where nothing says one."""
    return _CURRENT.get() or of_system() or otherwise


def of_system() -> Language | None:
    """The language that the system is set to; None where it says nothing."""
    stated = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), None)
    if stated is None:
        stated = locale.getlocale()[0] or ""  # Windows sets no variables
        return "zh" if stated.lower().startswith(("zh", "chinese")) else None
    name = stated.partition(".")[0].lower()
    if name in ("c", "posix"):
        return None
    return "zh" if name.startswith("zh") else "en"


def stated_in(path: str) -> Language | None:
    """The language that a scenario file states, in whatever encoding; None where it states none."""
    with suppress(Fault, OSError):
        if check_regular(path) <= _LARGEST:
            stated = _STATED.search(Path(path).read_bytes().replace(b"\0", b"").lstrip(_BYTE_ORDER))
            return "zh" if stated and stated[1] == b"zh" else "en" if stated else None
    return None


def listen(arguments: Sequence[str]) -> None:
    """Take the language of a command from its arguments: of `--lang`, else of the first file that states one."""
    asked = None
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else next(iter(arguments[at + 1 : at + 2]), "")
            asked = next((known for known in LANGUAGES if known == value), None)
    named = (file for argument in arguments if not argument.startswith("-") for file in _files(argument))
    _ASKED.set(asked)
    _CURRENT.set(asked or next(filter(None, map(stated_in, named)), None))


def speak(spoken: Language) -> None:
    """Tell what follows in this language."""
    _CURRENT.set(spoken)


def tell(text: str, *, err: bool = True) -> None:
    """Say something that may hold words of others, such as names of files."""
    click.echo(on_terminal(text), err=err)


def _files(argument: str) -> list[str]:
    """The file of a name, or the scenario files of a folder."""
    with suppress(OSError, ValueError):
        if Path(argument).is_dir():
            return sorted(str(file) for file in Path(argument).glob("*.y*ml"))
    return [argument]


def echo_problems(error: ScenarioError) -> None:
    """The problems of files on stderr, each in the language asked for, else its file's, else the system's."""
    for each in getattr(error, "errors", (error,)):
        stated = stated_in(each.file) if each.file else None
        each.language = _ASKED.get() or stated or (language() if each.file is None else of_system() or "en")
        tell(str(each))
