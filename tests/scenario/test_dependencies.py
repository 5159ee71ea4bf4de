"""What rests on what: order, starting years, and the evidence behind a figure."""

from collections import Counter
from itertools import permutations

import pytest

import cqsim
from cqsim.errors import Fault
from cqsim.scenario import dependencies
from cqsim.scenario.dependencies import all_used, evidence, in_order, start_year
from cqsim.scenario.formula.parsing import parse


def grown(evidence="assumed", start="official", **baseline):
    growth = {"model": "compound", "rate": "5%", "volatility": "8%", "evidence": evidence}
    return {"baseline": {"value": 100, "evidence": start, **baseline}, "growth": growth}


def scenario(indicators, **more):
    return cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators=indicators, **more)


TARGETS = {"targets": [{"at_least": 110, "year": 2024}]}


def test_each_name_comes_after_those_it_uses_whatever_the_order_of_the_file():
    graph = {"d": ["b", "c"], "c": ["a"], "b": ["a"], "a": [], "e": []}
    orders = {tuple(in_order({name: graph[name] for name in order})) for order in permutations(graph)}
    assert len(orders) == 1
    order = orders.pop()
    assert all(order.index(used) < order.index(name) for name, uses in graph.items() for used in uses)


def test_the_members_of_a_cycle_are_named():
    with pytest.raises(Fault, match=r"a.*b|b.*a"):
        in_order({"a": ["b"], "b": ["a"], "c": []})


def test_a_formula_starts_when_all_that_it_uses_has_started():
    found = scenario(
        {
            "early": grown(year=2018) | TARGETS,
            "late": grown(year=2022),
            "both": {"formula": "early + late"},
            "deeper": {"formula": "both * 2 + usual"},
            "usual": grown(),
            "chain": {"baseline": {"value": 1, "evidence": "official"}, "formula": "prev(chain) + 1"},
        }
    )
    years = {"early": 2018, "late": 2022, "both": 2022, "deeper": 2022, "usual": 2020, "chain": 2020}
    assert {id: start_year(found, id) for id in found.indicators} == years


def test_everything_that_an_indicator_rests_on_is_found():
    found = scenario(
        {
            "a": grown(),
            "b": {"baseline": {"formula": "1 / a", "evidence": "derived"}, "growth": grown()["growth"]},
            "c": {"baseline": {"value": 1, "evidence": "official"}, "formula": "prev(b) + prev(c)"},
            "d": {"formula": "c * 2"} | TARGETS,
            "alone": grown(),
        }
    )
    assert set(all_used(found, "d")) == {"a", "b", "c", "d"}
    assert set(all_used(found, "b")) == {"a", "b"}
    assert all_used(found, "alone") == ["alone"]


@pytest.mark.parametrize(
    ("start", "growth", "worst"),
    [
        ("official", "official", "official"),
        ("official", "reported", "reported"),
        ("reported", "official", "reported"),
        ("derived", "official", "derived"),
        ("reported", "derived", "derived"),
        ("official", "assumed", "assumed"),
        ("assumed", "official", "assumed"),
    ],
)
def test_an_indicator_is_known_as_well_as_its_worst_figure(start, growth, worst):
    assert evidence(scenario({"x": grown(growth, start) | TARGETS}), "x") == worst


def test_a_formula_is_known_as_well_as_the_worst_of_what_it_uses():
    indicators = {"a": grown("official"), "b": grown("reported", "official"), "c": {"formula": "a + prev(b)"} | TARGETS}
    indicators["c"]["baseline"] = {"value": 1, "evidence": "official"}
    assert evidence(scenario(indicators), "c") == "reported"
    indicators["c"] = {"formula": "a * 2"} | TARGETS
    assert evidence(scenario(indicators), "c") == "official"


@pytest.mark.parametrize("worst", ["official", "reported", "derived", "assumed"])
def test_a_derived_baseline_is_known_as_well_as_the_worst_baseline_it_uses(worst):
    growth = {"model": "fixed", "evidence": "official"}
    indicators = {
        "a": {"baseline": {"value": 1, "evidence": worst}, "growth": growth},
        "b": {"baseline": {"formula": "a * 2", "evidence": "derived"}, "growth": growth} | TARGETS,
    }
    assert evidence(scenario(indicators), "b") == worst


def test_a_baseline_by_formula_does_not_rest_on_the_growth_of_what_it_uses():
    indicators = {
        "a": grown("assumed", "reported"),
        "b": {"baseline": {"formula": "a * 2", "evidence": "derived"}, "growth": grown("official")["growth"]} | TARGETS,
    }
    assert evidence(scenario(indicators), "b") == "reported"


def test_a_correlation_counts_where_both_of_its_indicators_are_used():
    indicators = {"a": grown("official"), "b": grown("official"), "c": {"formula": "a * b"} | TARGETS}
    links = [{"between": ["a", "b"], "value": 0.5, "evidence": "assumed"}]
    found = scenario(indicators, correlation=links)
    assert evidence(found, "c") == "assumed"
    assert evidence(found, "a") == "official"


def test_a_target_shows_its_own_grade_when_that_is_worse():
    indicators = {"x": grown("official")}
    indicators["x"]["targets"] = [
        {"at_least": 110, "year": 2024, "evidence": "reported"},
        {"at_least": 120, "year": 2024},
    ]
    result = cqsim.run(scenario(indicators), paths=100, progress=False)
    assert [answer.evidence for answer in result.answers] == ["reported", "official"]


def chain(links, formula):
    indicators = {"y0": grown()}
    for number in range(1, links):
        start = {"baseline": {"value": 100, "evidence": "assumed"}} if "prev" in formula else {}
        indicators[f"y{number}"] = {**start, "formula": formula.format(before=number - 1, own=number)}
    indicators[f"y{links - 1}"]["targets"] = [{"at_least": 150, "year": 2025}]
    return scenario(indicators)


@pytest.mark.parametrize(
    "formula", ["y{before} + 1", "prev(y{before}) + y{before} / 2", "max(y{before}, prev(y{own}))"]
)
def test_each_link_of_a_long_chain_of_formulas_is_read_once(formula, monkeypatch):
    reads = Counter()

    def counted(text, *names):
        reads[text] += 1
        return parse(text, *names)

    monkeypatch.setattr(dependencies, "parse", counted)
    written = chain(1200, formula)  # deeper than Python lets functions call each other
    result = cqsim.run(written, paths=64, range=False, progress=False)
    assert result.answers[-1].evidence == "assumed"
    assert set(reads.values()) == {1}
