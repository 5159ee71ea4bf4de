"""Values of an indicator by year, written in the scenario or in a CSV file beside it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, Self

from pydantic import model_validator

from cqsim.errors import Fault
from cqsim.evidence import Evidence, Graded, Sourced
from cqsim.noun import Frozen
from cqsim.quantities import Quantity, shown
from cqsim.scenario.nouns.years import Year, year_of
from cqsim.units import amount

RECORDS = ("history", "observations")
"""Keys of an indicator that hold such values."""


class Point(Sourced):
    """The value of one year."""

    year: Year
    """Calendar year."""
    value: Quantity
    """In the indicator's unit."""
    published: Year | None = None
    """Year in which it was published; default: the year after."""


def last_point(history: Any) -> dict[str, Any] | None:
    """The last value of a history, written or read, as a baseline block; None when none can be read.

    >>> last_point({"values": {2020: 7, 2021: 8}, "evidence": "official"})
    {'evidence': 'official', 'value': 8, 'year': 2021}
    """
    written = history.model_dump(exclude_unset=True) if isinstance(history, History) else history
    if not isinstance(written, Mapping):
        return None
    about = {key: written[key] for key in ("evidence", "source", "note") if key in written}
    points = [dict(point) for point in written.get("points") or () if isinstance(point, Mapping)]
    if isinstance(written.get("values"), Mapping):
        points += [{"year": year, "value": value} for year, value in written["values"].items()]
    dated = [{**about, **point, "year": year} for point in points if (year := year_of(shown(point.get("year"))))]
    last = max(dated, key=lambda point: point["year"], default=None)
    return last and {key: last[key] for key in ("evidence", "source", "note", "value", "year") if key in last}


class History(Graded):
    """Values by year, and how well they are known."""

    values: Frozen[Quantity] | None = None
    """Year to value."""
    file: str | None = None
    """Path of a CSV file, relative to the scenario's: columns year, value, source, evidence, published, note."""
    points: tuple[Point, ...] | None = None
    """Single values with sources of their own; for a file, its contents."""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.values is None) == (self.file is None and self.points is None):
            raise Fault("one_of", names=["values", "points", "file"])
        for written in self.values or {}:
            if year_of(written) is None:
                raise Fault("not_year", value=written)
        years = [point.year for point in self.points or ()]
        for year in years:
            if years.count(year) > 1:
                raise Fault("duplicate_year", year=year)
        return self

    def grades(self) -> list[Evidence]:
        """The grades of the history and of single points."""
        return [self.evidence, *(point.evidence for point in self.points or () if point.evidence)]

    def levels(self, unit: str) -> dict[int, float]:
        """Year to value in a unit, in order of the years.

        Raises
        ------
        Fault
            When a value is in another kind of unit, or too large for it.
        """
        written = {int(year): value for year, value in (self.values or {}).items()}
        written |= {point.year: point.value for point in self.points or ()}
        converted = {year: amount(written[year], unit) for year in sorted(written)}
        for year, level in converted.items():
            if not isfinite(level):
                raise Fault("not_finite", value=str(written[year]))
        return converted

    def published(self) -> dict[int, int]:
        """Year to the year in which its value was published; by default the year after."""
        after = {int(year): int(year) + 1 for year in self.values or {}}
        return after | {point.year: point.published or point.year + 1 for point in self.points or ()}

    def covered(self) -> list[Point]:
        """The points, each with the block's evidence, source and note where it gives none of its own."""
        return [
            point.model_copy(
                update={name: getattr(self, name) for name in Sourced.model_fields if getattr(point, name) is None}
            )
            for point in self.points or ()
        ]
