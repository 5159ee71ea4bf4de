"""Cases: other values at some paths, one on top of another, each slip at its own place."""

import pytest

import cqsim
from cqsim import ScenarioError

TEXT = """\
format: 1
years: {baseline: 2021, end: 2026}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 3103, sd: 8%, evidence: reported}
    growth: {model: compound, rate: 7%, volatility: 9%, evidence: assumed}
    targets:
      - {at_least: 5000, year: 2026}
      - {at_least: 4000, year: 2025}
events:
  flood: {probability: 12%, effects: {visitors: {level: -20%}}, evidence: assumed}
levers:
  fair: {probability: 80%, effects: {visitors: {growth: +1pp}}, evidence: assumed}
cases:
"""
CASES = """\
  good:
    label: {zh: 乐观, en: Good}
    set:
      indicators.visitors.growth.rate: {p10: 5%, p50: 10%, p90: 15%}
      events.flood.probability: 5%
  best:
    extends: good
    set:
      indicators.visitors.growth.rate: 12%
      indicators.visitors.baseline.sd: 4%
  peak:
    extends: best
    set:
      levers.fair.probability: 100%
      indicators.visitors.targets[1].at_least: 4200 万人次
  same: {}
"""


@pytest.fixture
def read(tmp_path):
    """Load the scenario with some cases."""

    def load(cases):
        file = tmp_path / "district.yaml"
        file.write_text(TEXT + cases, encoding="utf-8")
        return cqsim.load(file)

    return load


@pytest.fixture
def problems(read):
    """The lines of what is wrong with some cases, less the name of the file."""

    def find(cases):
        with pytest.raises(ScenarioError) as caught:
            read(cases)
        return [line.partition("district.yaml:")[2] for line in str(caught.value).splitlines()]

    return find


def place(cases, text):
    """Line and column of a text in the file, as `line:column`."""
    lines = (TEXT + cases).splitlines()
    line = next(number for number, one in enumerate(lines) if text in one)
    return f"{line + 1}:{lines[line].index(text) + 1}"


def growth_of(scenario):
    return scenario.indicators["visitors"].growth


def test_a_case_sets_its_values_and_keeps_all_others(read):
    scenario = read(CASES)
    good = scenario.case("good")
    assert growth_of(good).rate.p50.number == 10
    assert good.events["flood"].probability.number == 5
    assert good.events["flood"].effects == scenario.events["flood"].effects
    assert growth_of(good).volatility == growth_of(scenario).volatility
    assert (good.indicators["visitors"].targets, good.levers) == (
        scenario.indicators["visitors"].targets,
        scenario.levers,
    )


def test_a_block_is_replaced_as_a_whole(read):
    growth = "{model: logistic, capacity: 9000, rate: 8%, volatility: 2%, evidence: assumed}"
    found = growth_of(read(f"  slow:\n    set:\n      indicators.visitors.growth: {growth}\n").case("slow"))
    assert (found.model, found.rate.number, found.volatility.number) == ("logistic", 8, 2)


def test_the_scenario_itself_stays_as_it_is(read):
    scenario = read(CASES)
    text = scenario.to_yaml()
    scenario.case("peak")
    assert scenario.to_yaml() == text
    assert growth_of(scenario).rate.number == 7


def test_a_case_is_a_scenario_of_its_own_with_another_digest(read):
    scenario = read(CASES)
    digests = {scenario.sha256, *(scenario.case(name).sha256 for name in scenario.cases)}
    assert len(digests) == 5
    assert scenario.case("good") == scenario.case("good")
    assert not scenario.case("good").cases


def test_a_case_that_extends_another_overrides_it_and_keeps_the_rest(read):
    best = read(CASES).case("best")
    assert growth_of(best).rate.number == 12
    assert best.events["flood"].probability.number == 5
    assert best.indicators["visitors"].baseline.sd.number == 4


def test_chains_of_cases_apply_from_the_furthest_to_the_nearest(read):
    peak = read(CASES).case("peak")
    assert growth_of(peak).rate.number == 12
    assert peak.events["flood"].probability.number == 5
    assert peak.levers["fair"].probability.number == 100
    assert [str(target.at_least) for target in peak.indicators["visitors"].targets] == ["5000", "4200 万人次"]


def test_a_value_inside_a_block_that_the_extended_case_replaces_is_set_after_it(read):
    cases = """\
  b: {extends: a, set: {indicators.visitors.growth.volatility: 1%}}
  a: {set: {indicators.visitors.growth: {model: compound, rate: 3%, volatility: 5%, evidence: assumed}}}
"""
    growth = growth_of(read(cases).case("b"))
    assert (growth.rate.number, growth.volatility.number) == (3, 1)


def test_a_block_replaced_by_the_nearer_case_forgets_what_was_set_inside_it(read):
    cases = """\
  a: {set: {indicators.visitors.growth.volatility: 1%}}
  b:
    extends: a
    set: {indicators.visitors.growth: {model: compound, rate: 3%, volatility: 5%, evidence: assumed}}
"""
    growth = growth_of(read(cases).case("b"))
    assert (growth.rate.number, growth.volatility.number) == (3, 5)


