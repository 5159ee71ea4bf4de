"""Column widths of tables, in Latin letters; a Chinese character takes two."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from math import ceil

from rich.cells import cell_len

_WHOLE = 19  # longer lines may be broken
_SPARE = 1  # letters differ in width


class Wrapping(Enum):
    """Whether every line fits, or some are broken."""

    WHOLE = "whole"
    BROKEN = "broken"


def fitted(rows: Sequence[Sequence[str]], room: float) -> tuple[list[float], Wrapping]:
    """Column widths that fill the room: short lines stay whole, and columns of long text share the rest.

    >>> fitted([["goal", "chance"], ["visitors", "30%"]], 32)
    ([18.0, 14.0], <Wrapping.WHOLE: 'whole'>)
    """
    head, *body = rows
    lines = [
        max(*map(cell_len, ["", *name.split()]), *map(longest_line, column)) + _SPARE
        for name, column in zip(head, list(zip(*body, strict=True)) or [()] * len(head), strict=True)
    ]
    if sum(lines) <= room:
        return [line * room / sum(lines) for line in lines], Wrapping.WHOLE
    # Short lines stay whole; where even they have no room, the longest give way.
    whole = next((kept for kept in range(_WHOLE, 2, -1) if sum(min(line, kept) for line in lines) <= room), 2)
    least = [min(line, whole) for line in lines]
    beyond = [
        sum(max(cell_len(line) - width, 0) for text in column for line in text.split("\n"))
        for width, column in zip(least, zip(*rows, strict=True), strict=True)
    ]
    left = max(room - sum(least), 0) / max(sum(beyond), 1)
    widths = [width + text * left for width, text in zip(least, beyond, strict=True)]
    return [width * room / sum(widths) for width in widths], Wrapping.BROKEN


def lines_in(text: str, width: float) -> int:
    r"""How many lines a text takes in a column.

    >>> lines_in("万人次\nof a year", 4)
    5
    """
    return sum(max(1, ceil(cell_len(line) / width)) for line in text.split("\n"))


def longest_line(text: str) -> int:
    r"""The width of a cell's longest line, at least two letters.

    >>> longest_line("万人次\na")
    6
    """
    return max(2, *(cell_len(line) for line in text.split("\n")))
