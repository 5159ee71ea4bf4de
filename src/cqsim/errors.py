"""Faults, their places, and the error that lists them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cqsim.messages import Language, say
from cqsim.messages.glossary import meant

Path = tuple[str | int, ...]
# Characters that steer a terminal or turn a line round; tabs and line breaks are none of them.
STEERING = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
_LONGEST = 120
_MOST_NAMES = 40

# Characters that nobody sees, or that turn a line round, as texts bring them from web pages; those that join letters
# of Indic, Arabic, Mongolian writing and emoji belong to the word when they follow one.
INVISIBLE = re.compile(
    "[\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200e\\u200f\\u2028\\u2029\\u2060-\\u2064\\u206a-\\u206f"
    "\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb\\U000e0000-\\U000e007f]"
    "|(?<![\\u0600-\\u109f\\u1780-\\u18af\\ufe0f\\U0001f000-\\U0001faff])[\\u200c\\u200d]"
)


def on_terminal(text: str) -> str:
    r"""Text as a terminal may show it: a mark in the place of what steers it or cannot be seen.

    >>> on_terminal("a\u200bb\x1b[31m\n")
    'a�b�[31m\n'
    """
    return INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", STEERING.sub("\N{REPLACEMENT CHARACTER}", text))


class Fault(ValueError):
    """A fault without its place: a message key, an optional hint key, and their values.

    Validators raise it; whoever knows the place turns it into a `Problem`.

    >>> str(Fault("unknown_key", "near", key="lable", allowed=["label", "unit"], near="label"))
    "unknown key 'lable'; allowed here: label, unit (did you mean 'label'?)"
    """

    def __init__(self, key: str, hint: str | None = None, /, **values: object) -> None:
        super().__init__(key, hint, values)
        self.key = key
        self.hint = hint
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild_fault, (self.key, self.hint, self.values)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, language: Language) -> str:
        """The sentence in one language, with the hint in brackets after it."""
        values = {name: _brief(value, language) for name, value in self.values.items()}
        sentence = say(self.key, language, **values)
        if self.hint is None:
            return sentence
        return say("with_hint", language, sentence=sentence, hint=say(f"hint.{self.hint}", language, **values))


def _brief(value: object, language: Language) -> object:
    """A value as a message shows it: no message repeats a whole file."""
    if isinstance(value, Fault):
        return value.text(language)
    if isinstance(value, list | tuple):
        shown = [_brief(part, language) for part in value[:_MOST_NAMES]]
        return shown + ["…"] * (len(value) > _MOST_NAMES)
    if isinstance(value, int) and abs(value) >= 10**_LONGEST:
        return f">1e{_LONGEST}"  # Python refuses to print very long ones
    return cut(value) if isinstance(value, str) else value


def cut(text: str) -> str:
    """A text as a message quotes it.

    >>> len(cut("9" * 5000))
    121
    """
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _rebuild_fault(key: str, hint: str | None, values: dict[str, object]) -> Fault:
    return Fault(key, hint, **values)


@dataclass(frozen=True)
class Mark:
    """A place in a text file, counted from one as editors do."""

    line: int
    column: int


@dataclass(frozen=True)
class Problem:
    """A fault and its place: the path in the scenario, and the mark if it came from a file."""

    path: Path
    fault: Fault
    at_key: bool = False
    mark: Mark | None = field(default=None, compare=False)

    def line(self, file: str | None, language: Language) -> str:
        """The problem as one line: `file:line:column  path: message (hint)`."""
        place = ":".join(str(part) for part in _place(file, self.mark))
        where = dotted(tuple(cut(part) if isinstance(part, str) else part for part in self.path))
        text = self.fault.text(language)
        line = "  ".join(part for part in (place, f"{where}: {text}" if where else text) if part)
        return on_terminal(line).replace("\n", " ")


def _place(file: str | None, mark: Mark | None) -> Iterable[str | int]:
    if file is not None:
        yield file
    if mark is not None:
        yield mark.line
        yield mark.column


class ScenarioError(Exception):
    """All problems of a scenario, in the order of the file.

    Parameters
    ----------
    problems : sequence of Problem
    file : str, optional
        The file's name as the user gave it.
    language : {"zh", "en"}
        The language of the text.
    """

    def __init__(self, problems: Sequence[Problem], file: str | None = None, language: Language = "en") -> None:
        super().__init__(problems, file, language)
        self.problems = tuple(problems)
        self.file = file
        self.language = language

    def __str__(self) -> str:
        return "\n".join(problem.line(self.file, self.language) for problem in self.problems)


class ScenarioErrors(ScenarioError):
    """All problems of several files, each line with its file.

    Parameters
    ----------
    errors : sequence of ScenarioError
        One a file, or a folder that holds none.
    """

    def __init__(self, errors: Sequence[ScenarioError]) -> None:
        super().__init__([problem for error in errors for problem in error.problems], language=errors[0].language)
        self.args = (errors,)
        self.errors = tuple(errors)

    def __str__(self) -> str:
        return "\n".join(map(str, self.errors))


def dotted(path: Path) -> str:
    """A path as people write it.

    >>> dotted(("indicators", "visitors", "targets", 0, "year"))
    'indicators.visitors.targets[0].year'
    """
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that `name` means, else the most similar one; None when none is near.

    >>> nearest("vistors", ["visitors", "spend"]), nearest("增长", ["growth"])
    ('visitors', 'growth')
    """
    names = list(allowed)
    return meant(name.strip(), names) or next(iter(difflib.get_close_matches(cut(name), names, n=1, cutoff=0.6)), None)


def unknown(sentence: str, name: str, allowed: Iterable[str], **values: object) -> Fault:
    """A fault about a name that is not allowed, with the nearest allowed one as its hint."""
    names = list(allowed)
    near = nearest(name, names)
    return Fault(sentence, "near" if near else None, key=name, allowed=names, near=near, **values)
