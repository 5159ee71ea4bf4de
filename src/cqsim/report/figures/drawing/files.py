"""Render charts to files reproducibly: the same chart gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cqsim.disk.atomic import write_file
from cqsim.errors import Fault

Pixels = npt.NDArray[np.uint8]

_METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": "cqsim"},
    "png": {"Software": "cqsim"},
    "pdf": {"CreationDate": None, "Creator": "cqsim", "Producer": None},
}
FORMATS = tuple(_METADATA)
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "cqsim",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",  # at these sizes in print it only shifts letters, and takes time
}
_DPI = 300


def format_of(path: str | PathLike[str]) -> str:
    """The picture format that a file's ending names.

    Raises
    ------
    Fault
        When it names none of svg, png and pdf.

    Examples
    --------
    >>> format_of("fan.SVG")
    'svg'
    """
    ending = Path(path).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        raise Fault("chart_ending", file=Path(path).name, allowed=[f".{name}" for name in FORMATS])
    return ending


def rendered(ax: Axes, format: str, dpi: int = _DPI) -> bytes:
    """The figure of some axes as a picture; text in SVG is drawn as paths, so that it needs no font.

    Parameters
    ----------
    ax : Axes
    format : {"svg", "png", "pdf"}
    dpi : int
        Dots an inch, of PNG.

    Returns
    -------
    bytes
    """
    figure = _figure_of(ax)
    file = BytesIO()
    with mpl.rc_context(_SETTINGS):  # they are as before afterwards
        figure.savefig(file, format=format, metadata=_METADATA[format], dpi=dpi)
    return file.getvalue()


def pixels(ax: Axes, dpi: int) -> Pixels:
    """The figure of some axes as RGBA pixels; drawn once, where a file is drawn twice for its layout.

    Returns
    -------
    ndarray of uint8, shape (height, width, 4)
    """
    figure = _figure_of(ax)
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    with mpl.rc_context(_SETTINGS):
        canvas.draw()  # type: ignore[no-untyped-call]  # matplotlib has no hints here
    return np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]


def _figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if not isinstance(figure, Figure):
        raise TypeError("the axes are on no figure")
    return figure


def save(ax: Axes, path: str | PathLike[str]) -> None:
    """Write a chart to a file, all of it or nothing.

    Parameters
    ----------
    ax : Axes
        As a chart function gives it.
    path : path-like
        Its ending says the format: .svg, .png or .pdf.

    Raises
    ------
    Fault
        When the ending names no picture format.
    OSError
        When the file cannot be written.
    """
    write_file(path, rendered(ax, format_of(path)))
