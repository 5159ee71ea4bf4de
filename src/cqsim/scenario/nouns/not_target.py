"""A goal without a probability."""

from __future__ import annotations

from cqsim.evidence import Sourced


class NotTarget(Sourced):
    """A goal that cannot be given a probability, and why."""

    goal: str
    """The goal in the words of its source."""
    reason: str
    """Why no probability can be given."""
