"""Number formats with which a spreadsheet shows numbers as the report does."""

from __future__ import annotations

import re

from cqsim.report.document import Cell
from cqsim.report.formats.office import one_line

_SHOWN = re.compile(r"(?P<whole>-?[\d,]+)(?:\.(?P<decimals>\d+))?(?P<percent>%?)(?P<rest>.*)", re.DOTALL)
# A unit, and the years that a figure is of. Another number in the text would be frozen there: it goes into a comment.
_UNIT = re.compile(r'[^\d"\\]{0,40}(\(\d{4}(-\d{4})?\))?')
_PLAIN = {"percent": "0.0%", "number": "General", "text": "General"}


def number_format(cell: Cell) -> tuple[str, bool]:
    r"""A number format for a cell's value, and whether it shows all that the text says.

    >>> number_format(Cell("3,103 万人次\n(2021)", 3103.0, "number"))
    ('#,##0" 万人次 (2021)"', True)
    >>> number_format(Cell("10.0%/年", 0.1001, "percent"))
    ('0.0%"/年"', True)
    >>> number_format(Cell("<0.01%", 0.00002, "percent"))
    ('"<0.01%"', True)
    >>> number_format(Cell("47.0% (+17.0pp)", 0.47, "percent"))
    ('0.0%', False)
    """
    text = cell.text
    if re.fullmatch(r"[<>][\d.]+%", text):  # only rounding would make it certain
        return f'"{text}"', True
    shown = _SHOWN.fullmatch(text)
    if shown is None or cell.form == "text":
        return _PLAIN[cell.form], False
    decimals = f".{'0' * len(shown['decimals'])}" if shown["decimals"] else ""
    number = f"0{decimals}%" if shown["percent"] else f"#,##0{decimals}"
    gap = " " if shown["rest"][:1].isspace() else ""
    rest = gap + one_line(shown["rest"])
    if not _UNIT.fullmatch(rest):
        return number, False
    return (f'{number}"{rest}"' if rest.strip() else number), True
