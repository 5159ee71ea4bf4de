"""A look-back scores what was said against what came."""

import math

import numpy as np
import pytest
from scipy.special import ndtr
from tests.lookbacks import START, WALK, came, look, plan

from cqsim import ScenarioError
from cqsim.answers.backtest.scores import probability_scores
from cqsim.errors import Fault

SPREAD = 0.2  # of yearly log growth, so that year t is lognormal about 100 with log sd 0.2 sqrt(t)
# Shares of 200,000 draws lie within 0.0068 of the truth, six standard errors, but for twice in a billion runs; half a
# bucket of 0.1 % moves a lognormal of log sd 0.2 by less than 0.001.
PATHS, TOLERANCE = 200_000, 0.008


@pytest.mark.parametrize(
    ("target", "values", "status", "year"),
    [
        ({"at_least": 120, "year": 2023}, {"y2023": 120}, "hit", 2023),
        ({"at_least": 120, "year": 2023}, {"y2023": 119.99}, "missed", 2023),
        ({"at_least": 120, "year": 2023}, {"y2022": 500, "y2024": 500}, "open", None),
        ({"at_most": 90, "year": 2023}, {"y2023": 90}, "hit", 2023),
        ({"at_most": 90, "year": 2023}, {"y2022": 80, "y2023": 90.01}, "missed", 2023),
        ({"between": [90, 110], "year": 2023}, {"y2023": 110}, "hit", 2023),
        ({"between": [90, 110], "year": 2023}, {"y2023": 89.9}, "missed", 2023),
        ({"between": [90, 110], "year": 2023}, {"y2023": 110.1}, "missed", 2023),
        ({"at_least": {"times_baseline": 1.5}, "year": 2023}, {"y2023": 150}, "hit", 2023),
        ({"at_least": {"times_baseline": 1.5}, "year": 2023}, {"y2023": 149.9}, "missed", 2023),
        ({"at_least": 120, "year": 2023}, {"y2023": "0.012 亿人次"}, "hit", 2023),
        ({"at_least": 120, "reached_by": 2024}, {"y2023": 121, "y2024": 130}, "hit", 2023),
        ({"at_least": 120, "reached_by": 2024}, {"y2022": 125, "y2024": 90}, "hit", 2022),
        ({"at_least": 120, "reached_by": 2024}, {"y2022": 119, "y2024": 119}, "missed", 2024),
        ({"at_least": 120, "reached_by": 2024}, {"y2022": 119, "y2023": 119}, "open", None),
        ({"at_least": 120, "reached_by": 2024}, {"y2020": 500, "y2021": 500, "y2025": 500}, "open", None),
        ({"at_most": 90, "reached_by": 2024}, {"y2022": 89}, "hit", 2022),
        ({"between": [90, 95], "reached_by": 2024}, {"y2022": 96, "y2023": 92}, "hit", 2023),
    ],
)
def test_every_sense_and_kind_of_year_is_decided_by_the_value_that_it_asks_for(target, values, status, year):
    (one,) = look(plan([target], came(**values))).outcomes
    assert (one.status, one.realised and one.realised.year) == (status, year)
    assert (one.quantile is None, one.brier is None, one.log_score is None) == ((status == "open"),) * 3


def test_times_baseline_is_of_the_median_of_an_uncertain_baseline():
    start = {"value": {"p10": 60, "p50": 100, "p90": 200}, "evidence": "assumed"}
    targets = [
        {"at_least": {"times_baseline": 1.5}, "year": 2023},
        {"at_least": {"times_baseline": 1.51}, "year": 2023},
    ]
    assert [one.hit for one in look(plan(targets, came(y2023=150), baseline=start)).outcomes] == [True, False]


def test_what_came_falls_where_the_law_says():
    targets = [
        {"at_least": 100, "year": 2025},
        {"at_most": 40, "reached_by": 2024},
        {"at_least": 130, "reached_by": 2024},
    ]
    found = look(plan(targets, came(y2022=80, y2023=131, y2024=120, y2025=150)), paths=PATHS)
    expected = [(150, 4), (120, 3), (131, 2)]  # a miss counts in its own year, a hit in the year of the hit
    for one, (value, years) in zip(found.outcomes, expected, strict=True):
        assert one.realised.value == value
        share = float(ndtr(math.log(value / 100) / (SPREAD * math.sqrt(years))))
        assert one.quantile == pytest.approx(share, abs=TOLERANCE)


def test_half_of_the_ties_count_for_whole_numbers():
    growth = {"model": "count", "per_year": 3, "evidence": "assumed"}
    targets = [{"at_least": 3, "year": 2022}]
    (one,) = look(plan(targets, came(y2022=3), unit="家", baseline=None, growth=growth), paths=PATHS).outcomes
    poisson = [math.exp(-3) * 3**k / math.factorial(k) for k in range(4)]
    assert one.quantile == pytest.approx(sum(poisson[:3]) + poisson[3] / 2, abs=TOLERANCE)


