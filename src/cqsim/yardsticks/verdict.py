"""What a rule says about a record, and how a value is assigned to a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

# A value this near a border counts as on it: 0.95 reached by division may be 0.95 less one bit.
TOLERANCE = 1e-9

Measure = Literal["ratio", "growth", "index"]


@dataclass(frozen=True)
class Verdict:
    """What one rule says.

    Parameters
    ----------
    standing : str or None
        The class; `not_assessable` with a reason; None for an index without classes.
    measure : {"ratio", "growth", "index"}
        What `value` is: observed over required growth; growth a year in the wanted direction; or an index in which
        0 is the base and 10 the target.
    value : float or None
        None where it is not defined.
    score : float or None
        From -5 to 5, for the rule that has scores.
    reason : str or None
        Why there is no class: `one_point`, `no_rate`, `base_is_target`, `past_due`, `no_target` or `crossed`.
    """

    standing: str | None
    measure: Measure
    value: float | None = None
    score: float | None = None
    reason: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The verdict as it stands in JSON documents."""
        about = {"class": self.standing, "measure": self.measure, "value": self.value}
        about |= {} if self.score is None else {"score": self.score}
        return about | ({} if self.reason is None else {"reason": self.reason})


class Step(NamedTuple):
    """A class and its lower border; the border itself belongs to it unless it is open."""

    border: float
    standing: str
    is_open: bool = False


def place(value: float, steps: Sequence[Step], below: str) -> str:
    """The class of a value: the first step that it reaches, up to the tolerance.

    >>> place(0.95 - 1e-15, [Step(0.95, "on_track")], "behind")
    'on_track'
    >>> place(0.95 + 1e-15, [Step(0.95, "on_track", is_open=True)], "behind")
    'behind'
    """
    for border, standing, is_open in steps:
        if value > border + TOLERANCE if is_open else value >= border - TOLERANCE:
            return standing
    return below


def unassessable(measure: Measure, reason: str) -> Verdict:
    """No class, with the reason."""
    return Verdict("not_assessable", measure, reason=reason)
