"""Targets under uncertainty: how likely they are, what they require, when they would be reached.

Importing cqsim is nearly free: everything heavy is imported by the function that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cqsim.answers.result import Result
    from cqsim.answers.running import run
    from cqsim.distributions.quantiles import Interval, Percentiles
    from cqsim.errors import ScenarioError
    from cqsim.growth.compound import Average, Compound
    from cqsim.growth.fixed import Fixed
    from cqsim.growth.linear import Linear
    from cqsim.growth.logistic import Logistic
    from cqsim.quantities import Quantity
    from cqsim.scenario.indicator import Baseline, Indicator, Target, TimesBaseline
    from cqsim.scenario.loading import load
    from cqsim.scenario.scenario import Correlation, RunSettings, Scenario, Source, Years
    from cqsim.scenario.text import Bilingual

__version__ = "0.1.0"

# Where each public name lives: the table of contents.
_CONTENTS = {
    "cqsim.answers.result": ("Result",),
    "cqsim.answers.running": ("run",),
    "cqsim.distributions.quantiles": ("Interval", "Percentiles"),
    "cqsim.errors": ("ScenarioError",),
    "cqsim.growth.compound": ("Average", "Compound"),
    "cqsim.growth.fixed": ("Fixed",),
    "cqsim.growth.linear": ("Linear",),
    "cqsim.growth.logistic": ("Logistic",),
    "cqsim.quantities": ("Quantity",),
    "cqsim.scenario.indicator": ("Baseline", "Indicator", "Target", "TimesBaseline"),
    "cqsim.scenario.loading": ("load",),
    "cqsim.scenario.text": ("Bilingual",),
    "cqsim.scenario.scenario": ("Correlation", "RunSettings", "Scenario", "Source", "Years"),
}
_MODULE_OF = {name: module for module, names in _CONTENTS.items() for name in names}

__all__ = [
    "Average",
    "Baseline",
    "Bilingual",
    "Compound",
    "Correlation",
    "Fixed",
    "Indicator",
    "Interval",
    "Linear",
    "Logistic",
    "Percentiles",
    "Quantity",
    "Result",
    "RunSettings",
    "Scenario",
    "ScenarioError",
    "Source",
    "Target",
    "TimesBaseline",
    "Years",
    "load",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'cqsim' has no attribute {name!r}")
    return getattr(import_module(_MODULE_OF[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
