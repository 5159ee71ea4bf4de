"""Sums of indicators, and what their parts contribute: checked on the very levels that were drawn."""

import numpy as np
import pytest
from tests.oracles.kernel import indicator, levels, world

import cqsim
from cqsim.simulation.block import BLOCK

END, PATHS, SEED = 2024, 20_000, 3
DRAWS = {"p10": "-3%", "p50": "4%", "p90": "12%"}


def compound(rate=DRAWS, volatility="9%"):
    return {"model": "compound", "rate": rate, "volatility": volatility}


def parts():
    """Four parts in different units, one of which may be negative."""
    found = {
        "x_hotels": indicator(compound(), {"p05": 20, "p95": 30}, unit="亿元"),
        "x_food": indicator(compound("6%"), 180_000, unit="万元"),
        "x_trade": indicator({"model": "linear", "increment": 200, "volatility": 90}, 1200, unit="百万元"),
        "x_debt": indicator({"model": "linear", "increment": -0.5, "volatility": 0.7}, -1, unit="亿元"),
    }
    return dict(reversed(found.items()))


FACTORS = {"x_hotels": 1.0, "x_food": 1e-4, "x_trade": 1e-2, "x_debt": 1.0}
FORMS = {
    "names": "sum(x_hotels, x_food, x_trade, x_debt)",
    "prefix": "sum(x_*)",
    "signs": "x_hotels + x_food + (x_trade + x_debt)",
    "mixed": "sum(x_hotels + x_food, sum(x_trade, x_debt))",
}
TARGETS = [{"at_least": 65, "year": END}, {"at_least": "70 亿元", "year": 2023}]
RELATIVE = [{"at_least": {"times_baseline": 1.3}, "year": END}, {"at_least": 62, "reached_by": END}]


def scenario(form="names", targets=(*TARGETS, *RELATIVE), **more):
    total = {"unit": "亿元", "formula": FORMS.get(form, form), "targets": list(targets)}
    return world(END, total["targets"], indicators={"total": total, **parts(), **more})


