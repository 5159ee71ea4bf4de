"""Charts of a report as pictures; one that cannot be drawn leaves a sentence in its place."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from typing import TypeVar

from cqsim.errors import Fault
from cqsim.messages import Language, say
from cqsim.report.document import Block, Document, Image, Picture
from cqsim.report.figures.drawing.files import Pixels, pixels, rendered

_DPI = 160
_COLOURS = 64

T = TypeVar("T")


def with_pngs(document: Document) -> Document:
    """The report with its charts as PNG; each is compressed while the next is drawn."""
    with ThreadPoolExecutor(1) as pool:

        def packed(picture: Picture) -> Future[bytes]:
            return pool.submit(_packed, pixels(picture.draw(), _DPI))

        drawn = {picture.name: _drawn(picture, packed, document.language) for picture in _pictures(document)}
    return _with(document, {name: each if isinstance(each, str) else each.result() for name, each in drawn.items()})


def with_svgs(document: Document) -> Document:
    """The report with its charts as SVG."""
    drawn = {
        picture.name: _drawn(picture, lambda each: rendered(each.draw(), "svg"), document.language)
        for picture in _pictures(document)
    }
    return _with(document, drawn)


def small_png(picture: Picture) -> bytes:
    """A chart as PNG."""
    return _packed(pixels(picture.draw(), _DPI))


def _pictures(document: Document) -> list[Picture]:
    return [block for block in document.blocks() if isinstance(block, Picture)]


def _drawn(picture: Picture, draw: Callable[[Picture], T], language: Language) -> T | str:
    """What a chart gives, or a sentence that says why there is none: no chart costs a whole report."""
    try:
        return draw(picture)
    except Exception as error:
        reason = error.text(language) if isinstance(error, Fault) else f"{type(error).__name__}: {error}"
        return say("picture_left_out", language, caption=picture.caption, reason=reason)


def _with(document: Document, drawn: dict[str, bytes | str]) -> Document:
    def put(block: Block) -> Block:
        if not isinstance(block, Picture):
            return block
        content = drawn[block.name]
        return content if isinstance(content, str) else Image(block.name, content, block.caption, block.alt)

    return replace(document, sections=tuple(section.with_blocks(put) for section in document.sections))


def _packed(drawn: Pixels) -> bytes:
    """PNG with a reduced palette: sharp on screen and in print, at a fifth of the size."""
    from PIL import Image as Drawing

    file = BytesIO()
    image = Drawing.fromarray(drawn).convert("RGB")
    image.quantize(_COLOURS, Drawing.Quantize.FASTOCTREE, dither=Drawing.Dither.NONE).save(file, "png")
    return file.getvalue()
