"""What a reader must know beside the figures: what was taken as certain, assumed, changed or left without a value."""

from __future__ import annotations

from collections.abc import Iterator

from cqsim.growth.parameters import Kind
from cqsim.messages import Language, say
from cqsim.scenario.cautions import cautions
from cqsim.scenario.correlations import changes
from cqsim.scenario.dependencies import all_used
from cqsim.scenario.nouns.text import text_in
from cqsim.scenario.scenario import Scenario
from cqsim.simulation.counts.tally import Tally

_PLUG_INS = frozenset({"increment", "volatility", "change", "per_year"})


def caveats(scenario: Scenario, tally: Tally, seed: int, language: Language) -> list[str]:
    """Sentences, most general first."""
    sentences = [say("note.interval", language, paths=f"{tally.paths:,}", seed=seed)]
    sentences.append(say("note.range", language))
    used = {
        name for id, indicator in scenario.indicators.items() if indicator.targets for name in all_used(scenario, id)
    }
    plug_ins = [name for id in scenario.indicators if id in used for name in plugged_in(scenario, id)]
    if plug_ins:
        sentences.append(say("note.plug_in", language, list=plug_ins))
    assumed = [name for id in scenario.indicators if id in used for name in _assumed(scenario, id)]
    assumed += _assumed_changes(scenario, used)
    if assumed:
        sentences.append(say("note.assumed", language, list=assumed))
    for of, first, second, written, now in changes(scenario):
        values = {"pair": f"{first} - {second}", "of": of, "written": f"{written:.3g}", "used": f"{now:.3g}"}
        sentences.append(say("note.correlation", language, **values))
    sentences += [problem.line(None, language) for problem in cautions(scenario)]
    sentences += [say("note.not_target", language, goal=goal.goal, reason=goal.reason) for goal in scenario.not_targets]
    return sentences + list(_undefined(scenario, tally, language))


def plugged_in(scenario: Scenario, id: str) -> list[str]:
    """Rates and volatilities of an indicator that were written as single numbers, by path."""
    growth = scenario.indicators[id].growth
    parameters = growth.parameters() if growth else {}
    certain = {name: parameter.kind for name, parameter in parameters.items() if parameter.is_certain}
    return [f"{id}.growth.{name}" for name, kind in certain.items() if _is_plug_in(name, kind)]


def _is_plug_in(name: str, kind: Kind) -> bool:
    return name != "last_growth" and (kind in (Kind.RATE, Kind.SPREAD) or name in _PLUG_INS)


def _assumed_changes(scenario: Scenario, used: set[str]) -> list[str]:
    return [
        f"{kind}.{id}"
        for kind, changes_there in (("events", scenario.events), ("levers", scenario.levers))
        for id, change in changes_there.items()
        if change.evidence == "assumed" and not change.is_off and used & set(change.effects)
    ]


def _assumed(scenario: Scenario, id: str) -> list[str]:
    indicator = scenario.indicators[id]
    blocks = {"baseline": indicator.baseline, "growth": indicator.growth}
    return [f"{id}.{name}" for name, block in blocks.items() if block and block.evidence == "assumed"]


def _undefined(scenario: Scenario, tally: Tally, language: Language) -> Iterator[str]:
    for number, indicator in enumerate(tally.plan.indicators):
        for step in range(indicator.start, tally.plan.steps + 1):
            lost = int(tally.undefined[number, step])
            if lost:
                label = text_in(scenario.indicators[indicator.id].label or indicator.id, language)
                values = {
                    "indicator": label,
                    "share": f"{lost / tally.paths:.2%}",
                    "year": tally.plan.year(step),
                }
                yield say("note.undefined", language, **values)