def test_scores_follow_from_the_chances_and_stand_beside_those_of_the_base_rate():
    targets = [
        {"at_least": 120, "year": 2023},
        {"at_least": 100, "year": 2024},
        {"at_most": 70, "year": 2024},
        {"at_least": 130, "year": 2025},
    ]
    found = look(plan(targets, came(y2023=125, y2024=90)))
    hits = [True, False, False]
    chances = [one.probability for one in found.result.answers[:3]]
    assert [one.hit for one in found.outcomes] == [*hits, None]
    given = [chance if hit else 1 - chance for chance, hit in zip(chances, hits, strict=True)]
    assert [one.brier for one in found.scored] == pytest.approx([(1 - chance) ** 2 for chance in given])
    assert [one.log_score for one in found.scored] == pytest.approx([-math.log(chance) for chance in given])
    summary = found.summary
    assert (summary["targets"], summary["scored"], summary["hits"], summary["open"]) == (4, 3, 1, 1)
    assert summary["brier"] == pytest.approx(np.mean([one.brier for one in found.scored]))
    assert summary["log_score"] == pytest.approx(np.mean([one.log_score for one in found.scored]))
    assert summary["brier_climatology"] == pytest.approx(1 / 3 * 2 / 3)
    assert summary["log_score_climatology"] == pytest.approx(-math.log(1 / 3) / 3 - 2 * math.log(2 / 3) / 3)
    for constant in np.linspace(0.01, 0.99, 99):  # no constant beats the base rate
        other = probability_scores([(float(constant), hit) for hit in hits])
        assert other["brier"] >= summary["brier_climatology"]
        assert other["log_score"] >= summary["log_score_climatology"]


def test_without_a_decided_target_there_is_nothing_to_score():
    found = look(plan([{"at_least": 120, "year": 2025}], came(y2022=110)))
    assert (found.scored, found.summary["open"], found.summary["brier"]) == ((), 1, None)


def test_a_formula_counts_when_it_has_observations_of_its_own():
    scenario = plan([{"at_least": 120, "year": 2023}], came(y2023=130))
    data = {"unit": "万人次", "formula": "visitors * 2", "targets": [{"at_least": 240, "year": 2023}]}
    without = scenario.replace({"indicators.double": data})
    assert [one.status for one in look(without).outcomes] == ["hit", "open"]
    observed = scenario.replace({"indicators.double": {**data, "observations": came(y2023=239)}})
    assert [one.status for one in look(observed).outcomes] == ["hit", "missed"]


def test_a_case_is_looked_back_on_with_its_own_values():
    faster = {"set": {"indicators.visitors.growth.rate": "30%"}}
    scenario = plan([{"at_least": 120, "year": 2023}], came(y2023=130)).replace({"cases": {"faster": faster}})
    found = look(scenario, case="faster")
    assert found.to_dict()["case"] == "faster"
    assert found.outcomes[0].answer.probability > look(scenario).outcomes[0].answer.probability + 0.2


def test_chances_of_what_was_known_already_are_told():
    scenario = plan([{"at_least": 120, "year": 2022}], came(y2022=130))
    told = [note for note in look(scenario, 2023).notes if "not forecasts" in note]
    assert told == [
        "Realised outcomes already published by the end of 2023, so these probabilities were not forecasts: "
        "visitors (2023)."
    ]
    assert not [note for note in look(scenario, 2022).notes if "not forecasts" in note]


def test_targets_of_a_later_source_are_told():
    sources = {"news": {"title": "News", "year": 2023}}
    found = look(plan([{"at_least": 120, "year": 2023, "source": "news"}], came(y2023=130), sources))
    assert "Targets whose source was published later, possibly with more information: visitors (2023)." in found.notes


def test_the_realised_value_keeps_its_source_and_its_note():
    points = [{"year": 2023, "value": 130, "published": 2025, "source": "news", "note": "over 130"}]
    observations = {"points": points, "evidence": "reported"}
    scenario = plan([{"at_least": 120, "year": 2023}], observations, {"news": {"title": "A newspaper"}})
    (one,) = look(scenario).to_dict()["targets"]
    assert one["realised"] == {
        "year": 2023,
        "value": 130,
        "published": 2025,
        "evidence": "reported",
        "source": "A newspaper",
        "note": "over 130",
    }


def test_the_frame_has_a_row_for_every_target():
    found = look(plan([{"at_least": 120, "year": 2023}, {"at_least": 120, "year": 2025}], came(y2023=130)))
    frame = found.frame
    assert frame["status"].tolist() == ["hit", "open"]
    assert frame["realised_year"].tolist()[0] == 2023
    assert frame.loc[1, ["realised", "realised_year", "quantile", "brier"]].isna().all()


@pytest.mark.parametrize("observations", [None, "elsewhere"])
def test_without_observations_of_a_target_there_is_nothing_to_look_back_on(observations):
    scenario = plan([{"at_least": 120, "year": 2023}])
    if observations:
        other = {"baseline": START, "growth": WALK, "observations": came(y2023=1)}
        scenario = scenario.replace({"indicators.other": other})
    with pytest.raises(ScenarioError, match="no indicator with a target has `observations`"):
        look(scenario)


@pytest.mark.parametrize("year", [1899, 2201, True, "2021", 2021.0])
def test_a_year_that_is_none_is_refused(year):
    with pytest.raises(Fault, match="not a year between 1900 and 2200"):
        look(plan([{"at_least": 120, "year": 2023}], came(y2023=1)), year)


def test_the_digits_do_not_depend_on_the_number_of_threads():
    scenario = plan([{"at_least": 120, "year": 2023}], came(y2023=130))
    one, three = (look(scenario, paths=100_000, threads=threads) for threads in (1, 3))
    assert one.to_dict() == three.to_dict()
