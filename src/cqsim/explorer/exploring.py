"""From a scenario to its panel in a notebook."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from cqsim.extras import needed
from cqsim.messages import Language
from cqsim.scenario.files.loading import load
from cqsim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from cqsim.explorer.panel import Explorer

_PATHS = 5000  # drawn within a blink; a probability is known to 1.4 percentage points, a difference much better


def explore(
    scenario: Scenario | str | PathLike[str],
    *,
    paths: int = _PATHS,
    seed: int | None = None,
    language: Language | None = None,
) -> Explorer:
    """Move a scenario's figures in a notebook and see the effect on its targets at once.

    Sliders for the target's level and the growth of what it rests on, a switch for every event and lever, and a button
    that writes the changed scenario to a new file. A figure with a distribution is moved as a whole: the slider is its
    median. Every move draws the same random numbers, so that a probability changes only because a figure does;
    the range over what is not known is left to `run`.

    Parameters
    ----------
    scenario : Scenario or path-like
        A file is loaded first.
    paths : int
        Drawn at every move.
    seed : int, optional
        Default: the scenario's.
    language : {"zh", "en"}, optional
        Of labels and notes; default: the scenario's.

    Returns
    -------
    Explorer
        Shown by the notebook; its `scenario` and `result` are those of the sliders as they stand.

    Raises
    ------
    ScenarioError
        When the file is not a sound scenario.
    Fault
        When ipywidgets is not installed: it comes with the extra `widgets`.

    Examples
    --------
    >>> import cqsim
    >>> panel = cqsim.explore("scenarios/nanchuan.yaml")
    >>> panel.target_sliders.children[0].value = 4500.0
    >>> panel.scenario.indicators["visitors"].targets[0].at_least
    Quantity(number=4500.0, unit='', written=4500)
    """
    needed("ipywidgets", "widgets")
    from cqsim.explorer.panel import Explorer
    from cqsim.explorer.trial import Trial

    if isinstance(scenario, Scenario):
        ready, file = scenario, Path(f"{scenario.id}.yaml")
    else:
        ready, file = load(scenario), Path(fspath(scenario))
    trial = Trial(ready, paths, seed, language or ready.language)
    return Explorer(trial, file.with_stem(f"{file.stem}_changed"))
