"""From a command's files and options to its result; shared by `run` and `report`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cqsim.cli.scenario_options import load_all_or_exit, load_or_exit
from cqsim.cli.speaking.language import echo_problems, tell
from cqsim.cli.speaking.told import refuse_both, refused, refused_for

if TYPE_CHECKING:
    from cqsim.answers.overview import Overview
    from cqsim.answers.result import Result
    from cqsim.messages import Language
    from cqsim.questions.compare import Comparison
    from cqsim.scenario.scenario import Scenario

_ALL = "all"


@contextmanager
def missing_characters_named(language: Language) -> Iterator[None]:
    """While pictures are drawn: characters missing from all fonts are named once on stderr, in place of warnings."""
    import warnings

    from cqsim.errors import Fault
    from cqsim.messages import say
    from cqsim.report.figures.drawing.fonts import VARIABLE, missing

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    characters = missing(str(warning.message) for warning in caught)
    if characters:
        fault = Fault("glyphs_missing", "other_font", characters=characters, variable=VARIABLE)
        tell(f"{say('caution', language)}: {fault.text(language)}")


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
    refuse_both(options["paths"], options["accuracy"], "--paths", "--accuracy")
    if sets and several:
        raise refused("cli.single_file", option="--set")
    if case is not None and several:
        raise refused("cli.single_file", option="--case")
    scenarios = load_all_or_exit(files, outside) if several else [load_or_exit(files[0], sets, outside)]
    try:
        for check in checks:
            check()
        return _draw_all(scenarios, lang, options) if several else _draw(scenarios[0], case, lang, options)
    except Fault as fault:
        raise refused_for(fault) from None


def _draw(scenario: Scenario, case: str | None, lang: Any, options: dict[str, Any]) -> Result | Comparison:
    from cqsim.errors import ScenarioError

    try:
        if case == _ALL:
            from cqsim.questions.compare import compare

            return compare(scenario, language=lang, **options)
        from cqsim.answers.run import run as draw

        return draw(scenario, case=case, language=lang, **options)
    except ScenarioError as error:
        echo_problems(error)
        sys.exit(2)


def _draw_all(scenarios: list[Scenario], lang: Any, options: dict[str, Any]) -> Overview:
    from cqsim.answers.overview import Overview

    return Overview.of(scenarios, language=lang, **options)
