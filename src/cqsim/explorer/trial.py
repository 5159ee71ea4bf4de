"""A scenario with moved figures and switched events and levers, and its result."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from cqsim.answers.result import Result
from cqsim.answers.run import run
from cqsim.messages import Language, say
from cqsim.scenario.inputs import MovableInput
from cqsim.scenario.nouns.change import Event, Lever
from cqsim.scenario.scenario import Scenario

Changing = Literal["events", "levers"]
_THEN = {"zh": "；", "en": "; "}


class Trial:
    """Changes to a scenario and their result, always with the same random numbers.

    Parameters
    ----------
    written : Scenario
    paths : int
    seed : int or None
        Default: the scenario's.
    language : {"zh", "en"}
    """

    def __init__(self, written: Scenario, paths: int, seed: int | None, language: Language) -> None:
        self.written = written
        self.language = language
        self._paths = paths
        self._seed = seed
        self._moved: dict[str, tuple[MovableInput, float]] = {}
        self._turned: dict[str, Any] = {}

    def value(self, movable: MovableInput) -> float:
        """Where a figure stands now."""
        return self._moved[movable.path][1] if movable.path in self._moved else movable.value

    def move(self, movable: MovableInput, value: float) -> None:
        """Move a figure; back at its written value it is as in the file."""
        self._moved.pop(movable.path, None)
        if round(value - movable.value, 9):
            self._moved[movable.path] = (movable, value)

    def can_turn(self, kind: Changing, id: str) -> bool:
        """Whether it can be switched: an event with probability zero has no written probability to return to."""
        return kind == "levers" or not self.written.events[id].is_off

    def turn(self, kind: Changing, id: str, on: bool) -> None:
        """Switch an event or a lever on, at its written probability, or off."""
        change: Event | Lever = getattr(self.written, kind)[id]
        is_rate = isinstance(change, Event) and change.rate is not None
        path = f"{kind}.{id}.{'rate' if is_rate else 'probability'}"
        self._turned.pop(path, None)
        if on == change.is_off:
            self._turned[path] = "100%" if on else 0 if is_rate else "0%"

    @property
    def scenario(self) -> Scenario:
        """The current scenario; moved figures are graded as assumed.

        Raises
        ------
        ScenarioError
            When the figures do not fit together.
        """
        changes = dict(self._turned)
        keys = defaultdict(list)
        for movable, value in self._moved.values():
            keys[movable.block].append(movable.key)
            said = say("explore.moved", self.language, list=keys[movable.block])
            changes |= {
                movable.path: movable.at(value),
                f"{movable.block}.evidence": "assumed",
                f"{movable.block}.note": _THEN[self.language].join(filter(None, (movable.note, said))),
            }
        return self.written.replace(changes) if changes else self.written

    def result(self) -> Result:
        """The result of the current scenario.

        Raises
        ------
        ScenarioError
            When the figures do not fit together.
        """
        return run(
            self.scenario,
            paths=self._paths,
            seed=self._seed,
            threads=1,
            language=self.language,
            progress=False,
            range=False,
        )
