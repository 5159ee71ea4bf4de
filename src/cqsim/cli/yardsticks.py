"""The command `cqsim yardsticks DATA.csv`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import language, tell


@command()
@click.argument("file", metavar="DATA.csv")
@option("--json", "as_json", is_flag=True, about="help.json")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_tables")
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
        tell(fault.text(language()))
        sys.exit(2)
    spoken = lang or language("zh")
    for line in assessments.lines(spoken):
        tell(line)
    if not assessments.series:
        from cqsim.messages import say

        tell(f"{file}: {say('no_series', spoken)}")
        sys.exit(2)
    if as_json:
        click.echo(json_text(assessments.to_dict(spoken)).encode())
        return
    from cqsim.report.formats.console_trust import print_assessments

    print_assessments(assessments, spoken)
