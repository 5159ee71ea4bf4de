"""A layout for single charts: title above, source below, and the axes in the space that is left."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine
from matplotlib.transforms import Bbox

_PAD = 0.04  # inches
_SETTLED = 0.12  # of the axes' sides: what hangs over their edges then hangs nearly as before


class OneChart(LayoutEngine):
    """Lays out a figure that holds one chart.

    Measuring text takes a good part of the time of drawing. Matplotlib's constrained layout measures all of it twice;
    this does so again only where the axes changed much.
    """

    _adjust_compatible: ClassVar[bool] = True
    _colorbar_gridspec: ClassVar[bool] = False

    def execute(self, fig: Figure) -> None:
        """Place the title at the top, the source at the bottom, and the axes between them."""
        if not _fit(fig):
            _fit(fig)


def _fit(figure: Figure) -> bool:
    """Fit the axes in, and say whether their sides stayed much the same."""
    pad, room = _PAD * figure.dpi, figure.bbox
    top, bottom = room.height - pad, pad
    for text in figure.texts:
        if text.get_verticalalignment() == "top":
            text.set_y(top / room.height)
            top = text.get_window_extent().y0 - pad
        else:
            text.set_y(bottom / room.height)
            bottom = text.get_window_extent().y1 + pad
    before = figure.axes[0].get_window_extent()
    outer = Bbox.union([box for ax in figure.axes if (box := ax.get_tightbbox()) is not None])
    after = Bbox.from_extents(
        pad + before.x0 - outer.x0,
        bottom + before.y0 - outer.y0,
        room.width - pad - (outer.x1 - before.x1),
        top - (outer.y1 - before.y1),
    )
    for ax in figure.axes:
        ax.set_position(after.transformed(figure.transFigure.inverted()))
    changes = abs(after.width / before.width - 1), abs(after.height / before.height - 1)
    return max(changes) < _SETTLED
