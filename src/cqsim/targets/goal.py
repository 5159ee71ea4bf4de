"""A target in plain numbers: which measure, on which side of which bounds, when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cqsim.targets.measure import Measure

Sense = Literal["at_least", "at_most", "between"]
SENSES: tuple[Sense, ...] = ("at_least", "at_most", "between")
When = Literal["year", "reached_by"]

# A value that misses a bound by rounding alone counts as a hit.
TOLERANCE = 1e-12


@dataclass(frozen=True)
class Goal:
    """What is wanted of one indicator.

    Parameters
    ----------
    measure : Measure
        What is measured of its levels.
    sense : {"at_least", "at_most", "between"}
    bounds : tuple of float
        One or two, in the measure's unit, or as multiples of the baseline.
    relative : bool
        Whether the bounds are multiples of each path's own baseline.
    when : {"year", "reached_by"}
    due : int
        Years from the indicator's baseline to the target year.
    is_share : bool
        Whether the indicator is a share between 0 and 100 %, so that uplifts move its log-odds.
    """

    measure: Measure
    sense: Sense
    bounds: tuple[float, ...]
    relative: bool
    when: When
    due: int
    is_share: bool = False

    @property
    def holds(self) -> bool:
        """Whether what is asked is from which year on it holds, not when it is first reached; see `holds_from`."""
        return holds_from(self.sense, self.when)


def holds_from(sense: Sense, when: When) -> bool:
    """Whether a target is one to stay below in its year: it may hold from the start and be lost on the way.

    >>> holds_from("at_most", "year"), holds_from("at_least", "year")
    (True, False)
    """
    return sense == "at_most" and when == "year"
