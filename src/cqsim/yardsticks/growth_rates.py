"""Rules that compare compound annual growth rates: Statistics Canada and Open SDG, Eurostat, the UN progress chart.

With a target they class R = observed over required growth a year, both from the base year; without one the growth a
year in the wanted direction. None of them knows uncertainty: the same ratio gives the same class, whatever the noise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Measure, Step, Verdict, place, unassessable

# In place of a zero, from which and to which no rate leads (text of 2025: target and base; program of 2023: target).
_ALMOST_ZERO = 0.001

_CANADA = (Step(0.95, "on_track"), Step(0.6, "acceleration_needed"), Step(0.0, "limited"))
_CANADA_UNTARGETED = (Step(0.015, "on_track"), Step(0.005, "acceleration_needed"), Step(0.0, "limited"))
_SCORES = ((-0.6, -5.0), (0.6, 0.0), (1.3, 5.0))
_SCORES_UNTARGETED = ((-0.02, -5.0), (0.0, -2.5), (0.005, 0.0), (0.015, 2.5), (0.02, 5.0))
SCORE_STEPS = (Step(2.5, "on_track"), Step(0.0, "acceleration_needed"), Step(-2.5, "limited"))

_EUROPE = (Step(0.95, "significant"), Step(0.6, "moderate"), Step(0.0, "insufficient"))
_EUROPE_UNTARGETED = (Step(0.01, "significant"), Step(0.0, "moderate"), Step(-0.01, "moderate_away"))

_CHART = (Step(0.95, "on_track", is_open=True), Step(0.5, "fair"), Step(-0.1, "limited"))
_CHART_UNTARGETED = (Step(0.01, "on_track", is_open=True), Step(0.005, "fair", is_open=True), Step(-0.01, "limited"))


def statcan_2025(record: Record) -> Verdict:
    """The rule of Statistics Canada as Open SDG adopted it in 2025, with its score.

    R = d x CAGR observed / |CAGR required|, d = 1 where a rise is wanted, else -1, turned round when all values are
    negative. On track from 95 %, acceleration needed from 60 %, limited from 0 %, else deterioration; without a target
    from 1.5 %, 0.5 % and 0 % a year. A target that is met is achieved whatever the trend, with the score 5. A zero base
    or target counts as 0.001, in whatever unit.

    Read in: open-sdg/open-sdg, docs/progress-methodology.md, commit 26d2e387, and the program in open-sdg/sdg-build,
    sdg/ProgressMeasure.py, commit 139fede7. Not taken over: the factor C for indicators near a natural limit, the base
    year 2015 (the record's first year is the base), special treatment of single indicators. Added: the tolerance at
    borders, and no class once the target year is over and the target missed.

    Examples
    --------
    >>> statcan_2025(Record((2015, 2022), (100.0, 114.0), "increase", 150.0, 2030)).standing
    'acceleration_needed'
    """
    side = record.one_sided()
    if side is None:
        return unassessable("ratio", "crossed")
    base = _ALMOST_ZERO if side.first == 0 else side.first
    side = replace(side, values=(base, *side.values[1:])) if len(side.values) > 1 else side
    if side.target is None:
        return _untargeted(side, _CANADA_UNTARGETED, "deterioration", _SCORES_UNTARGETED)
    if side.is_met:
        return Verdict("target_achieved", "ratio", _ratio(_nonzero_target(side))[0], 5.0)
    return _targeted(_nonzero_target(side), _CANADA, "deterioration", _SCORES)


def open_sdg_2023(record: Record) -> Verdict:
    """The rule as the Open SDG program of 2023 had it: R = CAGR observed / CAGR required, and no score.

    Classes and borders are those of 2025. It takes a base that is already beyond the target for one that has to come
    back to it, so moving back counts as progress; the text of 2025 mended that. At least two points are needed even
    when the target is met.

    Read in: open-sdg/sdg-build, sdg/ProgressMeasure.py, commit 27c0bf03. Where it differs here: a ratio that falls
    short of a border only by rounding belongs to the upper class (the program puts 0.95 less 1e-15 into the lower
    one); no class for values that are not positive (the program fails for a zero base, and without a target takes
    negative values the wrong way round) and once the target year is over and the target missed.
    """
    side = record.one_sided()
    if side is None:
        return unassessable("ratio", "crossed")
    if min(side.first, side.last) <= 0 and not (side.is_met and side.first > 0):
        return unassessable("growth" if side.target is None else "ratio", "no_rate")
    if side.target is None:
        return _untargeted(side, _CANADA_UNTARGETED, "deterioration")
    near = _nonzero_target(side)
    ratio, reason = _ratio(near)
    if ratio is not None and near.required is not None and near.required * side.wanted_sign < 0:
        ratio = -ratio  # required growth keeps its sign in 2023
    if side.is_met and len(side.years) > 1:
        return Verdict("target_achieved", "ratio", ratio)
    return _classed(ratio, "past_due" if side.is_past_due else reason, _CANADA, "deterioration")


def eurostat(record: Record) -> Verdict:
    """The rule of Eurostat's monitoring reports, in their style.

    With a target: significant progress from R = 95 %, moderate from 60 %, insufficient from 0 %, else movement away.
    Without: significant from 1 % a year in the wanted direction, moderate from 0 %, moderate movement away from -1 %,
    else significant movement away. A met target counts as significant progress.

    The reports' annex on method was not read. The Open SDG text of 2025 (see `statcan_2025`) names Eurostat's 2021
    report as its model; the borders, which end of a class each belongs to, and the treatment of met targets are
    second-hand, hence "in its style". The reports' own periods (5 and 15 years) are not applied.
    """
    side = record.one_sided()
    if side is None:
        return unassessable("ratio", "crossed")
    if side.target is None:
        return _untargeted(side, _EUROPE_UNTARGETED, "significant_away")
    if side.is_met:
        return Verdict("significant", "ratio", _ratio(side)[0])
    return _targeted(side, _EUROPE, "away")


def unsd_chart(record: Record) -> Verdict:
    """The rule of the UN Statistics Division's progress chart.

    With a target: on track above CR = 0.95, fair progress but acceleration needed from 0.5, limited or no progress from
    -0.1, else deterioration. Without: above 1 % a year in the wanted direction, above 0.5 %, from -1 %.

    Read in a public notebook that codes the chart; the Division's technical note itself was not read, and its edition
    of 2023, as Eustat describes it, classes the expected value of 2030 instead. The notebook takes the size of the
    growth without a target; here it is that in the wanted direction, and a met target is shown as achieved.
    """
    side = record.one_sided()
    if side is None:
        return unassessable("ratio", "crossed")
    if side.target is None:
        return _untargeted(side, _CHART_UNTARGETED, "deterioration")
    if side.is_met:
        return Verdict("target_achieved", "ratio", _ratio(side)[0])
    return _targeted(side, _CHART, "deterioration")


def scored(value: float, knots: Sequence[tuple[float, float]]) -> float:
    """A score by linear interpolation between knots, constant beyond them.

    >>> scored(0.3, [(-0.6, -5.0), (0.6, 0.0), (1.3, 5.0)])
    -1.25
    """
    number = bisect_right([at for at, _ in knots], value)
    if number in (0, len(knots)):
        return knots[0][1] if number == 0 else knots[-1][1]
    (left, low), (right, high) = knots[number - 1], knots[number]
    return low + (high - low) * (value - left) / (right - left)


def _nonzero_target(record: Record) -> Record:
    return replace(record, target=_ALMOST_ZERO) if record.target == 0 else record


def _ratio(record: Record) -> tuple[float | None, str | None]:
    """Observed growth in the wanted direction over the absolute required growth; or why there is none."""
    observed, required = record.observed, record.required
    if observed is None:
        return None, "one_point" if len(record.years) < 2 else "no_rate"
    if required is None:
        return None, "past_due" if record.is_past_due else "no_rate"
    if required == 0:
        return None, "base_is_target"
    return _towards(record, observed) / abs(required), None


def _towards(record: Record, growth: float) -> float:
    """Growth in the wanted direction; negative values shrink in size when they rise."""
    return growth * record.wanted_sign * (-1 if record.first < 0 else 1)


def _targeted(
    record: Record, steps: Sequence[Step], below: str, knots: Sequence[tuple[float, float]] | None = None
) -> Verdict:
    ratio, reason = _ratio(record)
    return _classed(ratio, "past_due" if record.is_past_due else reason, steps, below, knots)


def _untargeted(
    record: Record, steps: Sequence[Step], below: str, knots: Sequence[tuple[float, float]] | None = None
) -> Verdict:
    observed = record.observed
    if observed is None:
        return unassessable("growth", "one_point" if len(record.years) < 2 else "no_rate")
    return _classed(_towards(record, observed), None, steps, below, knots, "growth")


def _classed(
    value: float | None,
    reason: str | None,
    steps: Sequence[Step],
    below: str,
    knots: Sequence[tuple[float, float]] | None = None,
    measure: Measure = "ratio",
) -> Verdict:
    if value is None or reason is not None:
        return unassessable(measure, reason or "no_rate")
    return Verdict(place(value, steps, below), measure, value, None if knots is None else scored(value, knots))
