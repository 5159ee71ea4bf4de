"""The chapters of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from cqsim.answers.backtest.running import Backtest
from cqsim.answers.lookback.lookback import LookBack
from cqsim.answers.overview import Overview
from cqsim.answers.result import Result
from cqsim.answers.target.answer import TargetAnswer
from cqsim.messages import Language, say
from cqsim.questions.compare import BASE, Comparison
from cqsim.report.content import tables
from cqsim.report.content.backtest import backtest_document
from cqsim.report.content.lookback import lookback_document
from cqsim.report.content.summary import growth_sentence, joint_lines, joint_sentence, target_sentence
from cqsim.report.document import Block, Bullets, Document, Picture, Section
from cqsim.report.figures import OF_COMPARISON, OF_RESULT
from cqsim.report.numbers import level, probability
from cqsim.scenario.provenance import figures as figures_of

_ON_A_PAGE = 12  # targets of a chart

Reported = Result | Comparison | Overview | LookBack | Backtest


def document(answers: Reported) -> Document:
    """The report of a run (of one scenario, of one with its cases, of several), a look-back or a backtest."""
    if isinstance(answers, LookBack):
        return lookback_document(answers)
    if isinstance(answers, Backtest):
        return backtest_document(answers)
    if isinstance(answers, Overview):
        language = answers.language
        table = tables.overview_table(answers)
        first = Section(say("title.at_a_glance", language), (say("note.overview", language), table))
        chapters = tuple(Section(result.title, (), tuple(_sections(result, None))) for result in answers.results)
        return Document(say("title.places", language), language, (first, *chapters))
    result = answers.results[BASE] if isinstance(answers, Comparison) else answers
    comparison = answers if isinstance(answers, Comparison) and len(answers.results) > 1 else None
    return Document(result.title, result.language, tuple(_sections(result, comparison)))


def _sections(result: Result, comparison: Comparison | None) -> Iterator[Section]:
    language = result.language
    yield Section(say("title.summary", language), tuple(_summary(result)))
    overall = *_split(result, "probabilities"), *_split(result, "growth")
    yield Section(say("title.answers", language), (tables.targets_table(result), *overall, tables.growth_table(result)))
    for indicator in dict.fromkeys(answer.indicator for answer in result.answers):
        yield _indicator(result, indicator)
    if len(result.answers) > 1:
        lines = tuple(joint_lines(result.joint_answer, len(result.answers), language))
        drawn = [_picture(result, "joint")] if result.joint_answer.combinations else []
        yield Section(say("title.together", language), (*lines, *drawn))
    if comparison is not None:
        pictures = _split_cases(comparison)
        blocks: tuple[Block, ...] = (tables.cases_table(comparison), *pictures, say("note.differences", language))
        yield Section(say("title.cases_chapter", language), blocks)
    yield from _background(result)


def _summary(result: Result) -> Iterator[Block]:
    yield say("words.reading", result.language)
    yield Bullets(tuple(target_sentence(answer, result.language) for answer in result.answers))
    together = joint_sentence(result)
    if together is not None:
        yield together
    assumed = sum(answer.evidence == "assumed" for answer in result.answers)
    yield say("words.evidence", result.language, assumed=assumed, count=len(result.answers))


def _indicator(result: Result, indicator: str) -> Section:
    """One indicator and its targets: its fan, and its parts."""
    answers = [answer for answer in result.answers if answer.indicator == indicator]
    blocks: list[Block] = []
    for answer in answers:
        blocks += [text for text in (growth_sentence(answer, result.language),) if text]
    blocks.append(_picture(result, "fan", answers[0]))
    summed = next((number for number, answer in enumerate(answers) if answer.contributions), None)
    if summed is not None:
        blocks.append(_picture(result, "contributions", answers[summed], target=summed))
    return Section(answers[0].label, tuple(blocks))


def _background(result: Result) -> Iterator[Section]:
    """Background: timing, inputs, method, and how to reproduce the result."""
    language, scenario = result.language, result.scenario
    more = [*tables.official_tables(result), *tables.fit_tables(result), *tables.first_hit_tables(result)]
    yield Section(say("title.more", language), (*more, *_split(result, "first_hit")))
    if scenario.events or scenario.levers:
        drawn = _picture(result, "calendar")
        yield Section(say("title.calendar", language), (drawn,))
    yield Section(say("title.inputs", language), (tables.figures_table(figures_of(scenario, language), language),))
    if scenario.not_targets:
        goals = tuple(f"{left_out.goal}: {left_out.reason}" for left_out in scenario.not_targets)
        yield Section(say("title.not_targets", language), (Bullets(goals),))
    method = tuple(say(f"method.{name}", language) for name in ("paths", "chance", "range", "evidence", "limits"))
    yield Section(say("title.method", language), (*method, Bullets(tuple(result.notes))))
    yield Section(say("title.again", language), (Bullets(tuple(_again(result))),))


def _again(result: Result) -> Iterator[str]:
    from cqsim import __version__

    values = {
        "version": __version__,
        "scenario": result.scenario.id,
        "sha256": result.scenario.sha256,
        "seed": result.seed,
        "paths": f"{result.paths:,}",
        "case": result.case or "-",
    }
    for name in ("version", "scenario", "seed"):
        yield say(f"again.{name}", result.language, **values)


def _picture(result: Result, kind: str, answer: TargetAnswer | None = None, **options: int) -> Picture:
    """A chart of all targets, or of one target's indicator."""
    about = {"indicator": answer.indicator} if answer else {}
    name = "-".join([result.scenario.id, kind, *about.values()])
    return Picture(name, partial(OF_RESULT[kind], result, **about, **options), *_words(result, kind, answer))


def _split(result: Result, kind: str) -> list[Picture]:
    """A chart of all targets in as many pictures as keep each on one page."""
    parts = [result.answers[start : start + _ON_A_PAGE] for start in range(0, len(result.answers), _ON_A_PAGE)]
    return _numbered([_picture(replace(result, answers=part), kind) for part in parts], result.language)


def _split_cases(comparison: Comparison) -> list[Picture]:
    """The chart of cases in as many pictures as keep each on one page."""
    draw, count = OF_COMPARISON["cases"], len(comparison.results[BASE].answers)
    pictures = []
    for start in range(0, count, _ON_A_PAGE):
        part = {
            name: replace(result, answers=result.answers[start : start + _ON_A_PAGE])
            for name, result in comparison.results.items()
        }
        words = _words(part[BASE], "cases")
        pictures.append(Picture("cases", partial(draw, replace(comparison, results=part)), *words))
    return _numbered(pictures, comparison.language)


def _numbered(pictures: list[Picture], language: Language) -> list[Picture]:
    if len(pictures) == 1:
        return pictures
    values = [{"number": number, "count": len(pictures)} for number in range(1, len(pictures) + 1)]
    return [
        replace(
            picture,
            name=f"{picture.name}-{value['number']}",
            caption=say("caption.part", language, caption=picture.caption, **value),
        )
        for picture, value in zip(pictures, values, strict=True)
    ]


def _words(result: Result, kind: str, answer: TargetAnswer | None = None) -> tuple[str, str]:
    """Caption and alternative text of a chart."""
    language: Language = result.language
    label = answer.label if answer else result.title
    caption = say(f"caption.{kind}", language, label=label)
    if answer is None:
        likely = [f"{target.label} {probability(target.probability)}" for target in result.answers]
        return caption, say("alt.all", language, caption=caption, list=likely)
    values = {"median": level(answer.median, answer.unit), "year": answer.target.due}
    return caption, say("alt.one", language, caption=caption, chance=probability(answer.probability), **values)
