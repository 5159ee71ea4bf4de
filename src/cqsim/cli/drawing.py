"""From a command's files and options to its result; shared by `run` and `report`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cqsim.cli.exits import tell
from cqsim.cli.scenario_options import load_all_or_exit, load_or_exit

if TYPE_CHECKING:
    from cqsim.answers.overview import Overview
    from cqsim.answers.result import Result
    from cqsim.questions.compare import Comparison
    from cqsim.scenario.scenario import Scenario

_ALL = "all"


def draw_files(
    files: Sequence[str],
    case: str | None,
    sets: Sequence[str],
    lang: Any,
    outside: bool,
    options: dict[str, Any],
    checks: Sequence[Callable[[], object]] = (),
) -> Result | Comparison | Overview:
    """Run one scenario, with a case or with all of them, or several scenarios; exit code 2 for what cannot be run.

    What `checks` refuse is refused before anything is drawn, in the language of the scenario.
    """
    from cqsim.errors import Fault

    several = len(files) > 1 or Path(files[0]).is_dir()
    if options["paths"] is not None and options["accuracy"] is not None:
        raise click.UsageError("--paths and --accuracy cannot be given together")
    if sets and several:
        raise click.UsageError("--set changes one scenario: name a single file")
    if case is not None and several:
        raise click.UsageError("--case names a case of one scenario: name a single file")
    scenarios = load_all_or_exit(files, outside) if several else [load_or_exit(files[0], sets, outside)]
    try:
        for check in checks:
            check()
        return _draw_all(scenarios, lang, options) if several else _draw(scenarios[0], case, lang, options)
    except Fault as fault:
        raise click.UsageError(fault.text(lang or scenarios[0].language)) from None


def _draw(scenario: Scenario, case: str | None, lang: Any, options: dict[str, Any]) -> Result | Comparison:
    from cqsim.errors import ScenarioError

    try:
        if case == _ALL:
            from cqsim.questions.compare import compare

            return compare(scenario, language=lang, **options)
        from cqsim.answers.run import run as draw

        return draw(scenario, case=case, language=lang, **options)
    except ScenarioError as error:
        tell(str(error))
        sys.exit(2)


def _draw_all(scenarios: list[Scenario], lang: Any, options: dict[str, Any]) -> Overview:
    from cqsim.answers.overview import Overview

    return Overview.of(scenarios, language=lang, **options)
