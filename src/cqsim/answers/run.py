"""From a scenario to its result: everything that is drawn is drawn here, under one seed and one executor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from os import PathLike
from typing import Unpack

from cqsim.answers.answering import Spread, answered
from cqsim.answers.options import RunOptions, Settings, prepared, takes_run_options
from cqsim.answers.result import Result
from cqsim.answers.target.drivers import drivers
from cqsim.progress import progress_bar
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.pairs import Pairs
from cqsim.simulation.counts.tally import Tally
from cqsim.simulation.engine import simulate
from cqsim.simulation.executors import Executor
from cqsim.simulation.plan.building import plan
from cqsim.simulation.ranges import chances


@takes_run_options
def run(scenario: Scenario | str | PathLike[str], **options: Unpack[RunOptions]) -> Result:
    """Draw the futures of a scenario and work out what they mean for its targets.

    Parameters
    ----------
    scenario : Scenario or path-like
        A file is loaded first.
    **options
        See `RunOptions`: paths or accuracy, seed, case, changes, threads or executor, language, progress, range.

    Returns
    -------
    Result

    Raises
    ------
    ScenarioError
        When the file is not a sound scenario, or the changes and the case do not fit it.
    Fault
        When the accuracy is none.

    Examples
    --------
    >>> result = run("scenarios/nanchuan.yaml", paths=20_000, seed=1, progress=False)
    >>> 0.25 < result.answers[0].probability < 0.35
    True
    """
    ready = prepared(scenario, options)
    runs = draw([ready], [options.get("case")], Settings.of(ready, options))
    return runs.results[0]


@dataclass(frozen=True)
class Runs:
    """What was drawn for scenarios that share their random numbers.

    Parameters
    ----------
    results : tuple of Result
        One a scenario.
    tallies : tuple of Tally
        What they were read from; it goes when its reader is done.
    pairs : tuple of Pairs
        Each scenario after the first against the first.
    """

    results: tuple[Result, ...]
    tallies: tuple[Tally, ...]
    pairs: tuple[Pairs, ...]


def draw(scenarios: Sequence[Scenario], cases: Sequence[str | None], settings: Settings) -> Runs:
    """Draw for some scenarios on common random numbers, and answer.

    Parameters
    ----------
    scenarios : sequence of Scenario
    cases : sequence of str or None
        The case whose values each of them has.
    settings : Settings
    """
    plans = [plan(scenario) for scenario in scenarios]
    with settings.workers() as workers:
        with progress_bar(settings.progress, settings.language) as report:
            drawn = simulate(plans, settings.seed, settings.length, workers, report)
        results = [
            answered(scenario, tally, settings, case, _spread(scenario, tally, settings, workers))
            for scenario, tally, case in zip(scenarios, drawn.tallies, cases, strict=True)
        ]
    return Runs(tuple(results), tuple(drawn.tallies), tuple(drawn.pairs))


def _spread(scenario: Scenario, tally: Tally, settings: Settings, workers: Executor) -> Spread | None:
    if not settings.range:
        return None
    by_state = chances(tally.plan, settings.seed, workers)
    sources = partial(drivers, scenario, seed=settings.seed, language=settings.language)
    (causes,) = workers.map(sources, [tally.plan])
    return Spread(by_state, causes)
