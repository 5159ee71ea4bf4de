"""From a scenario to its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike

from cqsim.answers.result import Result
from cqsim.messages import Language
from cqsim.progress import Progress, progress_bar
from cqsim.quantities import Quantity
from cqsim.scenario.files.loading import load
from cqsim.scenario.nouns.run_settings import points
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.engine import Drawn, Length, simulate
from cqsim.simulation.executors import Executor
from cqsim.simulation.executors import threads as pool_of_threads
from cqsim.simulation.plan import plan

_DEFAULT_ACCURACY = "0.1pp"


def run(
    scenario: Scenario | str | PathLike[str],
    *,
    case: str | None = None,
    paths: int | None = None,
    accuracy: str | None = None,
    seed: int | None = None,
    threads: int | None = None,
    executor: Executor | None = None,
    language: Language | None = None,
    progress: bool | Progress = True,
) -> Result:
    """Draw the futures of a scenario and work out what they mean for its targets.

    Parameters
    ----------
    scenario : Scenario or path-like
        A file is loaded first.
    case : str, optional
        With the values of this case.
    paths : int, optional
        A fixed number of paths.
    accuracy : str, optional
        Instead: draw until the 95 % Monte Carlo interval of every hit probability has this half width, as in
        ``"0.1pp"``. Default: what the scenario's `run` block says, else 0.1pp.
    seed : int, optional
        Default: the scenario's.
    threads : int, optional
        Default: one for each processor. The result does not depend on it.
    executor : object with `map`, optional
        Runs the work instead of threads.
    language : {"zh", "en"}, optional
        Of labels and notes; default: the scenario's.
    progress : bool or callable
        A bar for runs of over a second on a terminal or in a notebook; or a function of paths done and expected.

    Returns
    -------
    Result

    Raises
    ------
    ScenarioError
        When the file is not a sound scenario.
    Fault
        When the accuracy is none.

    Examples
    --------
    >>> result = run("scenarios/nanchuan.yaml", paths=20_000, seed=1, progress=False)
    >>> 0.25 < result.answers[0].probability < 0.35
    True
    """
    base = scenario if isinstance(scenario, Scenario) else load(scenario)
    ready = base if case is None else base.case(case)
    chosen = Drawing.of(ready, paths, accuracy, seed, language)
    drawn = chosen.draw([ready], threads, executor, progress)
    return Result(ready, drawn.tallies[0], chosen.seed, chosen.language, case)


@dataclass(frozen=True)
class Drawing:
    """How to draw: what was asked for, else what the scenario says, else the default accuracy."""

    length: Length
    seed: int
    language: Language

    @classmethod
    def of(
        cls, scenario: Scenario, paths: int | None, accuracy: str | None, seed: int | None, language: Language | None
    ) -> Drawing:
        """Settle the options of a run."""
        settings = scenario.run
        if paths is None and accuracy is None:
            paths = settings.paths
            accuracy = str(settings.accuracy) if settings.accuracy else None
        length = Length(paths, None if paths else points(Quantity.parse(accuracy or _DEFAULT_ACCURACY)))
        return cls(length, settings.seed if seed is None else seed, language or scenario.language)

    def draw(
        self, scenarios: Sequence[Scenario], threads: int | None, executor: Executor | None, progress: bool | Progress
    ) -> Drawn:
        """Draw for some scenarios on common random numbers."""
        plans = [plan(scenario) for scenario in scenarios]
        with progress_bar(progress, self.language) as report:
            if executor is not None:
                return simulate(plans, self.seed, self.length, executor, report)
            with pool_of_threads(threads) as pool:
                return simulate(plans, self.seed, self.length, pool, report)
