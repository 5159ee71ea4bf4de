"""Streams: every draw of a plan as data, under a key that nothing else in the scenario changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Literal, NamedTuple

from cqsim.distributions.laws import Law


class Owner(NamedTuple):
    """Whose draws they are.

    >>> str(Owner("event", "epidemic"))
    'event epidemic'
    """

    kind: Literal["indicator", "event", "lever"]
    id: str

    def __str__(self) -> str:
        return self.id if self.kind == "indicator" else f"{self.kind} {self.id}"


@dataclass(frozen=True)
class Stream:
    """Standard normal values that one part of a plan draws.

    Parameters
    ----------
    owner : Owner
    part : str
        What of it: `baseline`, `noise`, a parameter's name, `happens`, ...
    rows : int
        Values a path.
    law : Law or None
        What is drawn from it, where that is one law; None for noise, and for draws that several figures share.
    unknown : bool
        Whether it is drawn once a path and stands for what is not known, not for chance.
    place : str
        Different places draw different numbers; empty for a scenario of no place.

    Examples
    --------
    >>> visitors = Stream(Owner("indicator", "visitors"), "noise", 5)
    >>> visitors.key
    (2716482187, 2758508699)
    >>> visitors.key == Stream(visitors.owner, "noise", 5, place="Fengjie").key
    False
    """

    owner: Owner
    part: str
    rows: int
    law: Law | None = None
    unknown: bool = False
    place: str = ""

    @cached_property
    def key(self) -> tuple[int, int]:
        """The same on every machine and in every version of Python, for any number of rows."""
        name = f"{self.owner}\0{self.part}" + (f"\0{self.place}" if self.place else "")
        digest = blake2b(name.encode(), digest_size=8).digest()
        return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")
