"""YAML text with positions: plain data, and the line and column of every key and value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from cqsim.errors import Fault, Mark, Path, Problem, nearest
from cqsim.messages import Language
from cqsim.reading.files import read_file
from cqsim.reading.texts import kind_of, line_starts, text_of
from cqsim.scenario.data.yaml_slips import ODD_INDENT, odd_indent, syntax

_LARGEST = 1_000_000
_MOST_NODES = 100_000
_SAFE_NESTING = 5_000
_DEEPEST = 100
_HALF = re.compile("[\ud800-\udfff]")
_TEXT, _MAP, _LIST = ("tag:yaml.org,2002:" + name for name in ("str", "map", "seq"))
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_CONSTANTS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class WrittenFloat(float):
    """A number that remembers how it was written (`1e4`)."""

    written: str

    def __new__(cls, text: str) -> WrittenFloat:
        """Read the text as a number."""
        number = super().__new__(cls, text)
        number.written = text
        return number


class _Loader(yaml.SafeLoader):
    """Composes nodes without resolving scalars: that is done here, by YAML 1.2."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  # a class attribute of PyYAML's


_FastLoader: Any = None
if yaml.__with_libyaml__:

    class _FastLoader(yaml.CSafeLoader):  # type: ignore[no-redef]
        """The same by libyaml, which recurses on the C stack."""

        yaml_implicit_resolvers = {}  # noqa: RUF012  # a class attribute of PyYAML's


@dataclass
class YamlDocument:
    """What a YAML text says, and where.

    Parameters
    ----------
    data : object
        Mappings, lists, texts, numbers, booleans, None; the keys are texts.
    keys, values : dict of path to Mark
        Where each key and each value stands.
    problems : list of Problem
        Duplicate keys and the like.
    starts : list of int
        Where each line of the text begins.
    """

    data: Any = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    nodes: int = 0

    def at(self, position: int) -> Mark:
        """A position in the text as line and column, counted as editors do."""
        line = bisect_right(self.starts, position)
        return Mark(line, position - self.starts[line - 1] + 1)

    def place(self, mark: yaml.Mark) -> Mark:
        """A mark of the parser, which also counts lines that end with a separator no editor ends a line at."""
        return self.at(mark.index)

    def mark(self, problem: Problem) -> Mark | None:
        """The position of a problem: that of its path, or of the nearest block around it."""
        path = problem.path
        if problem.at_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path)


class Unreadable(Exception):
    """A text that is not a YAML document, with the one problem and the language that the text asks for."""

    def __init__(self, fault: Fault, mark: Mark | None = None) -> None:
        super().__init__(fault)
        self.problem = Problem((), fault, mark=mark)
        self.language: Language = "en"


def read_bytes(path: FilePath) -> bytes:
    """The bytes of a file, up to a sensible size.

    Raises
    ------
    Unreadable
        When there is no such file, it is none, or it is too large.
    """
    try:
        return read_file(path, _LARGEST)
    except Fault as fault:
        if fault.key == "reason.no_file":
            raise Unreadable(_missing(path)) from None
        raise Unreadable(fault if fault.key == "file_large" else Fault("file_unreadable", reason=fault)) from None


def _missing(path: FilePath) -> Fault:
    try:
        near = nearest(path.name, [entry.name for entry in path.parent.iterdir()])
    except OSError:
        near = None
    return Fault("file_missing", "near" if near else None, near=near)


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, or in another encoding that can be told for sure.

    Raises
    ------
    Unreadable
        With what it is instead of text, or the place of the first byte that is not UTF-8.
    """
    kind = kind_of(content)
    if kind is not None:
        raise Unreadable(Fault("file_kind", "start_new", kind=kind))
    try:
        return text_of(content)
    except Fault as fault:
        mark = fault.values["mark"]
        raise Unreadable(fault, mark if isinstance(mark, Mark) else None) from None


def parse(text: str) -> YamlDocument:
    """Read YAML 1.2 (core schema) with the position of everything.

    Raises
    ------
    Unreadable
        When it is no YAML.

    Examples
    --------
    >>> document = parse("years: {baseline: 2021}")
    >>> document.data, document.values[("years", "baseline")]
    ({'years': {'baseline': 2021}}, Mark(line=1, column=19))
    """
    try:
        return _read(text)
    except Unreadable as unreadable:
        if re.search(r"^language:\s*zh\b", text, re.MULTILINE):
            unreadable.language = "zh"
        raise


def _read(text: str) -> YamlDocument:
    document = YamlDocument(starts=line_starts(text))
    try:
        node = _compose(text)
        if node is None:
            raise Unreadable(Fault("file_empty"))
        document.data = _build(node, (), document)
    except yaml.MarkedYAMLError as error:
        place = document.place(error.problem_mark) if error.problem_mark else None
        context = document.place(error.context_mark) if error.context_mark else None
        raise Unreadable(*syntax(text, error, place, context)) from None
    except yaml.reader.ReaderError as error:
        fault = Fault("control_character", code=f"U+{ord(text[error.position]):04X}")
        raise Unreadable(fault, document.at(error.position)) from None
    except RecursionError:
        raise Unreadable(Fault("too_deep")) from None
    return document


def _compose(text: str) -> Any:
    """The node tree, by libyaml where that is safe; PyYAML's own parser gives better messages."""
    nesting = sum(text.count(sign) for sign in ("[", "{", "- ", "? "))
    if _FastLoader is not None and nesting < _SAFE_NESTING:
        try:
            return yaml.compose(text, Loader=_FastLoader)
        except yaml.YAMLError:
            pass  # read again below, for the message
    return yaml.compose(text, Loader=_Loader)


def _build(node: Any, path: Path, document: YamlDocument) -> Any:
    document.nodes += 1
    if document.nodes > _MOST_NODES:
        raise Unreadable(Fault("too_many_nodes", most=_MOST_NODES))
    document.values[path] = mark = document.place(node.start_mark)
    if len(path) > _DEEPEST:
        raise Unreadable(Fault("too_deep"), mark)
    if node.tag not in (_TEXT, _MAP, _LIST):
        raise Unreadable(Fault("yaml_tag", tag=node.tag.replace("tag:yaml.org,2002:", "!!")), mark)
    if isinstance(node, yaml.ScalarNode):
        return _joined(node.value, path, document, mark) if node.style else _scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, number), document) for number, item in enumerate(node.value)]
    return dict(_entries(node, path, document))


def _entries(node: Any, path: Path, document: YamlDocument) -> Iterator[tuple[str, Any]]:
    seen: dict[str, Mark] = {}
    for key, value in node.value:
        mark = document.place(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(Fault("complex_key"), mark)
        blank = None if key.style else ODD_INDENT.match(key.value)
        if blank:
            raise Unreadable(odd_indent(blank["blank"]), mark)
        name = _joined(key.value, path, document, mark)
        here = (*path, name)
        if name in seen:
            document.problems.append(Problem(here, Fault("duplicate_key", key=name, line=seen[name].line), mark=mark))
            continue
        seen[name] = document.keys[here] = mark
        yield name, _build(value, here, document)


def _joined(text: str, path: Path, document: YamlDocument, mark: Mark) -> str:
    """A text with the halves of characters that were escaped apart, as JSON does, put together."""
    if not _HALF.search(text):
        return text
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    half = _HALF.search(joined)
    if half:
        document.problems.append(Problem(path, Fault("half_character", code=f"\\u{ord(half[0]):04x}"), mark=mark))
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", joined)


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) < 100:
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)
    return WrittenFloat(text) if _FLOAT.fullmatch(text) else text
