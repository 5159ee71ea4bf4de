"""A target's answers as one flat row, for frames and CSV alike."""

from __future__ import annotations

from cqsim.answers.target.answer import TargetAnswer

Value = str | float | int | None
AS_IT_STANDS = "base"
"""The case that is none: the scenario as it is written."""


def target_cells(answer: TargetAnswer) -> dict[str, Value]:
    """What every flat row about a target begins with: which it is, and what it wants."""
    return {
        "indicator": answer.indicator,
        "label": answer.label,
        "unit": answer.unit,
        "sense": answer.target.sense,
        "value": answer.levels[0],
        "upper_value": answer.levels[1] if len(answer.levels) > 1 else None,
        "when": answer.target.when,
        "year": answer.target.due,
    }


def summary_row(answer: TargetAnswer) -> dict[str, Value]:
    """Column name to value; rates, probabilities and the ends of their range are fractions, levels are in `unit`."""
    required = answer.required
    low, high = answer.range or (None, None)
    return {
        **target_cells(answer),
        "baseline_year": answer.baseline_year,
        "baseline": answer.baseline,
        "required_cagr": required.cagr,
        "required_increment": required.increment,
        "required_multiple": required.multiple,
        "growth_in": required.growth_in,
        "probability": answer.probability,
        "interval_low": answer.interval[0],
        "interval_high": answer.interval[1],
        "range_low": low,
        "range_high": high,
        "median": answer.median,
        **{f"growth_for_{wish * 100:g}": growth for wish, growth in required.for_probability.items()},
        "never": answer.never,
        "evidence": answer.evidence,
        "official_class": answer.yardsticks.official.standing if answer.yardsticks else None,
    }
