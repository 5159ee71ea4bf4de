"""The command `cqsim report FILE... -o report.html`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cqsim.cli.drawing import draw_files, missing_characters_named
from cqsim.cli.scenario_options import allow_outside
from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import speak, tell
from cqsim.cli.speaking.told import refused_for


@command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option("-o", "--output", required=True, metavar="REPORT", about="help.report_file")
@option("--template", metavar="T.docx", about="help.template")
@option("--case", metavar="NAME|all", about="help.case_or_all")
@option("--paths", type=click.IntRange(min=1), about="help.paths")
@option("--accuracy", metavar="PP", about="help.accuracy")
@option("--seed", type=click.IntRange(min=0), about="help.seed")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_report")
@allow_outside
def report(
    files: tuple[str, ...],
    output: str,
    template: str | None,
    case: str | None,
    lang: Any,
    allow_outside: bool,
    **options: Any,
) -> None:
    """Run scenarios and write a report: a web page, Markdown with pictures, a Word document or a workbook."""
    from cqsim.errors import Fault
    from cqsim.messages import say
    from cqsim.report.writing import check_files, write_report

    try:
        check_files(Path(output), template)
        answer = draw_files(files, case, (), lang, allow_outside, options)
        speak(lang or answer.language)
        with missing_characters_named(lang or answer.language):
            write_report(answer, output, template)
    except Fault as fault:
        raise refused_for(fault) from None
    tell(say("report_written", lang or answer.language, path=output), err=False)
