"""Units and order are ways of writing: they change no chance."""

import dataclasses
import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FEW = settings(derandomize=True, deadline=None, max_examples=10)


def by_target(result):
    """Everything that is said of each target, by what is asked for."""
    return {
        (one["indicator"], one["sense"], str(one["value"]), one["year"]): one for one in result.to_dict()["targets"]
    }


def joint(result):
    """What is said of all targets together; a combination is the set of what is hit."""
    answer, names = result.joint_answer, list(by_target(result))
    sets = {frozenset(name for name, hit in zip(names, hits, strict=True) if hit): n for hits, n in answer.combinations}
    return dataclasses.replace(answer, combinations=None), sets


def shuffled(mapping, order):
    return dict(order.sample(list(mapping.items()), len(mapping)))


@FEW
@given(seed=st.integers(0, 10**6))
def test_the_order_of_a_file_changes_nothing(run, district, seed):
    order, data = random.Random(seed), district()
    expected = run(data, paths=3000)
    data["indicators"] = shuffled(data["indicators"], order)
    for indicator in data["indicators"].values():
        order.shuffle(indicator.get("targets", []))
    data["sources"] = shuffled(data["sources"], order)
    order.shuffle(data["correlation"])
    for link in data["correlation"]:
        order.shuffle(link["between"])
    found = run(shuffled(data, order), paths=3000)
    assert by_target(found) == by_target(expected)
    assert joint(found) == joint(expected)
    for id in data["indicators"]:
        assert found.quantile_rows(id) == expected.quantile_rows(id)


def in_other_units(data, people, money):
    """The same scenario with people counted by 1 / people of 万人次, and money by 1 / money of 亿元."""
    names = {1: ("万人次", "亿元"), 10_000: ("人次", "万元"), 0.01: ("百万人次", "百亿元")}
    indicators = data["indicators"]
    visitors, revenue = indicators["visitors"], indicators["revenue"]
    visitors["unit"], revenue["unit"] = names[people][0], names[money][1]
    visitors["baseline"]["value"] *= people
    for target in visitors["targets"]:
        target["at_least"] *= people
    revenue["targets"] = [
        {"at_least": 290 * money, "year": 2026},
        {"between": [250 * money, 320 * money], "year": 2026},
    ]
    indicators["spend"]["unit"] = f"{names[money][1]}/{names[people][0]}"
    return data


@pytest.mark.parametrize("people", [1, 10_000, 0.01])
@pytest.mark.parametrize("money", [1, 10_000, 0.01])
def test_other_units_change_no_chance_and_scale_the_levels(people, money, run, district):
    expected, found = run(district()), run(in_other_units(district(), people, money))
    for one, other in zip(expected.answers, found.answers, strict=True):
        assert other.probability == one.probability
        assert other.first_hit == one.first_hit
        if one.required.cagr is not None:
            assert other.required.cagr == pytest.approx(one.required.cagr, rel=1e-9)
        for chance, growth in one.required.for_probability.items():
            if growth is not None:
                # The median outcome of `reached_by` comes from buckets of 0.1 %, which another unit puts elsewhere.
                assert other.required.for_probability[chance] == pytest.approx(growth, abs=5e-4)
    assert found.joint_answer.all == expected.joint_answer.all
    for id, scale in {"visitors": people, "revenue": money}.items():
        for one, other in zip(expected.quantile_rows(id), found.quantile_rows(id), strict=True):
            assert other["mean"] == pytest.approx(one["mean"] * scale, rel=1e-9)
            assert other["sd"] == pytest.approx(one["sd"] * scale, rel=1e-6, abs=1e-9 * one["mean"] * scale)
            # Two buckets of 0.1 %.
            assert other["p90"] == pytest.approx(one["p90"] * scale, rel=2e-3)


@pytest.mark.parametrize("written", ["4500 万人次", "45000000 人次", "0.45 亿人次", 4500, "4500"])
def test_a_target_in_any_unit_is_the_same_target(written, run, district):
    data = district()
    expected = run(data).answers[0]
    data["indicators"]["visitors"]["targets"][0]["at_least"] = written
    found = run(data).answers[0]
    assert (found.probability, found.levels) == (expected.probability, expected.levels)


def test_another_id_for_everything_changes_labels_and_draws_only(run, district):
    # Six standard errors of a difference: by chance less than once in ten million for each of the targets.
    text = json.dumps(district(), ensure_ascii=False)
    for id, other in {"visitors": "游客", "spend": "人均", "revenue": "收入"}.items():
        text = text.replace(id, other)
    expected, found = run(district(), paths=32_768), run(json.loads(text), paths=32_768)
    for one, other in zip(expected.answers, found.answers, strict=True):
        assert other.probability == pytest.approx(one.probability, abs=6 * (0.5 / 32_768) ** 0.5)
