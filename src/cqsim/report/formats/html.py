"""A report as one self-contained page: no script, no network, everything escaped."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from itertools import count

from jinja2 import Environment, StrictUndefined

from cqsim.messages import say
from cqsim.report.document import Block, Bullets, Document, Image, Table
from cqsim.report.formats.markup import lines
from cqsim.report.formats.pictures import with_pngs


def html_page(document: Document) -> str:
    """The page as HTML, with its charts embedded.

    Parameters
    ----------
    document : Document
    """
    from cqsim import __version__

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    template = environment.from_string(
        files("cqsim.report.formats").joinpath("page.html.j2").read_text(encoding="utf-8")
    )
    document = with_pngs(document)
    numbers = count(1)
    return template.render(
        document=document,
        lang={"zh": "zh-CN"}.get(document.language, document.language),
        version=__version__,
        contents=say("title.contents", document.language),
        kind_of=_kind,
        base64=lambda content: b64encode(content).decode("ascii"),
        lines=lines,
        number=lambda: next(numbers),
    )


def _kind(block: Block) -> str:
    if isinstance(block, str):
        return "text"
    return {Bullets: "bullets", Image: "picture", Table: "table"}[type(block)]
