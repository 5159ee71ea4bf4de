"""How a run is done: the options that every verb takes, and what they come to for one scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from inspect import Parameter, signature
from numbers import Integral
from os import PathLike
from typing import Any, TypedDict, TypeVar

from cqsim.errors import Fault
from cqsim.messages import Language
from cqsim.progress import Progress
from cqsim.quantities import Quantity
from cqsim.scenario.files.loading import load
from cqsim.scenario.nouns.run_settings import points
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.engine import Length
from cqsim.simulation.executors import Executor
from cqsim.simulation.executors import threads as pool_of_threads

_DEFAULT_ACCURACY = "0.1pp"
_DEFAULTS = {"progress": True, "range": True}  # of the options that are not None when left out


class RunOptions(TypedDict, total=False):
    """Options of `run` and of everything that runs scenarios; each may be left out.

    Parameters
    ----------
    case : str
        With the values of this case.
    changes : mapping of str to value
        Other values at some paths, as for `Scenario.replace`; a case is applied after them.
    paths : int
        A fixed number of paths.
    accuracy : str
        Instead: draw until the 95 % Monte Carlo interval of every hit probability has this half width, as in
        ``"0.1pp"``. Default: what the scenario's `run` block says, else 0.1pp.
    seed : int
        Default: the scenario's.
    threads : int
        Default: one for each processor. The result does not depend on it.
    executor : object with `map`
        Runs the work instead of threads.
    language : {"zh", "en"}
        Of labels and caveats; default: the scenario's.
    progress : bool or callable
        A bar for runs of over a second on a terminal or in a notebook; or a function of paths done and expected.
    range : bool
        Whether to work out, for each probability, its range over what is not known, and what drives the outcomes.
        Default: yes.

    Examples
    --------
    >>> import cqsim
    >>> options = cqsim.RunOptions(paths=2000, seed=1, progress=False)
    >>> cqsim.run("scenarios/nanchuan.yaml", **options).paths
    2000
    """

    case: str | None
    changes: Mapping[str, Any] | None
    paths: int | None
    accuracy: str | None
    seed: int | None
    threads: int | None
    executor: Executor | None
    language: Language | None
    progress: bool | Progress
    range: bool


F = TypeVar("F", bound=Callable[..., Any])


def takes_run_options(function: F) -> F:
    """Show the options one by one in `help` and in completions, where the code says `**options`."""
    parameters = signature(function).parameters.values()
    own = [parameter for parameter in parameters if parameter.kind is not Parameter.VAR_KEYWORD]
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=hint.__forward_arg__)
        for name, hint in RunOptions.__annotations__.items()
    ]
    function.__signature__ = signature(function).replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    return function


def prepared(scenario: Scenario | str | PathLike[str], options: RunOptions) -> Scenario:
    """The scenario that is run: loaded, changed, with its case.

    Raises
    ------
    ScenarioError
        When the file is not sound, a path does not exist, or there is no such case.
    """
    ready = scenario if isinstance(scenario, Scenario) else load(scenario)
    changes, case = options.get("changes"), options.get("case")
    if changes:
        ready = ready.replace(changes)
    return ready if case is None else ready.case(case)


@dataclass(frozen=True)
class Settings:
    """What the options come to: as asked for, else as the scenario says, else the default accuracy."""

    length: Length
    seed: int
    language: Language
    threads: int | None
    executor: Executor | None
    progress: bool | Progress
    range: bool

    @classmethod
    def of(cls, scenario: Scenario, options: RunOptions) -> Settings:
        """Settle the options of a run.

        Raises
        ------
        Fault
            When the accuracy is none, another option is out of its bounds, or paths and accuracy are both given.
        """
        unknown = [name for name in options if name not in RunOptions.__annotations__]
        if unknown:
            raise TypeError(f"no such option: {', '.join(unknown)}; there are {', '.join(RunOptions.__annotations__)}")
        _refuse_slips(options)
        paths, accuracy = options.get("paths"), options.get("accuracy")
        if paths is None and accuracy is None:
            paths = scenario.run.paths
            accuracy = str(scenario.run.accuracy) if scenario.run.accuracy else None
        seed = options.get("seed")
        return cls(
            length=Length(paths, None if paths else points(Quantity.parse(accuracy or _DEFAULT_ACCURACY))),
            seed=scenario.run.seed if seed is None else seed,
            language=options.get("language") or scenario.language,
            threads=options.get("threads"),
            executor=options.get("executor"),
            progress=options.get("progress", _DEFAULTS["progress"]),
            range=options.get("range", _DEFAULTS["range"]),
        )

    @contextmanager
    def workers(self) -> Iterator[Executor]:
        """Who does the work: the caller's executor, or threads that end with the run."""
        if self.executor is not None:
            yield self.executor
            return
        with pool_of_threads(self.threads) as pool:
            yield pool


def _refuse_slips(options: RunOptions) -> None:
    for name, least in (("paths", 1), ("threads", 1), ("seed", 0)):
        value: Any = options.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, Integral) or value < least):
            raise Fault("option_whole", option=name, least=least, value=repr(value))
    language = options.get("language")
    if language not in (None, "zh", "en"):
        raise Fault("option_language", value=repr(language))
    if options.get("paths") is not None and options.get("accuracy") is not None:
        raise Fault("not_both", names=["paths", "accuracy"])
