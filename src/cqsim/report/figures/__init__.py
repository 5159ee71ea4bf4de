"""Charts of results, comparisons and backtests: plain functions that draw on matplotlib axes and return them.

A new chart is one module with one function, named in the table of what it is drawn from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from matplotlib.axes import Axes

from cqsim.answers.backtest.running import Backtest
from cqsim.answers.lookback.lookback import LookBack
from cqsim.answers.result import Result
from cqsim.questions.compare import Comparison
from cqsim.report.figures.calendar import calendar
from cqsim.report.figures.cases import cases
from cqsim.report.figures.contributions import contributions
from cqsim.report.figures.fan import fan
from cqsim.report.figures.first_hit import first_hit
from cqsim.report.figures.growth import growth
from cqsim.report.figures.joint import joint
from cqsim.report.figures.lookback import lookback
from cqsim.report.figures.probabilities import probabilities
from cqsim.report.figures.reliability import reliability

Draw = Callable[..., Axes]

OF_RESULT: Mapping[str, Draw] = {
    "fan": fan,
    "probabilities": probabilities,
    "growth": growth,
    "first_hit": first_hit,
    "joint": joint,
    "contributions": contributions,
    "calendar": calendar,
}
OF_COMPARISON: Mapping[str, Draw] = {"cases": cases}
OF_BACKTEST: Mapping[str, Draw] = {"reliability": reliability}
OF_LOOKBACK: Mapping[str, Draw] = {"lookback": lookback}
_CHARTS_OF: Mapping[type, Mapping[str, Draw]] = {
    Result: OF_RESULT,
    Comparison: OF_COMPARISON,
    Backtest: OF_BACKTEST,
    LookBack: OF_LOOKBACK,
}
CHARTS: Mapping[str, Draw] = {**OF_RESULT, **OF_COMPARISON, **OF_BACKTEST, **OF_LOOKBACK}
"""Every kind of chart and the function that draws it."""


def charts_of(answers: object) -> Mapping[str, Draw]:
    """The charts that can be drawn of a result, a comparison, a backtest or a look-back."""
    return _CHARTS_OF.get(type(answers), {})
