"""The commands: arguments and exit codes. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper
from pathlib import Path

import click

from cqsim import __version__
from cqsim.cli.backtest import backtest
from cqsim.cli.chart import chart
from cqsim.cli.check import check
from cqsim.cli.exits import Commands
from cqsim.cli.lookback import lookback
from cqsim.cli.new import new
from cqsim.cli.report import report
from cqsim.cli.run import run
from cqsim.cli.schema import schema
from cqsim.cli.sources import sources
from cqsim.cli.speaking.commands import Option
from cqsim.cli.yardsticks import yardsticks


@click.group(cls=Commands, help="help.main", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cqsim", cls=Option, help="help.version")
def main() -> None:
    """Targets under uncertainty: what they require, how likely they are, when they would be reached."""
    gc.set_threshold(50_000, 20, 20)  # modules and models live as long as the command: not to be searched all the time
    if sys.stdout is None:  # it was closed before we came
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # open until the process ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a GBK console shows ? for what it lacks instead of failing
            stream.reconfigure(errors="replace")


main.add_command(backtest)
main.add_command(chart)
main.add_command(check)
main.add_command(lookback)
main.add_command(new)
main.add_command(report)
main.add_command(run)
main.add_command(schema)
main.add_command(sources)
main.add_command(yardsticks)
