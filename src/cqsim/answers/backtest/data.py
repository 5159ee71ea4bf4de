"""Series and targets of a backtest, read row by row from long CSV files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from cqsim.errors import Fault
from cqsim.tables import Row, read_rows

_COLUMNS = ("series", "period", "value", "split")
_TARGET_COLUMNS = ("series", "period", "target", "sense")
_SENSES = ("at_least", "at_most")
_PERIOD = re.compile(r"[+-]?[0-9]{1,9}")


@dataclass(frozen=True)
class SeriesTarget:
    """A target of one series: whether its value `steps` periods after the training values is high, or low, enough.

    Only main targets count towards the scores over all horizons.
    """

    steps: int
    level: float
    at_least: bool
    is_main: bool = True

    def is_hit(self, value: float) -> bool:
        """Whether a value hits."""
        return value >= self.level if self.at_least else value <= self.level


@dataclass(frozen=True)
class Series:
    """What models may see, what came, and what was wanted.

    Parameters
    ----------
    name : str
    train, test : tuple of float
        Values of consecutive periods.
    goals : tuple of SeriesTarget
    """

    name: str
    train: tuple[float, ...]
    test: tuple[float, ...]
    goals: tuple[SeriesTarget, ...]


@dataclass(frozen=True)
class Skipped:
    """A series that could not be scored, by which model (None for all), and why."""

    series: str
    fault: Fault
    model: str | None = None


Wanted = tuple[int, float, bool]


def read_series(data: Path, targets: Path | None, horizon: int | None) -> Iterator[Series | Skipped]:
    """The series of a file, one after the other; a faulty one is named and left out.

    Parameters
    ----------
    data : Path
        Columns series, period, value and perhaps split (train or test); the rows of a series stand together.
    targets : Path or None
        Columns series, period, target, sense (at_least or at_most); without it, each target is the last value grown at
        1.2 times the growth of the whole training history.
    horizon : int or None
        Periods to forecast; needed when there is no split.

    Raises
    ------
    Fault
        When a file cannot be read, or its columns are others.
    """
    wanted = _read_targets(targets) if targets else None
    seen: set[str] = set()
    for name, rows in groupby(read_rows(data, _COLUMNS, _COLUMNS[:3]), key=lambda row: row.text("series")):
        listed = list(rows)
        try:
            if name in seen:
                raise Fault("series_apart", series=name, row=listed[0].number)
            seen.add(name)
            yield from _series(name, listed, wanted, horizon)
        except Fault as fault:
            yield Skipped(name, fault)
    for name in wanted or ():
        if name not in seen:
            yield Skipped(name, Fault("target_series", series=name))


def _series(
    name: str, rows: list[Row], wanted: dict[str, list[Wanted]] | None, horizon: int | None
) -> Iterator[Series | Skipped]:
    """The series, after those of its targets that lie outside of it."""
    periods, values = _checked(name, rows)
    first = _first_test(name, rows, horizon)
    train, test = values[:first], values[first : first + horizon if horizon else None]
    if len(train) < 2 or not test:
        raise Fault("series_short", series=name, train=len(train), test=len(test))
    if all(value == train[0] for value in train):
        raise Fault("series_constant", series=name)
    goals = _grown(train, len(test)) if wanted is None else ()
    for period, level, at_least in wanted.get(name, ()) if wanted else ():
        steps = period - periods[first - 1]
        if 0 < steps <= len(test):
            goals = (*goals, SeriesTarget(steps, level, at_least))
        else:
            first_test = periods[first]
            values_of = {"period": period, "first": first_test, "last": first_test + len(test) - 1}
            yield Skipped(name, Fault("target_period", series=name, **values_of))
    yield Series(name, train, test, goals)


def _checked(name: str, rows: list[Row]) -> tuple[list[int], tuple[float, ...]]:
    """Periods that follow each other, and finite values."""
    periods: list[int] = []
    values = []
    for row in rows:
        period = _period(name, row)
        if periods and period != periods[-1] + 1:
            kind = (
                "series_duplicate" if period in periods else "series_unsorted" if period < periods[-1] else "series_gap"
            )
            raise Fault(kind, series=name, row=row.number, period=period, last=periods[-1])
        periods.append(period)
        values.append(_number(name, row, "value"))
    return periods, tuple(values)


def _period(name: str, row: Row) -> int:
    text = row.cells.get("period", "")
    if not _PERIOD.fullmatch(text):
        raise Fault("series_cell", series=name, row=row.number, column="period", value=text)
    return int(text)


def _number(name: str, row: Row, column: str) -> float:
    try:
        return row.number_in(column)
    except Fault as fault:
        values = {**fault.values, "series": name, "row": row.number, "column": column}
        raise Fault("series_cell", fault.hint, **values | {"value": row.cells.get(column, "")}) from None


def _first_test(name: str, rows: list[Row], horizon: int | None) -> int:
    """Where the test values begin."""
    splits = [row.cells.get("split") for row in rows]
    if not any(splits):
        if horizon is None:
            raise Fault("series_no_split", series=name)
        return max(len(rows) - horizon, 0)
    for row, split in zip(rows, splits, strict=True):
        if split not in ("train", "test"):
            raise Fault("series_split", series=name, row=row.number, value=split or "")
    first = splits.index("test") if "test" in splits else len(splits)
    if "train" in splits[first:]:
        raise Fault("series_split_order", series=name, row=rows[first + splits[first:].index("train")].number)
    return first


def _grown(train: tuple[float, ...], steps: int) -> tuple[SeriesTarget, ...]:
    """The last value grown at 1.2 times the training history's growth, for each step; the last one is the main target.

    None without growth, or through zero.
    """
    if train[0] <= 0 or train[-1] <= 0:
        return ()
    growth = (train[-1] / train[0]) ** (1 / (len(train) - 1)) - 1
    if growth == 0 or 1 + 1.2 * growth <= 0:
        return ()
    levels = (train[-1] * (1 + 1.2 * growth) ** step for step in range(1, steps + 1))
    return tuple(SeriesTarget(step, level, growth > 0, step == steps) for step, level in enumerate(levels, start=1))


def _read_targets(path: Path) -> dict[str, list[Wanted]]:
    targets: dict[str, list[Wanted]] = {}
    for row in read_rows(path, _TARGET_COLUMNS, _TARGET_COLUMNS):
        name, sense = row.text("series"), row.text("sense")
        if sense not in _SENSES:
            raise Fault("csv_sense", file=path.name, row=row.number, value=sense, allowed=_SENSES)
        period = row.text("period")
        if not _PERIOD.fullmatch(period):
            raise Fault("csv_number", file=path.name, row=row.number, column="period", value=period)
        targets.setdefault(name, []).append((int(period), row.number_in("target"), sense == "at_least"))
    return targets
