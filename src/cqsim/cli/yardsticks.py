"""The command `cqsim yardsticks DATA.csv`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cqsim.cli.exits import tell


@click.command()
@click.argument("file", metavar="DATA.csv")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the table.")
def yardsticks(file: str, as_json: bool, lang: Any) -> None:
    """Class series as on track or not by the rules of statistical offices.

    DATA.csv has the columns series, period, value, direction (increase or decrease), and, where there is a target,
    target and target_year; direction and target once per series, in any row.
    """
    from cqsim.answers.assessments import read_assessments
    from cqsim.answers.plain import json_text
    from cqsim.errors import Fault

    try:
        assessments = read_assessments(Path(file))
    except Fault as fault:
        tell(fault.text(lang))
        sys.exit(2)
    for line in assessments.lines(lang):
        tell(line)
    if not assessments.series:
        from cqsim.messages import say

        tell(f"{file}: {say('no_series', lang)}")
        sys.exit(2)
    if as_json:
        click.echo(json_text(assessments.to_dict(lang)).encode())
        return
    from cqsim.report.formats.console_trust import print_assessments

    print_assessments(assessments, lang)
