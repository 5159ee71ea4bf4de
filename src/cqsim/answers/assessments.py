"""Series in a long CSV file as records for the progress rules, and what cannot be used of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cqsim.errors import STEERING, Fault, Problem, unknown
from cqsim.messages import Language
from cqsim.tables import Row, read_rows
from cqsim.yardsticks.assessment import Aggregate, Assessment, aggregate, assess
from cqsim.yardsticks.record import Record

_COLUMNS = ("series", "period", "value", "target", "target_year", "direction")
_DIRECTIONS = ("increase", "decrease")


@dataclass(frozen=True)
class Assessments:
    """The series of a file and what the rules say of them.

    Parameters
    ----------
    series : dict of str to Assessment
        In the order of the file.
    problems : tuple of Problem
        Rows and series that were left out; the path of each begins with its series where it has one.
    """

    series: dict[str, Assessment]
    problems: tuple[Problem, ...]

    @property
    def together(self) -> Aggregate:
        """All series under the rule of Statistics Canada."""
        return aggregate(assessment.official for assessment in self.series.values())

    def lines(self, language: Language) -> list[str]:
        """The problems, one line each."""
        return [problem.line(None, language) for problem in self.problems]

    def to_dict(self, language: Language) -> dict[str, Any]:
        """The series as one document of plain data."""
        from cqsim import __version__

        all_of_them = self.together
        return {
            "cqsim": __version__,
            "format": 1,
            "series": [{"series": name, **assessment.to_dict()} for name, assessment in self.series.items()],
            "aggregate": {
                "class": all_of_them.standing,
                "score": all_of_them.score,
                "counted": all_of_them.counted,
                "left_out": all_of_them.left_out,
            },
            "problems": self.lines(language),
        }


def read_assessments(path: Path) -> Assessments:
    """Read the series of a file and apply every rule to each.

    A row that cannot be used is left out and named, and so is a series whose direction or target cannot be read:
    without its target another rule would apply.

    Parameters
    ----------
    path : Path
        A CSV file with the columns `series`, `period`, `value`, and, on any row of a series, `target`,
        `target_year` and `direction` (increase or decrease).

    Raises
    ------
    Fault
        When the file cannot be read at all.
    """
    by_name: dict[str, _Series] = {}
    problems = []
    for row in read_rows(path, _COLUMNS, ("series", "period", "value", "direction")):
        try:
            name = STEERING.sub("\N{REPLACEMENT CHARACTER}", row.text("series"))
        except Fault as fault:
            problems.append(Problem((), fault))
            continue
        series = by_name.setdefault(name, _Series(path.name))
        problems += [Problem((name,), fault) for fault in (*series.add_settings(row), *series.add_point(row))]
    assessed = {}
    for name, series in by_name.items():
        try:
            assessed[name] = assess(series.record())
        except Fault as fault:
            problems.append(Problem((name,), fault))
    return Assessments(assessed, tuple(problems))


@dataclass
class _Series:
    """What the rows of one series say so far."""

    file: str
    points: dict[int, float] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    is_unclear: bool = False

    def add_settings(self, row: Row) -> list[Fault]:
        faults = []
        for column in _COLUMNS[3:]:
            if column in row.cells:
                try:
                    self._set(column, self._setting(row, column), row.number)
                except Fault as fault:
                    self.is_unclear = True
                    faults.append(fault)
        return faults

    def _setting(self, row: Row, column: str) -> Any:
        if column == "direction":
            text = row.text(column)
            if text not in _DIRECTIONS:
                raise unknown("csv_direction", text, _DIRECTIONS, file=self.file, row=row.number)
            return text
        return row.year(column) if column == "target_year" else row.number_in(column)

    def _set(self, column: str, value: Any, row: int) -> None:
        known = self.settings.setdefault(column, value)
        if known != value:
            shown = {
                name: f"{setting:g}" if isinstance(setting, float) else setting
                for name, setting in (("value", value), ("known", known))
            }
            raise Fault("csv_two_values", file=self.file, row=row, column=column, **shown)

    def add_point(self, row: Row) -> list[Fault]:
        if not row.cells.keys() & {"period", "value"}:
            return []  # a row that only holds the target
        try:
            year, value = row.year("period"), row.number_in("value")
            if year in self.points:
                raise Fault("csv_duplicate_year", file=self.file, row=row.number, year=year, first=self.rows[year])
            if self.points and year < (latest := max(self.points)):
                values = {"year": year, "later": latest, "first": self.rows[latest]}
                raise Fault("csv_order", file=self.file, row=row.number, **values)
        except Fault as fault:
            return [fault]
        self.points[year], self.rows[year] = value, row.number
        return []

    def record(self) -> Record:
        """The series as a record.

        Raises
        ------
        Fault
            When nothing of it can be classed.
        """
        if self.is_unclear:
            raise Fault("series_unclear")
        if "direction" not in self.settings:
            raise Fault("series_direction")
        if not self.points:
            raise Fault("series_empty")
        if ("target" in self.settings) != ("target_year" in self.settings):
            raise Fault("series_target")
        return Record(tuple(self.points), tuple(self.points.values()), **self.settings)
