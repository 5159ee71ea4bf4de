"""A report as one self-contained page: no script, no network, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from io import BytesIO
from itertools import count

from jinja2 import Environment, StrictUndefined

from cqsim.messages import say
from cqsim.report.document import Block, Bullets, Document, Picture, Table
from cqsim.report.figures.files import rendered
from cqsim.report.markup import is_text, lines

_DPI = 180
_COLOURS = 64


def html_page(document: Document) -> str:
    """The page as text; charts are SVG inside of it.

    Parameters
    ----------
    document : Document
    """
    from cqsim import __version__

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    template = environment.from_string(files("cqsim.report").joinpath("page.html.j2").read_text(encoding="utf-8"))
    numbers = count(1)
    return template.render(
        document=document,
        lang={"zh": "zh-CN"}.get(document.language, document.language),
        version=__version__,
        contents=say("title.contents", document.language),
        kind_of=_kind,
        drawn=lambda picture: b64encode(small_png(picture)).decode("ascii"),
        is_text=is_text,
        lines=lines,
        number=lambda: next(numbers),
    )


def small_png(picture: Picture) -> bytes:
    """A chart as PNG, sharp on screens and in print but with as few colours as charts need: a fifth of the bytes."""
    from PIL import Image

    drawn = Image.open(BytesIO(rendered(picture.draw(), "png", _DPI))).convert("RGB")
    file = BytesIO()
    drawn.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "png")
    return file.getvalue()


def _kind(block: Block) -> str:
    if isinstance(block, str):
        return "text"
    return {Bullets: "bullets", Picture: "picture", Table: "table"}[type(block)]
