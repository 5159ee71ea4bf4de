"""YAML text with positions: plain data, and the line and column of every key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from cqsim.errors import Fault, Mark, Path, Problem, nearest
from cqsim.messages import Language

_LARGEST = 1_000_000
_MOST_NODES = 100_000
_SAFE_NESTING = 5_000
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
    """

    data: Any = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

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
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise Unreadable(Fault("file_large", size=f"{path.stat().st_size / 1e6:.1f}", largest=_LARGEST // 10**6))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(_missing(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(Fault("file_unreadable", reason=reason)) from None


def _missing(path: FilePath) -> Fault:
    try:
        near = nearest(path.name, [entry.name for entry in path.parent.iterdir()])
    except OSError:
        near = None
    return Fault("file_missing", "near" if near else None, near=near)


def decode(content: bytes) -> str:
    """UTF-8 text, with or without a byte-order mark.

    Raises
    ------
    Unreadable
        With the line of the first byte that is none.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise Unreadable(Fault("utf16")) from None
        before = content[: error.start]
        mark = Mark(before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1)
        raise Unreadable(Fault("not_utf8", "save_utf8", byte=f"{content[error.start]:02X}"), mark) from None


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
    document = YamlDocument()
    try:
        node = _compose(text)
        if node is None:
            raise Unreadable(Fault("file_empty"))
        document.data = _build(node, (), document)
    except yaml.MarkedYAMLError as error:
        raise _syntax(text, error) from None
    except yaml.YAMLError as error:
        raise Unreadable(Fault("not_yaml", reason=str(error).splitlines()[0])) from None
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
    document.values[path] = mark = Mark(node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag not in (_TEXT, _MAP, _LIST):
        raise Unreadable(Fault("yaml_tag", tag=node.tag.replace("tag:yaml.org,2002:", "!!")), mark)
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else _scalar(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, number), document) for number, item in enumerate(node.value)]
    return dict(_entries(node, path, document))


def _entries(node: Any, path: Path, document: YamlDocument) -> Iterator[tuple[str, Any]]:
    seen: dict[str, Mark] = {}
    for key, value in node.value:
        mark = Mark(key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(Fault("complex_key"), mark)
        here = (*path, key.value)
        if key.value in seen:
            document.problems.append(
                Problem(here, Fault("duplicate_key", key=key.value, line=seen[key.value].line), mark=mark)
            )
            continue
        seen[key.value] = document.keys[here] = mark
        yield key.value, _build(value, here, document)


def _scalar(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) < 100:
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)
    return WrittenFloat(text) if _FLOAT.fullmatch(text) else text


# Slips that are seen in the line of the error or in the one before.
_SLIPS = {
    "yaml_full_width_colon": re.compile(r"^\s*(?:- )?\w+\s*：|[{,]\s*\w+："),
    "yaml_full_width_comma": re.compile(r"，\s*\w+\s*:\s"),
    "yaml_alias": re.compile(r":\s*\*[^\s*]"),
    "yaml_comparison": re.compile(r":\s*[<>]=?\s*\d"),
    "yaml_space": re.compile(r"(?:^|[{,])\s*(?:- )?\w+:[^\s/:]"),
}


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Unreadable:
    """A YAML error in plain words, with the slip that usually causes it and its line."""
    mark = error.problem_mark or error.context_mark
    reason = error.problem or error.context or ""
    row, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.splitlines()
    for near in (row, row - 1):
        for slip, pattern in _SLIPS.items():
            match = pattern.search(lines[near]) if 0 <= near < len(lines) else None
            if match:
                place = column if near == row else match.start() + len(match[0]) - len(match[0].lstrip())
                return Unreadable(Fault("not_yaml", slip, reason=reason), Mark(near + 1, place + 1))
    signs = {"'\\t'": "yaml_tab", "'%'": "yaml_percent", "undefined alias": "yaml_alias"}
    hint = next((hint for sign, hint in signs.items() if sign in reason), None)
    return Unreadable(Fault("not_yaml", hint, reason=reason), Mark(row + 1, column + 1) if mark else None)
