"""The indices of the UN Economic and Social Commission for Asia and the Pacific: 0 is the base, 10 the target.

Formula of the current status index read in a public program of UNICEF's office for the Middle East and North Africa;
that it answers "how much progress has been made", and the anticipated one "how likely will the targets be achieved",
and that both measure the way to the target, on ESCAP's page on its methodology. The classes of the anticipated index
are second-hand. UNECE's technical notes say that the regional commissions extrapolate by a regression that gives recent
years more weight; the weights were not found, so `line` gives every year the same.
"""

from __future__ import annotations

from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Step, Verdict, place, unassessable

_ANTICIPATED = (Step(9.0, "will_meet", is_open=True), Step(0.0, "accelerate", is_open=True))


def current_status(record: Record) -> Verdict:
    """How much of the way from the base to the target has been covered; an index without classes.

    10 (I - I0) / |target - I0| where a rise is wanted, the negative of it for a fall, and 10 - 10 |target - I| /
    |target - I0| for parity; for a range the distances are those to it.

    Examples
    --------
    >>> current_status(Record((2015, 2022), (50.0, 65.0), "increase", 100.0, 2030)).value
    3.0
    """
    return _index(record, record.last)


def anticipated_progress(record: Record, predicted: float | None) -> Verdict:
    """How much of the way will have been covered by the target year: the same index at a predicted value.

    The target will be met above 9, no progress is expected from 0 down, and in between progress has to accelerate.
    From a single point only a met target can be classed.

    Parameters
    ----------
    record : Record
    predicted : float or None
        The value predicted for the target year, in the record's unit; None when there is no prediction.
    """
    if len(record.years) < 2 and record.is_met:
        return Verdict("will_meet", "index")
    if record.is_past_due:
        return unassessable("index", "past_due")
    index = _index(record, record.last if predicted is None else predicted)
    if index.value is None:
        return index
    if predicted is None:
        return unassessable("index", "one_point")
    return Verdict(place(index.value, _ANTICIPATED, "no_progress"), "index", index.value)


def line(record: Record) -> float | None:
    """The value in the target year on the least-squares line through all values.

    None without a target year, or from a single point.

    >>> line(Record((2018, 2019, 2020), (10.0, 12.0, 14.0), "increase", 30.0, 2025))
    24.0
    """
    count = len(record.years)
    if count < 2 or record.target_year is None:
        return None
    middle, level = sum(record.years) / count, sum(record.values) / count
    spread = sum((year - middle) ** 2 for year in record.years)
    rise = sum((year - middle) * value for year, value in zip(record.years, record.values, strict=True))
    return level + rise / spread * (record.target_year - middle)


def _index(record: Record, value: float) -> Verdict:
    if record.ends is None or record.target is None:
        return unassessable("index", "no_target")
    if record.direction == "between":
        low, high = record.ends
        way, left = (max(low - number, number - high, 0.0) for number in (record.first, value))
        return Verdict(None, "index", 10 - 10 * left / way) if way else unassessable("index", "base_is_target")
    way = abs(record.target - record.first)
    if way == 0:
        return unassessable("index", "base_is_target")
    return Verdict(None, "index", 10 * record.wanted_sign * (value - record.first) / way)
