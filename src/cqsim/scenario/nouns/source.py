"""A source of figures."""

from __future__ import annotations

from cqsim.noun import Noun
from cqsim.scenario.nouns.years import Year


class Source(Noun):
    """A publication or page that figures come from."""

    title: str
    """Title of the publication or page."""
    publisher: str | None = None
    """Who published it."""
    year: Year | None = None
    """Year of publication."""
    date: str | None = None
    """Date of publication, when more than the year is known."""
    url: str | None = None
    """Where it was seen."""
    note: str | None = None
    """What to bear in mind."""
