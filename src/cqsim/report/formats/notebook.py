"""HTML for notebooks: the same tables as elsewhere, in the notebook's own colours, light or dark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markupsafe import Markup

from cqsim.answers.backtest.running import Backtest
from cqsim.answers.lookback.lookback import LookBack
from cqsim.answers.overview import Overview
from cqsim.answers.result import Result
from cqsim.messages import say
from cqsim.questions.compare import BASE, Comparison
from cqsim.report.content import tables
from cqsim.report.content.backtest import backtest_tables
from cqsim.report.content.inputs import indicators_table
from cqsim.report.content.lookback import heading, lookback_tables, realised_lines, score_lines
from cqsim.report.content.summary import joint_lines
from cqsim.report.document import Block, Bullets, Cell, Table
from cqsim.report.formats.markup import lines
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario

# Colours are the notebook's own: nothing is black or white, lines are a half-clear grey. Selectors are long where the
# notebook has a rule for the same cells.
_STYLE = Markup("""<style>
.cqsim { color: inherit; background: transparent; line-height: 1.45; overflow-x: auto; }
.cqsim .heading { font-size: 1.15em; font-weight: 600; margin: .4em 0; }
.cqsim table { border-collapse: collapse; margin: .6em 0; font-size: .92em; color: inherit;
  font-variant-numeric: tabular-nums; }
.cqsim caption { text-align: left; font-weight: 600; padding: .3em 0; color: inherit; white-space: nowrap; }
.cqsim th, .cqsim td { padding: .3em .7em; text-align: right; vertical-align: top; color: inherit;
  background: transparent; border: 0; border-bottom: 1px solid rgba(128, 128, 128, .35); }
.cqsim td, .cqsim th { white-space: nowrap; }
.cqsim thead th { border-bottom: 2px solid rgba(128, 128, 128, .7); }
.cqsim tbody th { font-weight: 400; }
.cqsim table td.left, .cqsim table th.left { text-align: left; white-space: normal; min-width: 3em; max-width: 32em;
  overflow-wrap: anywhere; }
.cqsim p, .cqsim ul { margin: .3em 0; max-width: 60em; }
.cqsim ul { font-size: .9em; padding-left: 1.4em; }
</style>""")


def shown(answers: object) -> str:
    """A scenario or an answer as HTML; every text is escaped.

    Parameters
    ----------
    answers : Scenario, Result, Comparison, Overview, Backtest or LookBack
    """
    return html_of(_blocks(answers), texts=2 if isinstance(answers, Overview) else 1)


def heading_of(answers: object) -> str:
    """The heading above the tables of a scenario or an answer."""
    return str(next(_blocks(answers)))


def html_of(blocks: Iterable[Block], texts: int = 1) -> str:
    """Some blocks as HTML, the first of them as a heading.

    Parameters
    ----------
    blocks : iterable of Block
    texts : int
        How many columns of tables are words: a place and its target are two.
    """
    heading, *others = blocks
    inside = [Markup('<p class="heading">{}</p>').format(heading), *(_markup(block, texts) for block in others)]
    return str(Markup('{}\n<div class="cqsim">\n{}\n</div>').format(_STYLE, Markup("\n").join(inside)))


def _scenario(scenario: Scenario) -> Iterator[Block]:
    title = text_in(scenario.title or scenario.id, scenario.language)
    yield f"{title}  {scenario.years.baseline} → {scenario.years.end}"
    yield indicators_table(scenario)


def _result(result: Result) -> Iterator[Block]:
    years = result.scenario.years
    case = f"  ({result.case})" if result.case else ""
    yield f"{result.title}  {years.baseline} → {years.end}{case}"
    yield tables.targets_table(result)
    yield from joint_lines(result.joint_answer, len(result.answers), result.language)[:1]
    yield Bullets(tuple(result.notes))


def _comparison(comparison: Comparison) -> Iterator[Block]:
    yield from _result(comparison.results[BASE])
    if comparison.differences:
        yield tables.cases_table(comparison)
        yield say("note.differences", comparison.language)


def _overview(overview: Overview) -> Iterator[Block]:
    yield say("title.places", overview.language)
    yield tables.overview_table(overview)
    yield say("note.overview", overview.language)


def _backtest(backtest: Backtest) -> Iterator[Block]:
    yield ", ".join(backtest.models)
    yield from backtest_tables(backtest, backtest.language)
    yield say("note.backtest", backtest.language)
    if backtest.skipped:
        yield say("skipped_count", backtest.language, count=len(backtest.skipped)).rstrip(":：")


def _lookback(looked: LookBack) -> Iterator[Block]:
    yield heading(looked)
    yield from lookback_tables(looked)
    yield Bullets(tuple(score_lines(looked)))
    if looked.scored:
        yield say("title.realised", looked.language)
        yield Bullets(tuple(realised_lines(looked)))
    yield say("title.notes", looked.language)
    yield Bullets(tuple(looked.notes))


_BLOCKS: dict[type, Callable[[Any], Iterator[Block]]] = {
    Scenario: _scenario,
    Result: _result,
    Comparison: _comparison,
    Overview: _overview,
    Backtest: _backtest,
    LookBack: _lookback,
}


def _blocks(answers: object) -> Iterator[Block]:
    return next(blocks for kind, blocks in _BLOCKS.items() if isinstance(answers, kind))(answers)


def _markup(block: Block, texts: int) -> Markup:
    if isinstance(block, Table):
        return _table(block, len(block.columns) if block.is_text else texts)
    if isinstance(block, Bullets):
        return Markup("<ul>{}</ul>").format(Markup("").join(Markup("<li>{}</li>").format(item) for item in block.items))
    return Markup("<p>{}</p>").format(block)


def _table(table: Table, texts: int) -> Markup:
    """A table whose first `texts` columns are left-aligned; numbers are right-aligned."""
    heads = [_cell(name, "th", number < texts) for number, name in enumerate(table.columns)]
    rows = [Markup("<tr>{}</tr>").format(Markup("").join(_row(row, texts))) for row in table.rows]
    return Markup("<table><caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody></table>").format(
        table.caption, Markup("").join(heads), Markup("\n").join(rows)
    )


def _row(row: tuple[Cell, ...], texts: int) -> Iterator[Markup]:
    for number, cell in enumerate(row):
        yield _cell(cell.text, "th" if number == 0 and cell.text else "td", number < texts)


def _cell(text: str, tag: str, is_left: bool) -> Markup:
    place = Markup(' class="left"') if is_left else ""
    return Markup("<{tag}{place}>{text}</{tag}>").format(tag=tag, place=place, text=lines(text))
