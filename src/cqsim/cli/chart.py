"""The command `cqsim chart FILE`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cqsim.cli.exits import speak, tell
from cqsim.cli.scenario_options import allow_outside, load_or_exit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cqsim.messages import Language
    from cqsim.scenario.scenario import Scenario


@click.command()
@click.argument("file")
@click.option(
    "--kind", required=True, metavar="KIND", help="Kind of chart, such as fan; an unknown name lists all kinds."
)
@click.option("--indicator", metavar="ID", help="Indicator to show, for charts of one indicator.")
@click.option("-o", "--out", required=True, metavar="PICTURE", help="File to write, ending in .svg, .png or .pdf.")
@click.option("--case", metavar="NAME", help="Use the values of this case.")
@click.option("--as-of", type=click.IntRange(1900, 2200), metavar="YEAR", help="For look-backs, see `cqsim lookback`.")
@click.option("--paths", type=click.IntRange(min=1), help="Number of paths.")
@click.option("--accuracy", metavar="PP", help="Draw until every probability is this accurate, such as 0.1pp.")
@click.option("--seed", type=click.IntRange(min=0), help="Seed of the random streams.")
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    help="Number of threads; default: one per processor. Does not change results.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of the chart; default: the scenario's.")
@click.option("--size", type=click.Choice(["8", "16"]), default="16", show_default=True, help="Width in cm.")
@allow_outside
def chart(file: str, kind: str, out: str, lang: Any, allow_outside: bool, **options: Any) -> None:
    """Draw one chart of a scenario and save it as a picture."""
    from cqsim.disk.atomic import write_file
    from cqsim.errors import Fault, ScenarioError

    if options["paths"] is not None and options["accuracy"] is not None:
        raise click.UsageError("--paths and --accuracy cannot be given together")
    scenario = load_or_exit(file, outside=allow_outside)
    language: Language = lang or scenario.language
    speak(language)
    try:
        _check(scenario, kind, out, options)
        picture = _picture(_draw(scenario, kind, language, options), out, language)
    except Fault as fault:
        raise click.UsageError(fault.text(language)) from None
    except ScenarioError as error:
        tell(str(error))
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
    import warnings

    from cqsim.errors import Fault
    from cqsim.messages import say
    from cqsim.report.figures.drawing.files import format_of, rendered
    from cqsim.report.figures.drawing.fonts import VARIABLE, missing

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        picture = rendered(ax, format_of(out))
    characters = missing(str(warning.message) for warning in caught)
    if characters:
        fault = Fault("glyphs_missing", "other_font", characters=characters, variable=VARIABLE)
        tell(f"{say('caution', language)}: {fault.text(language)}")
    return picture
