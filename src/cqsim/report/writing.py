"""Reports as files: the ending of the name says the kind."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from cqsim.errors import Fault
from cqsim.report.chapters import Reported, document
from cqsim.report.document import Document
from cqsim.scenario.saving import write_atomically

ENDINGS = (".html", ".md")


def write_report(found: Reported, path: str | PathLike[str]) -> None:
    """Write the report of a run.

    Parameters
    ----------
    found : Result, Comparison or Overview
    path : path-like
        `.html` (one page), or `.md` with its pictures in a folder beside it.

    Raises
    ------
    Fault
        When the ending is none of these.
    OSError
        When a file cannot be written; what stood there stays.
    """
    target = Path(path)
    kind = check_ending(target)
    report = document(found)
    if kind == ".html":
        from cqsim.report.html import html_page

        write_atomically(target, html_page(report).encode())
    else:
        _write_markdown(report, target)


def check_ending(path: Path) -> str:
    """The ending of a report's file, when it is one that can be written."""
    kind = path.suffix.lower()
    if kind not in ENDINGS:
        raise Fault("report_ending", file=path.name, allowed=ENDINGS)
    return kind


def _write_markdown(report: Document, target: Path) -> None:
    from cqsim.report.markdown import markdown_files

    for name, content in markdown_files(report, target.stem).items():
        file = target.parent / name
        file.parent.mkdir(exist_ok=True)
        write_atomically(file, content)
