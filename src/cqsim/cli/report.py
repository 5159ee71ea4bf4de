"""The command `cqsim report FILE... -o report.html`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cqsim.cli.drawing import draw_files
from cqsim.cli.exits import speak, tell
from cqsim.cli.scenario_options import allow_outside


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o", "--output", required=True, metavar="REPORT", help="File to write, ending in .html, .md, .docx or .xlsx."
)
@click.option(
    "--template", metavar="T.docx", help="For .docx: Word document whose styles, margins, headers and footers are used."
)
@click.option(
    "--case", metavar="NAME|all", help="Use the values of this case; all: compare every case with the base case."
)
@click.option("--paths", type=click.IntRange(min=1), help="Number of paths.")
@click.option("--accuracy", metavar="PP", help="Draw until every probability is this accurate, such as 0.1pp.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the random streams.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the report; default: the scenario's.")
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
        write_report(answer, output, template)
    except Fault as fault:
        raise click.UsageError(fault.text(lang or "en")) from None
    tell(say("report_written", lang or answer.language, path=output), err=False)
