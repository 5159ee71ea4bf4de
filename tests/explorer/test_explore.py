"""The explorer without a notebook: widgets are set, labels are read, files are written."""

import re
import subprocess
import sys

import pytest

import cqsim
from cqsim.explorer.exploring import explore
from cqsim.messages import say
from cqsim.report.numbers import growth, interval, probability

NANCHUAN = "scenarios/nanchuan.yaml"
PATHS = 2000
GROWTH = {"model": "compound", "rate": "5%", "volatility": "0%", "evidence": "assumed"}


@pytest.fixture
def panel():
    return explore(NANCHUAN, paths=PATHS)


def scenario(growth=GROWTH, unit="万人次", **parts):
    x = {"unit": unit, "baseline": {"value": 100, "evidence": "assumed"}, "growth": growth}
    x["targets"] = parts.pop("targets", [{"at_least": 120, "year": 2025}])
    return cqsim.Scenario(years={"baseline": 2021, "end": 2025}, indicators={"x": x}, **parts)


def sliders(panel):
    return {one.description: one for one in (*panel.target_sliders.children, *panel.growth_sliders.children)}


def cells(panel, column):
    """The first cells of a column of the answer: chance, required growth, chance of all."""
    rows = re.findall(r"<tr>(.*?)</tr>", panel.answer.value)[1:]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)[column] for row in rows]


def shown(result, number=0):
    """What the panel ought to show of a result."""
    one, both = result.answers[number], result.joint_answer
    answers = (one.probability, one.interval), (both.all, both.interval)
    chances = [f"{probability(value)}<br>({interval(*ends)})" for value, ends in answers]
    return [chances[0], growth(one.required.growth, result.language, one.required.growth_in), chances[1]]


def run(written, **options):
    return cqsim.run(written, paths=PATHS, range=False, progress=False, **options)


def test_untouched_it_shows_the_scenario_as_written(panel):
    assert cells(panel, 1) == cells(panel, 2) == shown(run(NANCHUAN))
    assert panel.scenario == cqsim.load(NANCHUAN)
    assert bytes(panel.chart.value).startswith(b"\x89PNG")


def test_every_target_can_be_chosen_and_shows_its_own_answer(panel):
    result = run(NANCHUAN)
    assert len(panel.target.options) == len(result.answers) == 10
    for number, answer in enumerate(result.answers):
        panel.target.value = number
        assert cells(panel, 1) == shown(result, number)
        assert answer.label in panel.answer.value


def test_a_moved_target_gives_what_a_run_of_the_changed_scenario_gives(panel):
    before, drawn = cells(panel, 2), bytes(panel.chart.value)
    sliders(panel)["目标值 (万人次)"].value = 4500
    changed = cqsim.load(NANCHUAN).replace({"indicators.visitors.targets[0].at_least": 4500})
    assert cells(panel, 1) == shown(run(changed)) != before
    assert cells(panel, 2) == before
    assert bytes(panel.chart.value) != drawn


def test_a_distribution_moves_as_a_whole_on_the_scale_of_growth_factors(panel):
    sliders(panel)["典型增速 (%)"].value = 8.0
    rate = panel.scenario.indicators["visitors"].growth.rate
    assert [one.number for one in (rate.p10, rate.p50, rate.p90)] == pytest.approx([2.90566, 8.0, 14.1132])


def test_a_moved_volatility_is_written_as_it_stands_on_the_slider(panel):
    sliders(panel)["年度波动 (%)"].value = 4.5
    assert panel.scenario.indicators["visitors"].growth.volatility.written == "4.5%"


def test_a_slider_back_at_its_start_leaves_the_scenario_as_written(panel):
    slider = sliders(panel)["典型增速 (%)"]
    slider.value = 8.0
    assert panel.scenario != cqsim.load(NANCHUAN)
    slider.value = 6.0
    assert panel.scenario == cqsim.load(NANCHUAN)
    assert cells(panel, 1) == cells(panel, 2)


def test_moved_figures_are_graded_as_assumed_and_keep_their_notes(panel):
    sliders(panel)["目标值 (万人次)"].value = 4500
    target, written = (one.indicators["visitors"].targets[0] for one in (panel.scenario, cqsim.load(NANCHUAN)))
    assert (written.evidence, target.evidence) == ("reported", "assumed")
    assert target.note == f"{written.note}；{say('explore.moved', 'zh', list=['at_least'])}"


def test_the_growth_of_all_that_a_target_rests_on_can_be_moved(panel):
    panel.target.value = 1  # revenue: visitors times spend, with levers that wait for milestones
    names = [name for _, name in panel.growth.options]
    assert names[:2] == ["visitors", "spend"]
    assert "scenic_5a" in names
    panel.growth.value = "spend"
    sliders(panel)["典型增速 (%)"].value = 7.0
    panel.growth.value = "visitors"
    panel.growth.value = "spend"
    assert sliders(panel)["典型增速 (%)"].value == 7.0
    assert panel.scenario.indicators["spend"].growth.rate.p50.number == 7.0


