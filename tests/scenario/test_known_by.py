"""Nothing that was published later can have been drawn from: it changes no digit."""

import pytest
from tests.lookbacks import START, WALK, came, look, plan

import cqsim
from cqsim import ScenarioError
from cqsim.scenario.known_by import known_by, late_baselines, late_points

# Histories that models learn from: a trend of its own, one that borrows from a peer, and one that repeats past years.
HISTORY = {2014: 80, 2015: 84, 2016: 85, 2017: 91, 2018: 90, 2019: 96, 2020: 100}
TEXT = """\
years: {{baseline: 2020, end: 2024}}
indicators:
  visitors:
    unit: 万人次
    history: {{evidence: official, points: [{points}]}}
    observations: {{values: {{{came}}}, evidence: official}}
    targets: [{{at_least: 120, year: 2023}}, {{at_least: 115, reached_by: 2024}}]
  guests:
    unit: 万人次
    baseline: {{value: 50, evidence: official}}
    history: {{evidence: official, values: {{2017: 46, 2018: 47, 2019: 49}}}}
    growth: {{model: trend, pool: [visitors], evidence: derived}}
    targets: [{{at_least: 55, year: 2023}}]
  beds:
    unit: 张
    baseline: {{value: 100, evidence: official}}
    history: {{evidence: official, points: [{row}]}}
    growth: {{model: bootstrap, evidence: derived}}
    targets: [{{at_most: 110, year: 2023}}]
"""


def written(folder, points=(), observations="2021: 104", history=HISTORY, text=TEXT):
    lines = [f"{{year: {year}, value: {value}, published: {year}}}" for year, value in history.items()]
    file = folder / "district.yaml"
    row = [point for point in points if "2010" not in point and "2022" not in point]  # without gaps
    values = {"points": ", ".join([*lines, *points]), "row": ", ".join([*lines, *row])}
    file.write_text(text.format(**values, came=observations), encoding="utf-8")
    return file


def everything(found):
    """Every digit of what was drawn."""
    result = found.result
    return result.answers, result.joint_answer, result.indicators


LATER = [
    "{year: 2021, value: 9e6}",
    "{year: 2022, value: 9e6}",
    "{year: 2013, value: 9e6, published: 2021}",
    "{year: 2010, value: 1e-6, published: 2023}",
    "{year: 2021, value: 9e6, published: 2019}",
]


@pytest.mark.parametrize("point", LATER)
def test_a_point_that_was_published_later_changes_no_digit(point, tmp_path):
    clean = look(cqsim.load(written(tmp_path)), 2020)
    planted = look(cqsim.load(written(tmp_path, [point])), 2020)
    assert everything(planted) == everything(clean)
    assert planted.left_out[0].indicator == "visitors"
    assert planted.outcomes == clean.outcomes


@pytest.mark.parametrize("observations", ["2021: 9e6", "2019: 1e-6, 2020: 9e6", "2023: 118, 2024: -5, 2190: 3"])
def test_no_observation_changes_a_digit(observations, tmp_path):
    clean = look(cqsim.load(written(tmp_path)), 2020)
    planted = look(cqsim.load(written(tmp_path, observations=observations)), 2020)
    assert everything(planted) == everything(clean)
    assert planted.result.scenario == clean.result.scenario
    assert all(one.observations is None for one in planted.result.scenario.indicators.values())


def test_a_point_that_was_known_does_change_digits(tmp_path):
    clean = look(cqsim.load(written(tmp_path)), 2020)
    planted = look(cqsim.load(written(tmp_path, ["{year: 2013, value: 60, published: 2020}"])), 2020)
    assert planted.left_out == ()
    one, other = everything(planted), everything(clean)
    assert one[0] != other[0]
    assert all(
        now.years != then.years for now, then in zip(one[2], other[2], strict=True)
    )  # of every indicator, the pooled one too


def test_a_baseline_that_was_filled_in_becomes_the_last_value_known_by_then(tmp_path):
    text = TEXT.replace("baseline: 2020", "baseline: 2022")
    late = ["{year: 2021, value: 300}", "{year: 2022, value: 400, published: 2022}"]
    scenario = cqsim.load(written(tmp_path, late, text=text))
    assert scenario.indicators["visitors"].baseline.value.number == 400
    found = look(scenario, 2020)
    known = found.result.scenario.indicators["visitors"]
    assert (known.baseline.value.number, known.baseline.year) == (100, 2020)
    assert known.growth == scenario.indicators["visitors"].growth
    assert (found.outcomes[0].answer.baseline_year, found.outcomes[0].answer.baseline) == (2020, 100)
    assert "The baseline is the last value of the history known by then: visitors 2020 = 100." in found.notes
    assert everything(found) == everything(look(cqsim.load(written(tmp_path, text=text)), 2020))
    saved = tmp_path / "saved.yaml"
    scenario.save(saved)
    assert cqsim.load(saved) == scenario
    assert everything(look(cqsim.load(saved), 2020)) == everything(found)


