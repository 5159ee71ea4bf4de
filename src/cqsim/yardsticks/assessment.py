"""All rules applied to one record, and the classes of several records together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cqsim.yardsticks.escap import anticipated_progress, current_status, line
from cqsim.yardsticks.growth_rates import SCORE_STEPS, eurostat, open_sdg_2023, statcan_2025, unsd_chart
from cqsim.yardsticks.record import Record
from cqsim.yardsticks.verdict import Verdict, place

OFFICIAL = "statcan_2025"


@dataclass(frozen=True)
class Assessment:
    """A record and the verdict of each rule, by the rule's name."""

    record: Record
    verdicts: dict[str, Verdict]

    @property
    def official(self) -> Verdict:
        """The verdict of the rule that is shown beside a probability."""
        return self.verdicts[OFFICIAL]

    def to_dict(self) -> dict[str, Any]:
        """The assessment as it stands in JSON documents; rates are fractions."""
        return {
            "years": [self.record.years[0], self.record.years[-1]],
            "cagr_observed": self.record.observed,
            "cagr_required": self.record.required,
            "rules": {name: verdict.to_dict() for name, verdict in self.verdicts.items()},
        }


@dataclass(frozen=True)
class Aggregate:
    """Several records together, by the rule of Statistics Canada.

    Parameters
    ----------
    standing : str
    score : float or None
        Mean score; None when none has one.
    counted, left_out : int
        Records with a score and without.
    """

    standing: str
    score: float | None
    counted: int
    left_out: int


def assess(record: Record) -> Assessment:
    """Apply every rule.

    Examples
    --------
    >>> result = assess(Record((2015, 2022), (100.0, 114.0), "increase", 130.0, 2030))
    >>> result.official.standing, result.verdicts["eurostat"].standing, result.verdicts["escap_anticipated"].standing
    ('on_track', 'significant', 'will_meet')
    """
    return Assessment(
        record,
        {
            OFFICIAL: statcan_2025(record),
            "open_sdg_2023": open_sdg_2023(record),
            "eurostat": eurostat(record),
            "unsd_chart": unsd_chart(record),
            "escap_current": current_status(record),
            "escap_anticipated": anticipated_progress(record, line(record)),
        },
    )


def aggregate(verdicts: Iterable[Verdict]) -> Aggregate:
    """The mean score and its class; achieved only when every target is.

    Records that cannot be assessed are left out and counted. Read where `statcan_2025` was.

    Examples
    --------
    >>> aggregate([Verdict("on_track", "ratio", 0.95, 2.5), Verdict("limited", "ratio", 0.3, -1.25)]).standing
    'acceleration_needed'
    """
    listed = list(verdicts)
    scored = [verdict for verdict in listed if verdict.score is not None]
    scores = [verdict.score for verdict in scored if verdict.score is not None]
    left_out = len(listed) - len(scores)
    if not scores:
        return Aggregate("not_assessable", None, 0, left_out)
    mean = sum(scores) / len(scores)
    achieved = all(verdict.standing == "target_achieved" for verdict in scored)
    return Aggregate("target_achieved" if achieved else _class_of(mean), mean, len(scores), left_out)


def _class_of(score: float) -> str:
    return place(score, SCORE_STEPS, "deterioration")
