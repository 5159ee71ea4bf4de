"""Targets under uncertainty: how likely they are, what they require, when they would be reached.

Importing cqsim is nearly free: everything heavy is imported by the function that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cqsim.answers.backtest.running import Backtest, backtest
    from cqsim.answers.comparison import Comparison, compare
    from cqsim.answers.lookback import LookBack, lookback
    from cqsim.answers.overview import Overview, overview
    from cqsim.answers.result import Result
    from cqsim.answers.running import run
    from cqsim.distributions.quantiles import Interval, Percentiles
    from cqsim.errors import ScenarioError
    from cqsim.explorer.exploring import explore
    from cqsim.growth.bass import Bass
    from cqsim.growth.bootstrap import Bootstrap
    from cqsim.growth.compound import Average, Compound
    from cqsim.growth.count import Count
    from cqsim.growth.fixed import Fixed
    from cqsim.growth.gompertz import Gompertz
    from cqsim.growth.linear import Linear
    from cqsim.growth.logistic import Logistic
    from cqsim.growth.milestones import Milestones, Project
    from cqsim.growth.proportion import Proportion
    from cqsim.growth.regimes import Regime, Regimes
    from cqsim.growth.staged import Stage, Staged
    from cqsim.growth.trend import Trend, TrendPrior
    from cqsim.quantities import Quantity
    from cqsim.scenario.cases import Case
    from cqsim.scenario.change import Effect, Event, Lever
    from cqsim.scenario.history import History, Point
    from cqsim.scenario.indicator import Baseline, Indicator, Target, TimesBaseline
    from cqsim.scenario.loading import load
    from cqsim.scenario.scenario import Correlation, NotTarget, RunSettings, Scenario, Source, Years
    from cqsim.scenario.text import Bilingual

__version__ = "0.1.0"

# Where each public name lives: the table of contents.
_CONTENTS = {
    "cqsim.answers.backtest.running": ("Backtest", "backtest"),
    "cqsim.answers.comparison": ("Comparison", "compare"),
    "cqsim.answers.lookback": ("LookBack", "lookback"),
    "cqsim.answers.overview": ("Overview", "overview"),
    "cqsim.answers.result": ("Result",),
    "cqsim.answers.running": ("run",),
    "cqsim.distributions.quantiles": ("Interval", "Percentiles"),
    "cqsim.errors": ("ScenarioError",),
    "cqsim.explorer.exploring": ("explore",),
    "cqsim.growth.bass": ("Bass",),
    "cqsim.growth.bootstrap": ("Bootstrap",),
    "cqsim.growth.compound": ("Average", "Compound"),
    "cqsim.growth.count": ("Count",),
    "cqsim.growth.fixed": ("Fixed",),
    "cqsim.growth.gompertz": ("Gompertz",),
    "cqsim.growth.linear": ("Linear",),
    "cqsim.growth.logistic": ("Logistic",),
    "cqsim.growth.milestones": ("Milestones", "Project"),
    "cqsim.growth.proportion": ("Proportion",),
    "cqsim.growth.regimes": ("Regime", "Regimes"),
    "cqsim.growth.staged": ("Stage", "Staged"),
    "cqsim.growth.trend": ("Trend", "TrendPrior"),
    "cqsim.quantities": ("Quantity",),
    "cqsim.scenario.cases": ("Case",),
    "cqsim.scenario.change": ("Effect", "Event", "Lever"),
    "cqsim.scenario.history": ("History", "Point"),
    "cqsim.scenario.indicator": ("Baseline", "Indicator", "Target", "TimesBaseline"),
    "cqsim.scenario.loading": ("load",),
    "cqsim.scenario.scenario": ("Correlation", "NotTarget", "RunSettings", "Scenario", "Source", "Years"),
    "cqsim.scenario.text": ("Bilingual",),
}
_MODULE_OF = {name: module for module, names in _CONTENTS.items() for name in names}

__all__ = [
    "Average",
    "Backtest",
    "Baseline",
    "Bass",
    "Bilingual",
    "Bootstrap",
    "Case",
    "Comparison",
    "Compound",
    "Correlation",
    "Count",
    "Effect",
    "Event",
    "Fixed",
    "Gompertz",
    "History",
    "Indicator",
    "Interval",
    "Lever",
    "Linear",
    "Logistic",
    "LookBack",
    "Milestones",
    "NotTarget",
    "Overview",
    "Percentiles",
    "Point",
    "Project",
    "Proportion",
    "Quantity",
    "Regime",
    "Regimes",
    "Result",
    "RunSettings",
    "Scenario",
    "ScenarioError",
    "Source",
    "Stage",
    "Staged",
    "Target",
    "TimesBaseline",
    "Trend",
    "TrendPrior",
    "Years",
    "backtest",
    "compare",
    "explore",
    "load",
    "lookback",
    "overview",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'cqsim' has no attribute {name!r}")
    return getattr(import_module(_MODULE_OF[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