@pytest.mark.parametrize("kind", ["events", "levers"])
def test_switching_off_equals_a_scenario_with_it_off(panel, kind):
    base = cqsim.load(NANCHUAN)
    boxes = dict(zip([*base.events, *base.levers], panel.switches.children, strict=True))
    for id in getattr(base, kind):
        boxes[id].value = False
        off = base.replace({f"{kind}.{id}.probability": "0%"})
        assert panel.scenario == off
        assert cells(panel, 1) == shown(run(off))
        boxes[id].value = True
        assert panel.scenario == base


def test_events_written_as_a_rate_or_as_off_and_levers_written_as_off():
    effect = {"effects": {"x": {"level": "-10%"}}, "evidence": "assumed"}
    events = {"many": {"rate": 0.5, **effect}, "none": {"probability": "0%", **effect}}
    panel = explore(scenario(events=events, levers={"idle": {"probability": "0%", **effect}}), paths=PATHS)
    many, none, idle = panel.switches.children
    assert [(one.value, one.disabled) for one in (many, none, idle)] == [(True, False), (False, True), (False, False)]
    many.value, idle.value = False, True
    assert panel.scenario.events["many"].is_off
    assert panel.scenario.levers["idle"].probability.number == 100


def test_the_button_writes_a_file_that_loads_and_runs_to_the_same_answer(panel, tmp_path):
    sliders(panel)["目标值 (万人次)"].value = 4500
    sliders(panel)["典型增速 (%)"].value = 8.0
    panel.switches.children[0].value = False
    panel.file.value = str(tmp_path / "changed.yaml")
    panel.button.click()
    assert panel.said.value == say("written", "zh", path=panel.file.value)
    assert cqsim.load(panel.file.value) == panel.scenario
    assert shown(run(panel.file.value)) == cells(panel, 1)


@pytest.mark.parametrize("name", ["", "changed", "changed.txt", "  .yaml  "])
def test_a_name_that_is_no_scenario_file_is_refused(panel, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    panel.file.value = name
    panel.button.click()
    assert panel.said.value == say("explore.ending", "zh", allowed=[".yaml", ".yml"])
    assert not list(tmp_path.iterdir())


def test_a_file_that_exists_stays_as_it_is(panel, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("mine")
    panel.file.value = str(file)
    panel.button.click()
    assert panel.said.value == f"{file}: {say('exists', 'zh')}"
    assert file.read_text() == "mine"


def test_a_folder_that_is_not_there_is_said_so(panel, tmp_path):
    panel.file.value = str(tmp_path / "no" / "changed.yaml")
    panel.button.click()
    assert panel.said.value.startswith(say("unwritable", "zh", path=panel.file.value, reason=""))
    assert not list(tmp_path.iterdir())


def test_a_history_in_a_file_must_lie_beside_the_new_scenario_too(tmp_path):
    (tmp_path / "past.csv").write_text("year,value\n2019,94\n2020,97\n2021,100\n")
    text = scenario().to_yaml().replace("    growth:", "    history: {file: past.csv, evidence: assumed}\n    growth:")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    panel = explore(tmp_path / "a.yaml", paths=PATHS)
    assert panel.file.value == str(tmp_path / "a_changed.yaml")
    panel.button.click()
    assert cqsim.load(tmp_path / "a_changed.yaml") == panel.scenario
    (tmp_path / "elsewhere").mkdir()
    panel.file.value = str(tmp_path / "elsewhere" / "a.yaml")
    panel.button.click()
    assert "past.csv" in panel.said.value
    assert not list((tmp_path / "elsewhere").iterdir())


def test_figures_that_do_not_fit_together_are_said_so_until_they_do():
    panel = explore(scenario(targets=[{"between": [110, 130], "year": 2025}]), paths=PATHS)
    low, high = panel.target_sliders.children
    assert low.max < 130
    assert high.min > 110
    low.value, high.value = 125, 115
    assert "<table" not in panel.answer.value
    assert "indicators.x.targets[0]" in panel.answer.value
    high.value = 160
    assert panel.scenario.indicators["x"].targets[0].between[1].number == 160
    assert cells(panel, 1)[0] == shown(run(panel.scenario))[0]


def test_without_a_figure_to_move_it_says_why():
    panel = explore(scenario({"model": "fixed", "evidence": "assumed"}), paths=PATHS)
    assert panel.growth.options == ()
    assert [one.value for one in panel.growth_sliders.children] == [say("explore.fixed", "en")]


def test_labels_are_text_and_not_markup():
    hostile = "<b>&\"'"
    effects = {"effects": {"x": {"level": "-10%"}}, "evidence": "assumed", "probability": "5%"}
    panel = explore(scenario(unit="<i>", title=hostile, events={"e": {"label": hostile, **effects}}), paths=PATHS)
    assert "<b>" not in panel.answer.value
    assert "<i>" not in panel.answer.value
    panel.file.value = "<b>.txt"
    panel.button.click()
    assert "<b>" not in panel.said.value


def test_without_ipywidgets_it_says_what_to_install():
    code = f"import sys, cqsim\nsys.modules['ipywidgets'] = None\ncqsim.explore({NANCHUAN!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'cqsim[widgets]'" in done.stderr.splitlines()[-1]