def test_an_unknown_case_is_refused_with_the_nearest_name(read):
    with pytest.raises(ScenarioError, match=r"'godo'.*good, best, peak, same.*did you mean 'good'"):
        read(CASES).case("godo")


@pytest.mark.parametrize(
    ("cases", "at", "said"),
    [
        ("  a:\n    extends: b\n", "b", "there is no case 'b'; cases: a"),
        ("  a:\n    extends: a\n", "a", "a -> a"),
        ("  a: {extends: b}\n  b: {extends: c}\n  c: {extends: a}\n", "b}", "a -> b -> c -> a"),
    ],
)
def test_cases_that_extend_nothing_or_each_other_are_refused_at_that_line(cases, at, said, problems):
    first = problems(cases)[0]
    assert said in first
    line = len(TEXT.splitlines()) + (1 if "{" in cases else 2)
    assert first.startswith(f"{line}:")
    assert cases.splitlines()[0 if "{" in cases else 1][int(first.split(":")[1].split(" ")[0]) - 1 :].startswith(at)


@pytest.mark.parametrize("name", ["base", "all"])
def test_a_name_that_stands_for_the_scenario_itself_or_for_all_cases_is_refused(name, problems):
    cases = f"  good: {{}}\n  {name}: {{set: {{events.flood.probability: 5%}}}}\n"
    (found,) = problems(cases)
    assert found.startswith(place(cases, f"{name}: {{set").split(":")[0] + ":")
    assert name in found


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("indicators.visitor.growth.rate", "visitor"),
        ("indicators.visitors.grwth.rate", "growth"),
        ("indicators.visitors.targets[7].at_least", "7"),
        ("indicators.visitors.growth.rate.p50.q", "p50"),
        ("events.fire.probability", "flood"),
        ("nothing", "nothing"),
    ],
)
def test_a_path_that_does_not_exist_is_refused_at_its_own_line_and_column(path, said, problems):
    cases = f"  good:\n    set:\n      events.flood.probability: 5%\n      {path}: 9%\n"
    found = problems(cases)
    assert len(found) == 1
    assert found[0].startswith(place(cases, path).split(":")[0] + ":")
    assert said in found[0]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("indicators.visitors.growth.rate", "9", "9%"),
        ("indicators.visitors.growth.rate", "{p10: 9%, p50: 5%, p90: 12%}", "increase"),
        ("events.flood.probability", "140%", "140%"),
        ("indicators.visitors.targets[0].at_least", "5 亿元", "亿元"),
        ("indicators.visitors.baseline", "{value: 3000}", "evidence"),
        ("levers.fair.start", "2031", "2031"),
        ("indicators.visitors.growth.speed", "3%", "speed"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_own_line_and_column(path, value, said, problems):
    cases = f"  plain: {{}}\n  good:\n    set:\n      {path}: {value}\n"
    found = problems(cases)
    assert len(found) == 1
    assert said in found[0]
    line, column = found[0].split(" ")[0].split(":")[:2]
    text = (TEXT + cases).splitlines()[int(line) - 1]
    assert path in text
    assert text[int(column) - 1 :].startswith((path, value))


def test_a_slip_in_an_extended_case_is_told_once_at_that_case(problems):
    cases = """\
  a: {set: {events.flood.probability: 140%}}
  b: {extends: a, set: {levers.fair.probability: 50%}}
"""
    found = problems(cases)
    assert len(found) == 1
    assert found[0].startswith(f"{len(TEXT.splitlines()) + 1}:")


def test_slips_of_several_cases_are_all_told(problems):
    cases = """\
  a: {set: {events.flood.probability: 140%}}
  b: {set: {levers.fair.probability: -3%, indicators.visitors.growth.rate: 8}}
  c: {extends: d}
"""
    lines = [int(one.split(":")[0]) - len(TEXT.splitlines()) for one in problems(cases)]
    assert lines == [1, 2, 2, 3]


def test_cases_survive_saving_and_loading(read, tmp_path):
    scenario = read(CASES)
    scenario.save(tmp_path / "saved.yaml")
    again = cqsim.load(tmp_path / "saved.yaml")
    assert again == scenario
    for name in scenario.cases:
        assert again.case(name) == scenario.case(name)
        scenario.case(name).save(tmp_path / "case.yaml")
        assert cqsim.load(tmp_path / "case.yaml") == scenario.case(name)


def test_replacing_a_value_keeps_the_cases_and_they_still_apply(read):
    scenario = read(CASES).replace({"indicators.visitors.growth.volatility": "3%"})
    assert growth_of(scenario.case("best")).volatility.number == 3
    assert growth_of(scenario.case("best")).rate.number == 12


def test_running_a_case_is_running_its_scenario(read):
    scenario = read(CASES)
    one = cqsim.run(scenario, case="best", paths=2000, seed=3, progress=False)
    other = cqsim.run(scenario.case("best"), paths=2000, seed=3, progress=False)
    assert (one.case, other.case) == ("best", None)
    assert one.to_dict() == {**other.to_dict(), "case": "best"}