def drawn(one, paths=PATHS):
    """Levels of all blocks of a run, side by side."""
    from cqsim.simulation.block import Workspace
    from cqsim.simulation.draws.sampling import RandomSampler
    from cqsim.simulation.plan.building import plan

    prepared = plan(one)
    workspace = Workspace(prepared, BLOCK)
    blocks = [workspace.draw(RandomSampler(SEED), block).copy() for block in range(-(-paths // BLOCK))]
    joined = np.concatenate(blocks, axis=2)[:, :, :paths]
    return {indicator.id: joined[number] for number, indicator in enumerate(prepared.indicators)}


def run(one, paths=PATHS):
    return cqsim.run(one, paths=paths, seed=SEED, progress=False)


@pytest.mark.parametrize("form", FORMS)
def test_the_parts_add_up_to_the_total_on_every_path_and_in_every_year(form):
    found = levels(scenario(form), 3000, SEED)
    added = sum(found[id] * factor for id, factor in FACTORS.items())
    np.testing.assert_allclose(found["total"], added, rtol=1e-12)


def test_every_way_to_write_a_sum_gives_the_same_answers():
    expected = run(scenario("names"), 3000)
    for form in FORMS:
        found = run(scenario(form), 3000)
        for one, other in zip(found.answers, expected.answers, strict=True):
            assert one.probability == other.probability
            assert sorted(part.indicator for part in one.contributions) == sorted(FACTORS)
            for part in one.contributions:
                same = next(two for two in other.contributions if two.indicator == part.indicator)
                assert (part.growth, part.shortfall) == pytest.approx((same.growth, same.shortfall), rel=1e-9)


def test_a_prefix_takes_exactly_the_indicators_that_begin_with_it():
    other = {"xhotels": indicator(compound(), 900, unit="亿元"), "y_hotels": indicator(compound(), 900, unit="亿元")}
    found = run(scenario("prefix", **other), 1000)
    assert [part.indicator for part in found.answers[0].contributions] == sorted(FACTORS)


def test_shares_of_parts_in_per_cent_add_up_to_a_hundred():
    found = {
        f"share_{id}": {"unit": "%", "formula": f"{id} / sum(x_*)", "targets": []} for id in ("x_hotels", "x_food")
    }
    found["share_rest"] = {"unit": "%", "formula": "(x_trade + x_debt) / sum(x_*)"}
    one = scenario(**found)
    kept = levels(one, 2000, SEED)
    np.testing.assert_allclose(sum(kept[id] for id in found), 100, rtol=1e-12)
    np.testing.assert_allclose(kept["share_x_food"], 100 * kept["x_food"] * 1e-4 / kept["total"], rtol=1e-12)


def test_contributions_to_growth_add_up_to_the_mean_growth_of_the_total():
    result, found = run(scenario()), drawn(scenario())
    total = found["total"]
    for answer in result.answers:
        step = answer.target.due - 2020
        for part in answer.contributions:
            own = (found[part.indicator][step] - found[part.indicator][0]).mean() * FACTORS[part.indicator]
            assert part.growth == pytest.approx(own, rel=1e-9)
        assert sum(part.growth for part in answer.contributions) == pytest.approx((total[step] - total[0]).mean())


def test_shortfalls_add_up_to_the_mean_gap_on_the_paths_that_miss():
    result, found = run(scenario()), drawn(scenario())
    total = found["total"]
    for number, answer in enumerate(result.answers):
        step = answer.target.due - 2020
        target = 1.3 * total[0] if number == 2 else answer.levels[0] * np.ones(PATHS)
        reached = total[step] if answer.target.when == "year" else total[1 : step + 1].max(axis=0)
        missed = reached < target
        assert answer.probability == pytest.approx(1 - missed.mean(), abs=1e-12)
        for part in answer.contributions:
            before, after = (found[part.indicator][year] * FACTORS[part.indicator] for year in (0, step))
            due = before / total[0] * target
            assert part.shortfall == pytest.approx((due - after)[missed].mean(), rel=1e-6, abs=1e-9)
        gap = (target - total[step])[missed].mean()
        assert sum(part.shortfall for part in answer.contributions) == pytest.approx(gap, rel=1e-9)


def test_a_target_that_every_path_hits_has_no_shortfall_to_share():
    answer = run(scenario(targets=[{"at_least": 1, "year": END}]), 1000).answers[0]
    assert answer.probability == 1.0
    assert {part.shortfall for part in answer.contributions} == {None}


@pytest.mark.parametrize(
    ("formula", "sense"),
    [("x_hotels - x_debt", "at_least"), ("2 * x_hotels + x_food", "at_least"), (FORMS["names"], "at_most")],
)
def test_only_a_plain_sum_with_a_level_to_reach_is_split(formula, sense):
    answer = run(scenario(formula, [{sense: 65, "year": END}]), 500).answers[0]
    assert answer.contributions == ()
    assert "contributions" not in answer.to_dict()


def test_a_part_that_stands_twice_counts_twice():
    answer = run(scenario("x_hotels + x_hotels", [{"at_least": 55, "year": END}])).answers[0]
    found = drawn(scenario("x_hotels + x_hotels", [{"at_least": 55, "year": END}]))["total"]
    assert sum(part.growth for part in answer.contributions) == pytest.approx((found[-1] - found[0]).mean())


def test_the_frame_shows_the_contributions_of_every_target():
    result = run(scenario(), 2000)
    frame = result.contributions("total")
    assert list(frame.columns) == ["target", "indicator", "label", "growth", "shortfall"]
    assert len(frame) == 16
    for number, answer in enumerate(result.answers):
        assert frame[frame["target"] == number]["growth"].sum() == pytest.approx(
            sum(part.growth for part in answer.contributions)
        )
    assert result.contributions("x_food").empty


def test_a_sum_of_sums_is_split_into_the_sums_it_is_written_with():
    upper = {"unit": "亿元", "formula": "x_hotels + x_food"}
    answer = run(scenario("upper + x_trade", [{"at_least": 60, "year": END}], upper=upper), 3000).answers[0]
    assert [part.indicator for part in answer.contributions] == ["upper", "x_trade"]
