"""Captions and labels shared by several charts."""

from __future__ import annotations

from collections import Counter

from cqsim import __version__
from cqsim.answers.result import Result
from cqsim.messages import say
from cqsim.questions.compare import BASE
from cqsim.report.figures.drawing.style import Width
from cqsim.report.wording import wanted
from cqsim.scenario.nouns.text import text_in


def source_of(result: Result) -> str:
    """The source line: seed, paths, version and scenario of a result."""
    return say(
        "chart.source",
        result.language,
        seed=result.seed,
        paths=f"{result.paths:,}",
        version=__version__,
        scenario=result.scenario.sha256[:8],
    )


def titled(result: Result, what: str) -> str:
    """What a chart shows and where, and in which case, if any."""
    title = say("chart.title", result.language, what=what, where=result.title)
    if result.case is None:
        return title
    return say("chart.in_case", result.language, title=title, case=case_label(result, result.case))


def titled_as(result: Result, kind: str) -> str:
    """The title of a chart of all targets: what its kind shows, and where."""
    return titled(result, say(f"caption.{kind}", result.language))


def case_label(result: Result, name: str) -> str:
    """The label of a case; the base case has one of its own."""
    if name == BASE:
        return say("column.base", result.language)
    case = result.scenario.cases.get(name)  # the scenario of a case holds no cases any more
    return text_in((case and case.label) or name, result.language)


def target_labels(result: Result, width: Width) -> list[str]:
    """Labels of the targets, with what they demand where there is room or where two share a name."""
    language = result.language
    times = Counter(answer.label for answer in result.answers)
    return [
        answer.label if width == 8 and times[answer.label] == 1 else f"{answer.label}\n{wanted(answer, language)}"
        for answer in result.answers
    ]


def label_of(result: Result, indicator: str) -> str:
    """Name of an indicator in the result's language."""
    return text_in(result.scenario.indicators[indicator].label or indicator, result.language)
