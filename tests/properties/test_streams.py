"""What a draw depends on: its own name, and nothing else in the scenario."""

import pytest


def rows(result, *ids):
    return {id: result.quantile_rows(id) for id in ids}


def first_answers(result, count):
    return [answer.to_dict() for answer in result.answers[:count]]


@pytest.mark.parametrize("id", ["aaa", "zzz", "无关"])
@pytest.mark.parametrize(
    "growth",
    [
        {"model": "compound", "rate": {"p10": "0%", "p50": "3%", "p90": "6%"}, "volatility": "9%"},
        {"model": "compound", "average": {"rate": "3%", "years": 30}, "volatility": "9%"},
        {"model": "fixed"},
    ],
)
def test_an_unrelated_indicator_changes_no_draw_of_the_others(id, growth, run, district):
    data = district()
    expected = run(data)
    ids = list(data["indicators"])
    start = {"value": {"p10": 5, "p50": 6, "p90": 8}, "evidence": "assumed"}
    data["indicators"][id] = {"baseline": start, "growth": {**growth, "evidence": "assumed"}}
    found = run(data)
    assert first_answers(found, len(expected.answers)) == first_answers(expected, len(expected.answers))
    assert rows(found, *ids) == rows(expected, *ids)


def test_an_unrelated_indicator_that_starts_earlier_changes_no_draw_of_the_others(run, district):
    data = district()
    expected = run(data)
    ids = list(data["indicators"])
    growth = {"model": "compound", "rate": "3%", "volatility": "9%", "evidence": "assumed"}
    data["indicators"]["old"] = {"baseline": {"value": 5, "year": 2015, "evidence": "official"}, "growth": growth}
    assert rows(run(data), *ids) == rows(expected, *ids)


def test_more_years_change_no_draw_of_the_earlier_ones(run, district):
    data = district()
    expected = run(data)
    data["years"]["end"] = 2035
    found = run(data)
    for id in data["indicators"]:
        shorter = expected.quantile_rows(id)
        assert found.quantile_rows(id)[: len(shorter)] == shorter


def test_a_target_changes_no_draw(run, district):
    data = district()
    expected = run(data)
    data["indicators"]["spend"]["targets"] = [{"at_least": 600, "year": 2024}]
    assert rows(run(data), *data["indicators"]) == rows(expected, *data["indicators"])


def test_an_uncertain_baseline_leaves_the_growth_draws_as_they_were(run):
    growth = {
        "model": "compound",
        "rate": {"p10": "2%", "p50": "7%", "p90": "13%"},
        "volatility": "9%",
        "evidence": "assumed",
    }
    target = [{"at_least": {"times_baseline": level}, "year": 2025} for level in (1.0, 1.3, 1.6)]
    found = []
    for start in ({"value": 100}, {"value": 100, "sd": "30%"}, {"value": {"p05": 80, "p95": 150}}):
        indicator = {"baseline": {**start, "evidence": "assumed"}, "growth": growth, "targets": target}
        result = run({"years": {"baseline": 2020, "end": 2025}, "indicators": {"x": indicator}})
        found.append([(answer.probability, answer.first_hit) for answer in result.answers])
    assert found[0] == found[1] == found[2]


def test_an_uncertain_parameter_leaves_the_noise_as_it_was(run, district):
    data = district()
    expected = run(data)
    data["indicators"]["output"]["growth"]["capacity"] = {"p10": 200, "p50": 280, "p90": 400}
    found = run(data)
    for id in ("visitors", "spend", "revenue", "balance"):
        assert found.quantile_rows(id) == expected.quantile_rows(id)


def test_the_first_paths_stay_when_more_are_drawn(run, district):
    # A share of 5000 paths counts whole paths: those of the first 5000 are among those of the first 9000.
    shorter, longer = run(district(), paths=5000), run(district(), paths=9000)
    for one, other in zip(shorter.answers, longer.answers, strict=True):
        assert 0 <= round(9000 * other.probability) - round(5000 * one.probability) <= 4000


def test_seeds_give_different_draws_and_one_seed_the_same(run, district):
    first, again, other = run(district(), seed=1), run(district(), seed=1), run(district(), seed=2)
    assert first.to_json() == again.to_json()
    assert first.quantile_rows("visitors") != other.quantile_rows("visitors")


FLOOD = {"probability": "20%", "size": {"p10": "-30%", "p50": "-15%", "p90": "-5%"}, "evidence": "assumed"}


def test_an_event_changes_only_what_it_acts_on(run, district):
    data = district()
    expected = run(data)
    data["events"] = {"flood": {**FLOOD, "effects": {"output": {"level": "1 size"}}}}
    found = run(data)
    untouched = ("visitors", "spend", "revenue", "balance")
    assert rows(found, *untouched) == rows(expected, *untouched)
    assert found.quantile_rows("output")[-1]["mean"] < expected.quantile_rows("output")[-1]["mean"]


def test_another_event_leaves_the_draws_of_the_first_as_they_were(run, district):
    data = district()
    data["events"] = {"flood": {**FLOOD, "effects": {"output": {"level": "1 size"}}}}
    expected = run(data)
    data["events"] = {"boom": {**FLOOD, "effects": {"spend": {"growth": "2pp"}}}, **data["events"]}
    assert run(data).quantile_rows("output") == expected.quantile_rows("output")


def test_an_event_or_lever_that_never_happens_changes_nothing(run, district):
    data = district()
    expected = run(data)
    data["events"] = {"flood": {**FLOOD, "probability": "0%", "effects": {"output": {"level": "1 size"}}}}
    lever = {"probability": "0%", "effects": {"spend": {"growth": "2pp"}}, "evidence": "assumed"}
    data["levers"] = {"campaign": lever}
    found = run(data)
    assert rows(found, *data["indicators"]) == rows(expected, *data["indicators"])
    assert [one.probability for one in found.answers] == [one.probability for one in expected.answers]
