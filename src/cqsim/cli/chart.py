"""The command `cqsim chart FILE`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cqsim.cli.drawing import missing_characters_named
from cqsim.cli.scenario_options import allow_outside, load_or_exit
from cqsim.cli.speaking.commands import command, option
from cqsim.cli.speaking.language import echo_problems, speak
from cqsim.cli.speaking.told import refuse_both, refused_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cqsim.messages import Language
    from cqsim.scenario.scenario import Scenario


@command()
@click.argument("file")
@option("--kind", required=True, metavar="KIND", about="help.kind")
@option("--indicator", metavar="ID", about="help.indicator")
@option("-o", "--out", required=True, metavar="PICTURE", about="help.picture")
@option("--case", metavar="NAME", about="help.case")
@option("--as-of", type=click.IntRange(1900, 2200), metavar="YEAR", about="help.as_of_chart")
@option("--paths", type=click.IntRange(min=1), about="help.paths")
@option("--accuracy", metavar="PP", about="help.accuracy")
@option("--seed", type=click.IntRange(min=0), about="help.seed")
@option("--threads", type=click.IntRange(min=1), about="help.threads")
@option("--lang", type=click.Choice(["zh", "en"]), about="help.lang_chart")
@option("--size", type=click.Choice(["8", "16"]), default="16", show_default=True, about="help.size")
@allow_outside
def chart(file: str, kind: str, out: str, lang: Any, allow_outside: bool, **options: Any) -> None:
    """Draw one chart of a scenario and save it as a picture."""
    from cqsim.disk.atomic import write_file
    from cqsim.errors import Fault, ScenarioError

    refuse_both(options["paths"], options["accuracy"], "--paths", "--accuracy")
    scenario = load_or_exit(file, outside=allow_outside)
    language: Language = lang or scenario.language
    speak(language)
    try:
        _check(scenario, kind, out, options)
        picture = _picture(_draw(scenario, kind, language, options), out, language)
    except Fault as fault:
        raise refused_for(fault) from None
    except ScenarioError as error:
        echo_problems(error)
        sys.exit(2)
    write_file(out, picture)


def _check(scenario: Scenario, kind: str, out: str, options: dict[str, Any]) -> None:
    """Refuse whatever can be refused before the simulation."""
    from inspect import signature

    from cqsim.errors import Fault, unknown
    from cqsim.report.figures import OF_COMPARISON, OF_LOOKBACK, OF_RESULT
    from cqsim.report.figures.drawing.files import format_of

    indicator = options["indicator"]
    charts = {**OF_RESULT, **OF_COMPARISON, **OF_LOOKBACK}
    if kind not in charts:
        raise unknown("unknown_chart", kind, charts)
    format_of(out)
    wanted = signature(charts[kind]).parameters.get("indicator")
    if indicator is None and wanted is not None and wanted.default is wanted.empty:
        raise Fault("chart_needs_indicator", kind=kind, allowed=list(scenario.indicators))
    if indicator is not None and wanted is None:
        raise Fault("chart_of_all", kind=kind)
    if indicator is not None and indicator not in scenario.indicators:
        raise unknown("unknown_indicator", indicator, scenario.indicators)
    if options["case"] is not None and kind in OF_COMPARISON:
        raise Fault("chart_of_cases", kind=kind)
    if (options["as_of"] is None) == (kind in OF_LOOKBACK):
        raise Fault("chart_needs_year" if kind in OF_LOOKBACK else "chart_of_no_year", kind=kind)


def _draw(scenario: Scenario, kind: str, language: Language, options: dict[str, Any]) -> Axes:
    from cqsim.report.figures import CHARTS, OF_COMPARISON, OF_LOOKBACK

    given: dict[str, Any] = {name: options[name] for name in ("paths", "accuracy", "seed", "threads")}
    if kind in OF_COMPARISON:
        from cqsim.questions.compare import compare

        return CHARTS[kind](compare(scenario, language=language, **given), width=int(options["size"]))
    if kind in OF_LOOKBACK:
        from cqsim.answers.lookback.lookback import lookback

        looked = lookback(scenario, options["as_of"], case=options["case"], language=language, **given)
        return CHARTS[kind](looked, width=int(options["size"]))
    from cqsim.answers.run import run

    result = run(scenario, case=options["case"], language=language, **given)
    named = {} if options["indicator"] is None else {"indicator": options["indicator"]}
    return CHARTS[kind](result, width=int(options["size"]), **named)


def _picture(ax: Axes, out: str, language: Language) -> bytes:
    """The chart as bytes; characters missing from all fonts are named on stderr."""
    from cqsim.report.figures.drawing.files import format_of, rendered

    with missing_characters_named(language):
        return rendered(ax, format_of(out))
