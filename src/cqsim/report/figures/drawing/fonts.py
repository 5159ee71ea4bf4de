"""Which fonts charts use, so that Chinese, signs such as ㎡ and rare place names are all there.

Globals of matplotlib's settings are never touched; a font file is only made known to its list of fonts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from cqsim.errors import Fault, unknown

VARIABLE = "CQSIM_FONT"
"""Environment variable: the family or the file of a font."""
LAST = "DejaVu Sans"
"""The last resort, which comes with matplotlib."""
_CARRIER = "zhplot"  # a wheel that holds an open font; it is located, never imported, for its import changes settings
_INSTALLED = (
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "SimHei",
    "Heiti SC",
    "Noto Sans CJK JP",
)
_WARNING = re.compile(r"Glyph (\d+) .*missing from")
_FILES = (".ttf", ".otf", ".ttc")


def families(font: str | None = None) -> list[str]:
    """The font families searched for each character, in order.

    Parameters
    ----------
    font : str, optional
        Family or file of the font that comes first; default: what the environment variable CQSIM_FONT says. After it
        come the first Chinese font that is installed, the one that the zhplot package carries, and DejaVu Sans.

    Returns
    -------
    list of str

    Raises
    ------
    Fault
        When there is no such font.

    Examples
    --------
    >>> families("DejaVu Serif")[0]
    'DejaVu Serif'
    """
    asked = font or os.environ.get(VARIABLE)
    names = [] if asked is None else [_asked(asked)]
    names += [name for name in _INSTALLED if name in _known()][:1]
    file = carried()
    if file is not None:
        names.append(_family_of(file))
    return list(dict.fromkeys([*names, LAST]))


def carried() -> Path | None:
    """The Chinese font file that comes with the package zhplot; None where that is not installed."""
    spec = find_spec(_CARRIER)
    folders = (spec and spec.submodule_search_locations) or ()
    return next((file for folder in folders for file in sorted(Path(folder, "fonts").glob("*.ttf"))), None)


def missing(warnings: Iterable[str]) -> str:
    """The characters that no font covers, read from matplotlib's warnings.

    >>> missing(["Glyph 37210 (N) missing from font(s) DejaVu Sans."])
    '酚'
    """
    matches = (_WARNING.match(warning) for warning in warnings)
    return "".join(sorted({chr(int(match[1])) for match in matches if match}))


def _asked(font: str) -> str:
    path = Path(font)
    if path.suffix.lower() in _FILES:
        if not path.is_file():
            raise Fault("font_missing", file=font)
        return _family_of(path)
    names = {name.casefold(): name for name in _known()}
    if font.casefold() not in names:
        raise unknown("unknown_font", font, sorted(names.values()))
    return names[font.casefold()]


def _known() -> set[str]:
    from matplotlib.font_manager import fontManager

    return {entry.name for entry in fontManager.ttflist}


@cache
def _family_of(file: Path) -> str:
    """The family of a font file, which is registered with matplotlib."""
    from matplotlib.font_manager import fontManager
    from matplotlib.ft2font import FT2Font

    try:
        name = FT2Font(str(file)).family_name
        if not any(entry.fname == str(file) for entry in fontManager.ttflist):
            fontManager.addfont(file)
    except (OSError, RuntimeError):
        raise Fault("font_unreadable", file=str(file)) from None
    return name
