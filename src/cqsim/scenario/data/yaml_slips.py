"""What is wrong with a text that is no YAML, in plain words, with the slip that usually causes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from cqsim.errors import Fault, Mark
from cqsim.reading.texts import lines_of

_ODD_BLANK = "\u00a0\u1680\u180e\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
ODD_INDENT = re.compile(f"[ \\t]*(?P<blank>[{_ODD_BLANK}])")
"""A line, or a key, that begins with a blank that YAML takes for a letter."""
_BLANKS = {"\u00a0": "blank.no_break", "\u202f": "blank.no_break", "\u3000": "blank.full_width"}
# Slips that are seen in the line of the error or in the one before.
_SLIPS = {
    "yaml_line_break": re.compile("[\\x85\\u2028\\u2029]"),
    "yaml_full_width_bracket": re.compile(r"(?:^|[:,\[{-])\s*[｛［【]|[:,]\s[^'\"#]*[｝］】]\s*$"),
    "yaml_full_width_colon": re.compile(r"^\s*(?:- )?\w+\s*：|[{,]\s*\w+："),
    "yaml_full_width_comma": re.compile(r"，\s*\w+\s*:\s"),
    "yaml_full_width_quote": re.compile(r":\s*[“”]"),
    "yaml_alias": re.compile(r":\s*\*[^\s*]"),
    "yaml_comparison": re.compile(r":\s*[<>]=?\s*\d"),
    "yaml_percent_unit": re.compile(r"(?:^|[{,])\s*(?:- )?unit:\s*%"),
    "yaml_percent": re.compile(r":\s*%"),
    "yaml_tab": re.compile(r"^ *\t"),
    "yaml_space": re.compile(r"(?:^|[{,])\s*(?:- )?\w+:[^\s/:]"),
}
# Words of the parser's own messages, and ours.
_REASONS = (
    ("could not find expected ':'", "yaml.colon_missing"),
    ("mapping values are not allowed", "yaml.colon_again"),
    ("mapping keys are not allowed", "yaml.colon_again"),
    ("sequence entries are not allowed", "yaml.dash"),
    (r"character '\t'", "yaml.tab"),
    ("character '%'", "yaml.directive"),
    ("cannot start any token", "yaml.sign"),
    ("unexpected end of stream", "yaml.quote"),
    ("unexpected document separator", "yaml.quote"),
    ("escape", "yaml.escape"),
    ("expected <block end>", "yaml.indent"),
    ("or '}'", "yaml.brace"),
    ("or ']'", "yaml.bracket"),
    ("another document", "yaml.document"),
    ("'<document start>'", "yaml.document"),
    ("undefined alias", "yaml.alias"),
    ("anchor", "yaml.anchor"),
    ("an alias", "yaml.anchor"),
    ("directive", "yaml.directive"),
    ("block scalar", "yaml.block"),
    ("tag", "yaml.tag"),
    ("expected the node content", "yaml.value"),
)
_NO_COLON = re.compile(r"\s*(?:- )?(?=\w+\s[^:#]*$)")
_SIGN = re.compile(r"'(?:[^'\\]|\\.)+'|\"[^\"]+\"")


def odd_indent(blank: str) -> Fault:
    """The fault of a line that begins with such a blank."""
    return Fault("odd_indent", code=f"U+{ord(blank):04X}", name=Fault(_BLANKS.get(blank, "blank.other")))


def syntax(text: str, error: yaml.MarkedYAMLError, place: Mark | None, context: Mark | None) -> tuple[Fault, Mark]:
    """A YAML error in plain words, and where the slip stands that usually causes it.

    Parameters
    ----------
    text : str
    error : MarkedYAMLError
    place, context : Mark or None
        Where the parser stopped, and where the block begins that it was reading.
    """
    mark = place or context or Mark(1, 1)
    lines = lines_of(text)
    for row in range(mark.line, 0, -1):
        indented = ODD_INDENT.match(lines[row - 1])
        if indented and lines[row - 1].strip():
            return odd_indent(indented["blank"]), Mark(row, indented.start("blank") + 1)
    for row, slip, match in _slips(lines, mark.line):
        before = match.start() + len(match[0]) - len(match[0].lstrip()) + 1
        return Fault("no_yaml", slip), Mark(row, mark.column if row == mark.line else before)
    reason = _reason(error, context or mark)
    above = _NO_COLON.match(lines[mark.line - 2]) if mark.line > 1 else None
    if reason.key == "yaml.colon_again" and above:
        return Fault("not_yaml", reason=Fault("yaml.colon_missing")), Mark(mark.line - 1, above.end() + 1)
    is_alias = reason.key == "yaml.alias"
    return Fault("not_yaml", "yaml_alias" if is_alias else None, reason=reason), mark


def _slips(lines: list[str], row: int) -> Iterator[tuple[int, str, re.Match[str]]]:
    """Slips in the line of the error, else in the one before."""
    for near in (row, row - 1):
        for slip, pattern in _SLIPS.items():
            match = pattern.search(lines[near - 1]) if 0 < near <= len(lines) else None
            if match:
                yield near, slip, match


def _reason(error: yaml.MarkedYAMLError, context: Mark) -> Fault:
    said = f"{error.context or ''} {error.problem or ''}"
    key = next((key for words, key in _REASONS if words in said), "yaml.other")
    sign = _SIGN.search(error.problem or "")
    return Fault(key, line=context.line, sign=sign[0] if sign else "")
