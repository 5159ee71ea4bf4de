"""Answers as tidy pandas frames."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from cqsim.answers.export.rows import summary_row
from cqsim.answers.joint import JointAnswer
from cqsim.answers.target.answer import TargetAnswer


def targets_frame(answers: Sequence[TargetAnswer]) -> pd.DataFrame:
    """One row a target."""
    return pd.DataFrame([summary_row(answer) for answer in answers])


def joint_frame(answer: JointAnswer) -> pd.DataFrame:
    """One row a number of targets."""
    return pd.DataFrame({"at_least": list(answer.at_least), "probability": list(answer.at_least.values())})


def quantiles_frame(rows: list[dict[str, float]]) -> pd.DataFrame:
    """One row a year."""
    return pd.DataFrame(rows).astype({"year": int})


def first_hit_frame(answers: Sequence[TargetAnswer]) -> pd.DataFrame:
    """One row a target and year; never has no year."""
    rows = [
        {"target": number, "year": year, "probability": share}
        for number, answer in enumerate(answers)
        for year, share in [*answer.first_hit.items(), (None, answer.never)]
    ]
    return pd.DataFrame(rows, columns=["target", "year", "probability"]).astype({"year": "Int64"})


def contributions_frame(answers: Sequence[TargetAnswer]) -> pd.DataFrame:
    """One row a target and part."""
    rows = [
        {"target": number, **part.to_dict()} for number, answer in enumerate(answers) for part in answer.contributions
    ]
    return pd.DataFrame(rows, columns=["target", "indicator", "label", "growth", "shortfall"])
