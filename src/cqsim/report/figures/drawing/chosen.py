"""The targets that a chart is asked to show."""

from __future__ import annotations

from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.errors import Fault


def answers_of(result: Result, indicator: str) -> list[TargetAnswer]:
    """The answers for the targets of an indicator.

    Raises
    ------
    Fault
        When there is no such indicator, or it has no target.
    """
    answers = [answer for answer in result.answers if answer.indicator == indicator]
    if not answers:
        result.quantile_rows(indicator)  # refuses what is no indicator
        having = list(dict.fromkeys(answer.indicator for answer in result.answers))
        raise Fault("chart_no_target", id=indicator, allowed=having)
    return answers
