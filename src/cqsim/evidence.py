"""How well a figure is known, and the fields of blocks that say so."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from cqsim.noun import Noun


class Evidence(StrEnum):
    """Grade of a figure, from best to worst."""

    OFFICIAL = "official"
    REPORTED = "reported"
    DERIVED = "derived"
    ASSUMED = "assumed"


_ORDER = list(Evidence)


def worst(grades: Iterable[Evidence]) -> Evidence:
    """The worst of some grades.

    >>> worst([Evidence.OFFICIAL, Evidence.ASSUMED, Evidence.REPORTED])
    <Evidence.ASSUMED: 'assumed'>
    """
    return max(grades, key=_ORDER.index)


def derived_from(own: Evidence, inputs: Iterable[Evidence]) -> Evidence:
    """The grade of a figure that may depend on others: `derived` takes the grade of its worst input.

    >>> derived_from(Evidence.DERIVED, [Evidence.REPORTED])
    <Evidence.REPORTED: 'reported'>
    >>> derived_from(Evidence.DERIVED, [])
    <Evidence.DERIVED: 'derived'>
    """
    grades = [*inputs] if own is Evidence.DERIVED else [own, *inputs]
    return worst(grades) if grades else own


class Sourced(Noun):
    """A block that may say where its figures come from; it speaks for all of them."""

    evidence: Evidence | None = None
    """Grade of the block's figures: official, reported, derived or assumed."""
    source: str | None = None
    """Key of an entry under `sources`."""
    note: str | None = None
    """Caution, definition or reason, in the analyst's words."""


class Graded(Sourced):
    """A block that must say how well its figures are known."""

    evidence: Evidence