def test_a_baseline_that_is_written_stays_even_where_it_repeats_the_history():
    history = {"values": {"2019": 90, "2020": 95, "2021": 100}, "evidence": "official"}
    start = {"value": 100, "year": 2021, "evidence": "official"}
    scenario = plan([{"at_least": 120, "year": 2023}], came(y2023=130), history=history, baseline=start)
    found = look(scenario, 2020)
    assert found.result.scenario.indicators["visitors"].baseline == scenario.indicators["visitors"].baseline
    later = (
        "Baselines kept as the plan states them, though the value or its source was published later: visitors (2022)."
    )
    assert later in found.notes
    assert later not in look(scenario, 2022).notes


def test_when_a_baseline_was_published():
    sources = {"book": {"title": "Yearbook", "year": 2024}, "page": {"title": "No date"}}
    scenario = plan([{"at_least": 120, "year": 2023}], sources=sources)
    starts = {
        "later_source": {**START, "source": "book"},
        "source_without_a_year": {**START, "source": "page"},
        "assumed": {**START, "evidence": "assumed"},
        "assumed_from_a_later_source": {**START, "evidence": "assumed", "source": "book"},
        "of_an_earlier_year": {**START, "year": 2019},
    }
    blocks = {f"indicators.{id}": {"baseline": start, "growth": WALK} for id, start in starts.items()}
    both = {"baseline": {**START, "source": "book"}, "growth": WALK}
    points = [{"year": 2021, "value": 100, "published": 2021}]
    both["history"] = {"points": points, "evidence": "official"}
    found = late_baselines(scenario.replace({**blocks, "indicators.in_the_history": both}), 2021)
    expected = {"visitors": 2022, "later_source": 2024, "source_without_a_year": 2022}
    assert found == expected | {"assumed_from_a_later_source": 2024}


def test_a_history_that_becomes_too_short_is_told_with_its_line_and_what_was_left_out(tmp_path):
    file = written(tmp_path, history={year: HISTORY[year] for year in (2017, 2018, 2019, 2020)})
    with pytest.raises(ScenarioError) as caught:
        look(file, 2018)
    line = file.read_text(encoding="utf-8").splitlines().index("  beds:") + 4
    said = (
        f"{file}:{line}:14  indicators.beds.history: the model bootstrap needs a history of at least 4 years, found 2; "
        "not published by the end of 2018 and therefore left out of the history: "
        "beds 2019 = 96 (published 2019), beds 2020 = 100 (published 2020)"
    )
    assert said in str(caught.value).splitlines()


def test_before_the_first_history_nothing_is_left_to_grow_from(tmp_path):
    with pytest.raises(
        ScenarioError, match=r"visitors: an indicator that grows needs a baseline; not published by .*2010"
    ):
        look(written(tmp_path), 2010)


def test_before_the_first_history_a_written_plan_still_runs():
    history = {"values": {"2020": 95}, "evidence": "official"}
    scenario = plan([{"at_least": 120, "year": 2023}], came(y2023=130), history=history)
    found = look(scenario, 1990)
    assert found.result.answers[0].probability == look(scenario, 2022).result.answers[0].probability
    assert found.left_out == late_points(scenario, 1990)


def test_a_history_in_a_file_loses_its_late_rows_too(tmp_path):
    (tmp_path / "past.csv").write_text("year,value,published\n2019,90,2020\n2020,95,2023\n", encoding="utf-8")
    file = tmp_path / "plan.yaml"
    scenario = plan([{"at_least": 120, "year": 2023}], came(y2023=130))
    text = scenario.to_yaml().replace(
        "    growth:", "    history: {file: past.csv, evidence: official}\n    growth:", 1
    )
    file.write_text(text, encoding="utf-8")
    known = known_by(cqsim.load(file), 2021)
    assert known.indicators["visitors"].history.levels("万人次") == {2019: 90}
    assert [(one.year, one.published) for one in late_points(cqsim.load(file), 2021)] == [(2020, 2023)]
