import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import cqsim
from cqsim.cli import main

TEXT = """\
format: 1
language: en
years: {baseline: 2021, end: 2026}
indicators:
  visitors:
    unit: 万人次
    baseline: {value: 3103, sd: 8%, evidence: reported}
    growth: {model: compound, rate: {p10: 2%, p50: 7%, p90: 13%}, volatility: 9%, evidence: assumed}
    targets:
      - {at_least: 5000, year: 2026}
cases:
  optimistic:
    label: Optimistic
    set: {indicators.visitors.growth.rate: {p10: 5%, p50: 10%, p90: 15%}}
  cautious:
    set: {indicators.visitors.growth.rate: 3%}
run: {paths: 3000, seed: 5}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "district.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def invoke(file):
    return lambda *arguments: CliRunner().invoke(main, ["run", str(file), *arguments])


def document(found):
    assert found.exit_code == 0, found.stderr
    return json.loads(found.stdout)


def result(file, changes=(), **options):
    scenario = cqsim.load(file)
    scenario = scenario.replace(dict(changes)) if changes else scenario
    return json.loads(cqsim.run(scenario, progress=False, **options).to_json())


def answers(found):
    """What is said of the targets; the digests of the texts differ."""
    return found["targets"], found["joint"], found["notes"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("10%", "10%"),
        ("{p10: 5%, p50: 10%, p90: 15%}", {"p10": "5%", "p50": "10%", "p90": "15%"}),
        (" {p05: 1%, p95: 9%} ", {"p05": "1%", "p95": "9%"}),
    ],
)
def test_set_takes_a_value_as_it_would_stand_in_the_file(written, value, invoke, file):
    path = "indicators.visitors.growth.rate"
    found = document(invoke("--json", "--set", f"{path}={written}"))
    assert answers(found) == answers(result(file, {path: value}))
    assert answers(found) != answers(document(invoke("--json")))


def test_several_values_are_set_together(invoke, file):
    changes = {"indicators.visitors.growth.volatility": "2%", "indicators.visitors.targets[0].at_least": "4800 万人次"}
    found = document(
        invoke("--json", *(part for path, value in changes.items() for part in ("--set", f"{path}={value}")))
    )
    assert answers(found) == answers(result(file, changes))
    assert found["targets"][0]["value"] == 4800


def test_a_value_may_hold_an_equals_sign(invoke):
    found = document(invoke("--json", "--set", "title=a=b", "--set", "indicators.visitors.label=x = y"))
    assert found["targets"][0]["label"] == "x = y"


def test_a_block_of_the_run_may_be_set(invoke):
    assert document(invoke("--json", "--set", "run.seed=9", "--set", "run.paths=500"))["paths"] == 500


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("indicators.visitors.growth.rate=10", "10%"),
        ("indicators.visitors.growth.rate={p10: 9%, p50: 5%, p90: 12%}", "increase"),
        ("indicators.visitors.growth.volatility=-3%", "-3%"),
        ("indicators.visitors.growth.speed=3%", "speed"),
        ("indicators.vistors.growth.rate=10%", "visitors"),
        ("indicators.visitors.targets[3].year=2025", "3"),
        ("indicators.visitors.growth.rate.p10.q=3%", "q"),
        ("years.end=2020", "2020"),
    ],
)
def test_a_value_or_path_that_does_not_fit_is_exit_code_2_and_names_it(change, said, invoke):
    found = invoke("--set", change)
    assert (found.exit_code, found.stdout) == (2, "")
    assert said in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("change", ["indicators.visitors.growth.rate", "", "rate 10%"])
def test_a_set_without_an_equals_sign_is_told_how_it_is_written(change, invoke):
    found = invoke("--set", change)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "PATH=VALUE" in found.stderr


@pytest.mark.parametrize("change", ["indicators.visitors.growth.rate={p10: 1%", "=3%", "a.b=[1, 2", "title=*a"])
def test_a_set_that_cannot_be_read_is_exit_code_2_without_a_traceback(change, invoke):
    found = invoke("--set", change)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr
    assert isinstance(found.exception, SystemExit)


def test_what_was_set_stands_in_the_manifest(invoke, file, tmp_path):
    changes = ["indicators.visitors.growth.rate=10%", "run.seed=9"]
    out = tmp_path / "out"
    assert invoke("--out", str(out), "--set", changes[0], "--set", changes[1], "--paths", "1000").exit_code == 0
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["flags"] == {"paths": 1000, "set": changes}
    assert (manifest["seed"], manifest["paths"]) == (9, 1000)
    plain = json.loads(CliRunner().invoke(main, ["run", str(file), "--json"]).stdout)
    assert manifest["scenario_sha256"] != plain["scenario_sha256"]


def test_a_case_is_run_with_its_values_and_says_its_name(invoke, file, tmp_path):
    out = tmp_path / "out"
    found = document(invoke("--json", "--case", "optimistic", "--out", str(out)))
    assert found["case"] == "optimistic"
    assert found == result(file, case="optimistic")
    assert found["targets"][0]["probability"] > document(invoke("--json"))["targets"][0]["probability"]
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["flags"] == {"case": "optimistic"}


def test_a_case_holds_on_top_of_what_is_set(invoke, file):
    path = "indicators.visitors.growth.volatility"
    found = document(invoke("--json", "--case", "cautious", "--set", f"{path}=1%"))
    assert answers(found) == answers(result(file, {path: "1%"}, case="cautious"))


def test_all_cases_are_compared_with_the_file_as_it_stands(invoke, file):
    found = document(invoke("--json", "--case", "all"))
    assert found == json.loads(cqsim.compare(file, progress=False).to_json())
    assert list(found["cases"]) == ["optimistic", "cautious"]
    assert {key: found[key] for key in ("targets", "joint")} == {
        key: value for key, value in result(file).items() if key in ("targets", "joint")
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_of_cases_names_them_and_their_differences(language, invoke):
    found = invoke("--case", "all", "--lang", language)
    assert found.exit_code == 0
    title = {"zh": "各情景", "en": "Cases"}[language]
    table = found.stdout[found.stdout.lower().index(title.lower()) :]
    assert "Optimistic" in table
    assert "cautious" in table
    assert "+" in table
    assert "-" in table or "−" in table


@pytest.mark.parametrize("name", ["optimstic", "", "ALL"])
def test_an_unknown_case_is_exit_code_2_with_those_that_exist(name, invoke):
    found = invoke("--case", name)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "optimistic" in found.stderr
    assert "Traceback" not in found.stderr


def test_nothing_is_written_when_a_value_or_case_is_refused(invoke, tmp_path):
    out = tmp_path / "out"
    for arguments in (("--set", "nothing=1"), ("--case", "none")):
        assert invoke("--out", str(out), *arguments).exit_code == 2
        assert not Path(out).exists()


def test_a_scenario_without_cases_says_so(file, invoke):
    file.write_text(TEXT.partition("cases:")[0], encoding="utf-8")
    found = invoke("--case", "optimistic", "--paths", "100")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "optimistic" in found.stderr
    assert list(document(invoke("--json", "--case", "all", "--paths", "100"))["cases"]) == []
