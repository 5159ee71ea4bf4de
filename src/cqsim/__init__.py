"""Targets under uncertainty: how likely they are, what they require, when they would be reached.

Importing cqsim is nearly free: everything heavy is imported by the function that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cqsim.answers.backtest.running import Backtest, backtest
    from cqsim.answers.lookback.lookback import LookBack, lookback
    from cqsim.answers.options import RunOptions
    from cqsim.answers.overview import Overview, overview
    from cqsim.answers.result import Result
    from cqsim.answers.run import run
    from cqsim.distributions.quantiles import Interval, Percentiles
    from cqsim.errors import ScenarioError
    from cqsim.explorer.exploring import explore
    from cqsim.growth.models.bass import Bass
    from cqsim.growth.models.bootstrap import Bootstrap
    from cqsim.growth.models.compound import Average, Compound
    from cqsim.growth.models.count import Count
    from cqsim.growth.models.fixed import Fixed
    from cqsim.growth.models.gompertz import Gompertz
    from cqsim.growth.models.linear import Linear
    from cqsim.growth.models.logistic import Logistic
    from cqsim.growth.models.milestones import Milestones, Project
    from cqsim.growth.models.proportion import Proportion
    from cqsim.growth.models.regimes import Regime, Regimes
    from cqsim.growth.models.staged import Stage, Staged
    from cqsim.growth.models.trend import Trend, TrendPrior
    from cqsim.quantities import Quantity
    from cqsim.questions.compare import Comparison, compare
    from cqsim.scenario.files.loading import load
    from cqsim.scenario.nouns.baseline import Baseline
    from cqsim.scenario.nouns.case import Case
    from cqsim.scenario.nouns.change import Effect, Event, Lever
    from cqsim.scenario.nouns.correlation import Correlation
    from cqsim.scenario.nouns.history import History, Point
    from cqsim.scenario.nouns.indicator import Indicator
    from cqsim.scenario.nouns.not_target import NotTarget
    from cqsim.scenario.nouns.run_settings import RunSettings
    from cqsim.scenario.nouns.source import Source
    from cqsim.scenario.nouns.target import Target, TimesBaseline
    from cqsim.scenario.nouns.text import Bilingual
    from cqsim.scenario.nouns.years import Years
    from cqsim.scenario.scenario import Scenario
    from cqsim.simulation.counts.estimate import Estimate

__version__ = "0.1.0"

# Where each public name lives: the table of contents.
_CONTENTS = {
    "cqsim.answers.backtest.running": ("Backtest", "backtest"),
    "cqsim.questions.compare": ("Comparison", "compare"),
    "cqsim.answers.lookback.lookback": ("LookBack", "lookback"),
    "cqsim.answers.overview": ("Overview", "overview"),
    "cqsim.answers.options": ("RunOptions",),
    "cqsim.answers.result": ("Result",),
    "cqsim.answers.run": ("run",),
    "cqsim.simulation.counts.estimate": ("Estimate",),
    "cqsim.distributions.quantiles": ("Interval", "Percentiles"),
    "cqsim.errors": ("ScenarioError",),
    "cqsim.explorer.exploring": ("explore",),
    "cqsim.growth.models.bass": ("Bass",),
    "cqsim.growth.models.bootstrap": ("Bootstrap",),
    "cqsim.growth.models.compound": ("Average", "Compound"),
    "cqsim.growth.models.count": ("Count",),
    "cqsim.growth.models.fixed": ("Fixed",),
    "cqsim.growth.models.gompertz": ("Gompertz",),
    "cqsim.growth.models.linear": ("Linear",),
    "cqsim.growth.models.logistic": ("Logistic",),
    "cqsim.growth.models.milestones": ("Milestones", "Project"),
    "cqsim.growth.models.proportion": ("Proportion",),
    "cqsim.growth.models.regimes": ("Regime", "Regimes"),
    "cqsim.growth.models.staged": ("Stage", "Staged"),
    "cqsim.growth.models.trend": ("Trend", "TrendPrior"),
    "cqsim.quantities": ("Quantity",),
    "cqsim.scenario.nouns.change": ("Effect", "Event", "Lever"),
    "cqsim.scenario.nouns.history": ("History", "Point"),
    "cqsim.scenario.nouns.baseline": ("Baseline",),
    "cqsim.scenario.nouns.case": ("Case",),
    "cqsim.scenario.nouns.correlation": ("Correlation",),
    "cqsim.scenario.nouns.indicator": ("Indicator",),
    "cqsim.scenario.nouns.not_target": ("NotTarget",),
    "cqsim.scenario.nouns.run_settings": ("RunSettings",),
    "cqsim.scenario.nouns.source": ("Source",),
    "cqsim.scenario.nouns.target": ("Target", "TimesBaseline"),
    "cqsim.scenario.nouns.years": ("Years",),
    "cqsim.scenario.files.loading": ("load",),
    "cqsim.scenario.scenario": ("Scenario",),
    "cqsim.scenario.nouns.text": ("Bilingual",),
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
    "Estimate",
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
    "RunOptions",
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
