"""Phrases that charts, tables and sentences share."""

from __future__ import annotations

from cqsim.answers.target.answer import TargetAnswer
from cqsim.messages import Language, say
from cqsim.report.numbers import level
from cqsim.scenario.nouns.indicator import TimesBaseline


def wanted(answer: TargetAnswer, language: Language) -> str:
    """What a target demands, in words: `>= 5,000 万人次, in 2026`."""
    written = answer.target.levels[0]
    if isinstance(written, TimesBaseline) and len(answer.levels) == 1:
        value = say("times", language, value=f"{written.times_baseline:g}")
    else:
        value = level(answer.levels[-1], answer.unit)
    sense = say(f"sense.{answer.target.sense}", language, value=value, low=level(answer.levels[0]), high=value)
    when = say(f"when.{answer.target.when}", language, year=answer.target.due)
    return f"{sense} {when}"
