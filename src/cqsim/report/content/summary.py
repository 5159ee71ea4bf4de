"""The answers in plain words, with numbers rounded to the precision that the assumptions support."""

from __future__ import annotations

from collections.abc import Iterator

from cqsim.answers.joint import JointAnswer
from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.messages import Language, say
from cqsim.report.numbers import growth, interval, level, percent, points, probability, whole_percent
from cqsim.report.wording import wish

_NAMED = 2  # drivers in a sentence
_TENTHS = "零一二三四五六七八九"


def roughly(probability: float, language: Language) -> str:
    """A probability in words: its assumptions are never accurate to one per cent.

    >>> roughly(0.29, "zh"), roughly(0.29, "en"), roughly(0.004, "zh"), roughly(0.06, "en")
    ('约三成（29%）', 'about 3 in ten (29%)', '不到 1%', 'about 6%')
    """
    if probability < 0.01:
        return say("roughly.below", language)
    if probability > 0.99:
        return say("roughly.above", language)
    if probability < 0.15 or probability > 0.945:
        return say("roughly.percent", language, percent=percent(probability, 0))
    tenths = round(probability * 10)
    words = {"tenths": _TENTHS[tenths] if language == "zh" else str(tenths), "percent": percent(probability, 0)}
    return say("roughly.tenths", language, **words)


def target_sentence(answer: TargetAnswer, language: Language) -> str:
    """The probability of a target, its range over uncertain parameters, and the main drivers."""
    values = {
        "label": answer.label,
        "wish": wish(answer, language),
        "when": say(f"words.{answer.target.when}", language, year=answer.target.due),
        "chance": roughly(answer.probability, language),
    }
    sentence = say("words.target", language, **values)
    if answer.range is not None:
        low, high = (percent(end, 0) for end in answer.range)
        sentence += say("words.range", language, low=low, high=high) if low != high else ""
    named = [driver.text for driver in answer.drivers[:_NAMED]]
    if named:
        sentence += say("words.drivers", language, list=named)
    return sentence + say("words.stop", language)


def growth_sentence(answer: TargetAnswer, language: Language) -> str | None:
    """The growth that a target requires; None where no constant rate reaches it."""
    stated = answer.required.growth_in
    if answer.required.growth is None:
        return None
    values = {
        "baseline": level(answer.baseline, answer.unit),
        "year": answer.baseline_year,
        "required": growth(answer.required.growth, language, stated),
        "median": level(answer.median, answer.unit),
    }
    sentence = say("words.growth", language, **values)
    needed, best = answer.required.for_probability.get(0.8), answer.required.best
    if needed is not None:
        sentence += say("words.likely", language, growth=growth(needed, language, stated))
    elif best is not None and best[1] is not None:
        values = {"probability": whole_percent(best[0]), "growth": growth(best[1], language, stated)}
        sentence += say("words.best", language, **values)
    return sentence


def joint_sentence(result: Result) -> str | None:
    """The expected number of hits and the joint probability; None for a single target."""
    count = len(result.answers)
    if count < 2:
        return None
    joint = result.joint_answer
    values = {"count": count, "expected": f"{joint.expected_hits:.1f}", "chance": roughly(joint.all, result.language)}
    return say("words.joint", result.language, **values)


def joint_lines(answer: JointAnswer, count: int, language: Language) -> list[str]:
    """Statements on all targets jointly; none for a single target."""
    if count < 2:
        return []
    ends = interval(*answer.interval)
    values = {"probability": probability(answer.all), "interval": ends, "expected": f"{answer.expected_hits:.2f}"}
    at_least = [
        say("joint.at_least", language, count=number, probability=probability(share))
        for number, share in answer.at_least.items()
    ]
    return [
        say("joint.all", language, count=count, **values),
        say("joint.list", language, list=at_least),
        *_effort_lines(answer, language),
    ]


def _effort_lines(answer: JointAnswer, language: Language) -> Iterator[str]:
    """What extra growth makes hitting all targets likely, or the best that it reaches."""
    uplifts = [
        say("joint.uplift", language, probability=percent(wish, 0), uplift=points(uplift, language))
        for wish, uplift in answer.for_probability.items()
        if uplift is not None
    ]
    if uplifts:
        yield say("joint.for_probability", language, list=uplifts)
    if answer.best is not None:
        best, uplift = answer.best
        key = "joint.best" if uplift >= 0 else "joint.best_slower"
        yield say(key, language, probability=whole_percent(best), change=f"{abs(100 * uplift):.1f}")
    elif None in answer.for_probability.values():
        yield say("joint.no_uplift", language)
