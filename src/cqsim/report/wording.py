"""What a target wants, in words: the measure says it, here are the figures as people read them."""

from __future__ import annotations

from cqsim.answers.target.answer import TargetAnswer
from cqsim.messages import Language, say
from cqsim.report.numbers import level
from cqsim.scenario.nouns.target import TimesBaseline


def wanted(answer: TargetAnswer, language: Language) -> str:
    """What a target demands, as a table says it: `≥ 5,000 万人次 in 2026`."""
    target = answer.target
    return target.measure.wording(target.sense, target.when, target.due, _figures(answer, language), language)


def wish(answer: TargetAnswer, language: Language) -> str:
    """What a target demands, as a phrase without its year."""
    return answer.target.measure.wish(answer.target.sense, _figures(answer, language), language)


def _figures(answer: TargetAnswer, language: Language) -> tuple[str, ...]:
    written = answer.target.levels[0]
    if isinstance(written, TimesBaseline) and len(answer.levels) == 1:
        return (say("times", language, value=f"{written.times_baseline:g}"),)
    *first, last = answer.levels
    return *map(level, first), level(last, answer.unit)
