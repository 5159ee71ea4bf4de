"""Lines of help broken by the width that they take on the screen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

import click


class Formatter(click.HelpFormatter):
    """Lines broken by the width that they take on the screen, where a Chinese character takes two columns."""

    def write_heading(self, heading: str) -> None:
        """A heading, which ends with the colon of its language."""
        self.write(f"{'':>{self.current_indent}}{heading}\n")

    def write_text(self, text: str) -> None:
        """A paragraph, or several, broken into lines."""
        for paragraph in text.split("\n\n"):
            if self.buffer and self.buffer[-1] != "\n":
                self.write("\n")
            for line in wrapped(" ".join(paragraph.split()), self.width - self.current_indent):
                self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms and what they mean, in two columns."""
        listed = list(rows)
        first = min(max(len(term) for term, _ in listed), col_max) + col_spacing
        for term, text in listed:
            lines = list(wrapped(text, max(self.width - self.current_indent - first, 20)))
            is_long = len(term) > first - col_spacing
            self.write(f"{'':>{self.current_indent}}{term}{chr(10) if is_long else ' ' * (first - len(term))}")
            indent = " " * (self.current_indent + first)
            self.write(f"{indent * is_long}{f'{chr(10)}{indent}'.join(lines)}\n")


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most so many columns, broken at blanks and between Chinese characters, never before their signs.

    >>> list(wrapped("目标达标的概率，一次", 8)), list(wrapped("draw one chart", 9))
    (['目标达标', '的概率，', '一次'], ['draw one', 'chart'])
    """
    line = ""
    for piece in re.findall(r"[^\s\u2e80-\uffef]+[，。；：、）]*|[\u2e80-\uffef][，。；：、）]*|\s", text):
        if line and _columns(line + piece) > width:
            yield line.rstrip()
            line = ""
        line += piece if line or piece.strip() else ""
    if line.strip():
        yield line.rstrip()


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text.rstrip())
