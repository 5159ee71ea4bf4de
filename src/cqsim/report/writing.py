"""Write reports to files; the file extension decides the format."""

from __future__ import annotations

from importlib.util import find_spec
from os import PathLike
from pathlib import Path

from cqsim.disk.atomic import name_of, write_file, write_with_parts
from cqsim.errors import Fault
from cqsim.report.content.chapters import Reported, document
from cqsim.report.document import Document

ENDINGS = (".html", ".md", ".docx", ".xlsx")
_NEEDS = {".docx": "docx", ".xlsx": "xlsxwriter"}


def write_report(answers: Reported, path: str | PathLike[str], template: str | PathLike[str] | None = None) -> None:
    """Write a report; parameters and errors are those of `cqsim.answers.surface.Answers.report`."""
    target = Path(path)
    kind = check_files(target, template)
    if kind == ".md":
        _write_markdown(document(answers), target)
    else:
        write_file(target, _content(document(answers), kind, template))


def check_files(path: Path, template: str | PathLike[str] | None = None) -> str:
    """The extension of a report's file, once the format and the template are known to be usable."""
    kind = path.suffix.lower()
    if kind not in ENDINGS:
        raise Fault("report_ending", file=path.name, allowed=ENDINGS)
    if template is not None and kind != ".docx":
        raise Fault("template_of_word", file=path.name)
    if kind in _NEEDS and find_spec(_NEEDS[kind]) is None:
        raise Fault("office_missing", file=path.name)
    if template is not None:
        from cqsim.report.formats.word_styles import from_template

        from_template(template)
    return kind


def _content(report: Document, kind: str, template: str | PathLike[str] | None) -> bytes:
    if kind == ".docx":
        from cqsim.report.formats.word import word_document

        return word_document(report, template)
    if kind == ".xlsx":
        from cqsim.report.formats.workbook import workbook

        return workbook(report)
    from cqsim.report.formats.html import html_page

    return html_page(report).encode()


def _write_markdown(report: Document, target: Path) -> None:
    from cqsim.report.formats.markdown import markdown_text, pictures_of
    from cqsim.report.formats.pictures import with_svgs

    drawn = with_svgs(report)
    pictures = pictures_of(drawn)
    folder = f"{target.stem}_files"
    text = markdown_text(drawn, f"{folder}/{name_of(pictures)}")
    write_with_parts(target, text.encode(), folder, pictures)
