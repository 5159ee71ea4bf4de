"""What is drawn are the numbers of the result, read back from the artists."""

import numpy as np
import pytest

import cqsim
from cqsim.answers.lookback.outcome import Outcome
from cqsim.errors import Fault
from cqsim.rates import cagr
from cqsim.report.figures import CHARTS
from cqsim.report.figures.drawing.style import minus, wrapped
from cqsim.report.figures.fan import _apart


def lines(ax, label):
    return [line for line in ax.lines if line.get_label() == label]


def points(ax, label):
    """The places of all markers of a name, shape (n, 2)."""
    return np.vstack([line.get_xydata() for line in lines(ax, label)])


def bars(ax, label):
    return [bar for group in ax.containers if group.get_label() == label for bar in group]


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_the_bands_and_the_median_of_a_fan_are_the_quantiles(comparison, drawn):
    ax = drawn("fan")
    rows = comparison.results["base"].quantiles("visitors")
    for band, (low, high) in zip(ax.collections, [("p5", "p95"), ("p10", "p90"), ("p25", "p75")], strict=True):
        corners = band.get_paths()[0].vertices
        for year, bottom, top in zip(rows["year"], rows[low], rows[high], strict=True):
            here = corners[corners[:, 0] == year, 1]
            assert here.min() == pytest.approx(bottom)
            assert here.max() == pytest.approx(top)
    assert points(ax, "p50") == pytest.approx(rows[["year", "p50"]].to_numpy())


def test_target_baseline_and_required_path_of_a_fan(comparison, drawn):
    ax = drawn("fan")
    assert points(ax, "target").tolist() == [[2026, 5000]]
    assert lines(ax, "target")[0].get_marker() == "^"
    assert points(ax, "baseline")[0] == pytest.approx([2021, 3103])
    path = points(ax, "required")
    assert path[0] == pytest.approx([2021, 3103])
    assert path[-1] == pytest.approx([2026, 5000])
    assert np.diff(np.log(path[:, 1])) == pytest.approx(np.log(5000 / 3103) / (len(path) - 1))  # even growth
    assert any("5,000 万人次" in text and "10.0%/年" in text for text in words(ax))


def test_history_and_observations_are_points_of_their_own(observed):
    ax = observed.plot.fan("industrial_output")
    assert points(ax, "history").tolist() == [[2014, 18700], [2015, 21404.66], [2020, 20000]]
    assert points(ax, "observations").tolist() == [[2023, 26000]]
    assert {"history", "realised"} <= set(words(ax))


@pytest.mark.parametrize(
    ("target", "marker"),
    [({"at_least": 120}, "^"), ({"at_most": 90}, "v"), ({"between": [90, 110]}, "_")],
)
def test_the_marker_says_the_sense_of_a_target(target, marker):
    growth = {"model": "compound", "rate": "2%", "volatility": "5%", "evidence": "assumed"}
    indicator = {"baseline": {"value": 100, "evidence": "official"}, "growth": growth}
    targets = [{**target, "year": 2024}]
    scenario = cqsim.Scenario(
        id="one", years={"baseline": 2020, "end": 2025}, indicators={"x": {**indicator, "targets": targets}}
    )
    ax = cqsim.run(scenario, paths=500, progress=False).plot.fan("x")
    assert lines(ax, "target")[0].get_marker() == marker
    levels = next(iter(target.values()))
    assert points(ax, "target")[:, 1].tolist() == (levels if isinstance(levels, list) else [levels])
    assert ax.get_ylabel() == "(no unit)"


def test_an_indicator_without_a_target_has_a_fan_all_the_same(comparison):
    ax = comparison.results["base"].plot.fan("spend")
    assert not lines(ax, "target")
    assert points(ax, "baseline")[0] == pytest.approx([2021, 170e8 / 3103e4])


def test_probabilities_their_intervals_ranges_and_grades(comparison, drawn):
    result, ax = comparison.results["base"], drawn("probabilities")
    assert points(ax, "probability")[:, 0] == pytest.approx([100 * one.probability for one in result.answers])
    ends = [line.get_xdata() for line in lines(ax, "interval")]
    assert np.array(ends) == pytest.approx(100 * np.array([one.interval for one in result.answers]))
    drawn_ends = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars(ax, "range")]
    assert np.array(drawn_ends) == pytest.approx(100 * np.array([answer.range for answer in result.answers]))
    assert [line.get_marker() for line in lines(ax, "probability")] == ["D"] * len(result.answers)
    assert all(text.endswith("假设") for text in words(ax))


def test_each_grade_of_evidence_has_a_marker_of_its_own():
    def indicator(grade):
        growth = {"model": "compound", "rate": "2%", "volatility": "5%", "evidence": grade}
        return {
            "baseline": {"value": 100, "evidence": grade},
            "growth": growth,
            "targets": [{"at_least": 115, "year": 2025}],
        }

    grades = ["official", "reported", "derived", "assumed"]
    scenario = cqsim.Scenario(
        id="grades", years={"baseline": 2020, "end": 2025}, indicators={grade: indicator(grade) for grade in grades}
    )
    ax = cqsim.run(scenario, paths=500, progress=False).plot.probabilities()
    assert len({line.get_marker() for line in lines(ax, "probability")}) == 4
    key = [text.get_text() for text in ax.get_legend().get_texts()]
    assert key[:4] == [f"probability, {grade} evidence" for grade in grades]


def test_required_and_expected_growth_where_both_exist_and_how_many_were_left_out(comparison, drawn):
    result, ax = comparison.results["base"], drawn("growth", "en")
    kept = [one for one in result.answers if one.required.cagr is not None]
    assert points(ax, "required")[:, 0] == pytest.approx([100 * one.required.cagr for one in kept])
    expected = [100 * cagr(one.baseline, one.median, one.target.due - one.baseline_year) for one in kept]
    assert points(ax, "expected")[:, 0] == pytest.approx(expected)
    assert f"{len(result.answers) - len(kept)} targets left out" in ax.get_xlabel()


def test_first_hit_years_add_up_to_one_and_are_those_of_the_result(comparison, drawn):
    result, ax = comparison.results["base"], drawn("first_hit")
    heights = iter(bars_in_order(ax))
    scale = None
    for answer in result.answers:
        for share in [*answer.first_hit.values(), answer.never]:
            height = next(heights)
            scale = scale or (height / share if share else None)
            assert height == pytest.approx((scale or 1) * share)
    assert next(heights, None) is None


def bars_in_order(ax):
    return [abs(bar.get_height()) for bar in bars(ax, "share")]


def test_first_hit_of_one_indicator_has_only_its_targets(comparison):
    ax = comparison.results["base"].plot.first_hit("visitors")
    assert [text.get_text().split("\n")[0] for text in ax.get_yticklabels()] == ["年接待游客量"]


def test_contributions_are_those_of_the_result_and_shortfalls_stand_beside(sum_result, drawn):
    ax, frame = drawn("contributions"), sum_result.contributions("industrial_output")
    assert [bar.get_width() for bar in bars(ax, "growth")] == pytest.approx(frame["growth"].tolist())
    assert [bar.get_width() for bar in bars(ax, "shortfall")] == pytest.approx(frame["shortfall"].tolist())


def test_every_case_has_its_probabilities_and_that_of_all_targets(comparison, drawn):
    ax = drawn("cases")
    for name, result in comparison.results.items():
        shares = [100 * one.probability for one in result.answers] + [100 * result.joint_answer.all]
        assert points(ax, name)[:, 0] == pytest.approx(shares)


def test_reliability_shows_every_bin_and_which_is_outside_of_its_band(scores, drawn):
    ax = drawn("reliability")
    rows = [row for row in scores["reliability"] if row["n"]]
    assert points(ax, "hit") == pytest.approx(100 * np.array([[row["mean"], row["share"]] for row in rows]))
    hollow = [line.get_fillstyle() == "none" for line in lines(ax, "hit")]
    assert hollow == [not row["holds"] for row in rows]
    assert any(hollow)
    assert not all(hollow)
    boxes = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in bars(ax, "band")]
    assert np.array(boxes) == pytest.approx(100 * np.array([[row["low"], row["high"]] for row in rows]))


def test_the_calendar_shows_years_ramps_and_what_waits_for_a_milestone(drawn):
    ax = drawn("calendar", "en")

    def built(label):
        found = {round(bar.get_x() + bar.get_width() / 2): -bar.get_height() for bar in bars(ax, label)}
        return {year: height / max(found.values()) for year, height in found.items()}

    assert built("Epidemic-type shock") == dict.fromkeys(range(2022, 2027), 1)
    assert built("Promotion programme") == dict.fromkeys(range(2023, 2027), 1)
    assert built("Chinese-medicine science park") == pytest.approx({2024: 0.5, 2025: 1, 2026: 1})
    assert built("Pull of a 5A area") == dict.fromkeys(range(2024, 2027), 1)
    assert {bar.get_hatch() for bar in bars(ax, "Pull of a 5A area")} == {"////"}
    assert words(ax)[0] == "Epidemic-type shock: 12% each year; fades within 2 years"
    assert "Chinese-medicine science park: from 2024; 60%; full in 2 years" in words(ax)


@pytest.mark.parametrize(
    ("kind", "arguments", "message"),
    [
        ("fan", ["vistors"], "did you mean 'visitors'?"),
        ("first_hit", ["spend"], "'spend' has no target"),
        ("contributions", ["spend"], "'spend' has no target"),
        ("contributions", ["visitors"], "'visitors' has no parts"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(comparison, kind, arguments, message):
    with pytest.raises(Fault, match=message.replace("?", r"\?")):
        CHARTS[kind](comparison.results["base"], *arguments)


def test_nothing_to_show_is_said_so(scores):
    count = {
        "growth": {"model": "count", "per_year": 3, "evidence": "assumed"},
        "targets": [{"at_least": 3, "year": 2024}],
    }
    scenario = cqsim.Scenario(id="bare", years={"baseline": 2020, "end": 2025}, indicators={"x": count})
    result = cqsim.run(scenario, paths=500, progress=False)
    with pytest.raises(Fault, match="no events or levers"):
        result.plot.calendar()
    with pytest.raises(Fault, match="no constant growth leads to any target"):
        result.plot.growth()
    with pytest.raises(Fault, match="no cases"):
        cqsim.compare(scenario, paths=500, progress=False).plot.cases()
    with pytest.raises(Fault, match="'trend' gave no probability for any target"):
        CHARTS["reliability"]({"targets": 0}, "trend")


def test_another_target_of_a_sum_must_exist(sum_result):
    with pytest.raises(Fault, match="numbered 0 to"):
        sum_result.plot.contributions("industrial_output", target=7)


@pytest.mark.parametrize("kind", CHARTS)
def test_another_width_is_refused(drawn, kind):
    with pytest.raises(Fault, match="choose one of: 8, 16"):
        drawn(kind, width=12)


@pytest.mark.parametrize("name", ["heatmap", "fann"])
def test_the_accessor_names_its_charts_and_knows_no_others(comparison, name):
    result = comparison.results["base"]
    assert dir(result.plot) == sorted(
        ["fan", "probabilities", "growth", "first_hit", "joint", "contributions", "calendar"]
    )
    assert dir(comparison.plot) == ["cases"]
    with pytest.raises(AttributeError, match="there is no chart"):
        getattr(result.plot, name)


def test_a_backtest_draws_its_models_and_knows_no_others(tmp_path):
    rows = [f"s{n},{2000 + k},{100 * 1.03**k + (n * k) % 7}" for n in range(12) for k in range(12)]
    file = tmp_path / "data.csv"
    file.write_text("series,period,value\n" + "\n".join(rows), encoding="utf-8")
    found = cqsim.backtest(file, models=["naive"], horizon=3, workers=1)
    ax = found.plot.reliability("naive")
    rows = [row for row in found.models["naive"].to_dict()["reliability"] if row["n"]]
    assert points(ax, "hit")[:, 1] == pytest.approx([100 * row["share"] for row in rows])
    with pytest.raises(Fault, match="there is no model 'naiv'"):
        found.plot.reliability("naiv")


def test_a_case_is_named_in_the_title(comparison):
    ax = comparison.results["optimistic"].plot.fan("visitors")
    assert ax.figure.get_suptitle() == "年接待游客量 · 南川区 2026 年目标情景（情景：optimistic）"


def test_labels_pushed_apart_keep_their_order_and_their_distance():
    values = sorted(np.random.default_rng(1).uniform(0, 10, 7))
    places = _apart(list(values), 1.2, 0.0)
    assert np.diff(places).min() >= 1.2 - 1e-9
    assert min(places) >= 0
    assert _apart([1.0, 4.0, 9.0], 2.0, 0.0) == [1.0, 4.0, 9.0]


@pytest.mark.parametrize("cells", [8, 18, 34])
@pytest.mark.parametrize(
    "text", ["战略性新兴产业产值占规上工业产值比重（%）", "Strategic emerging industries, share of output"]
)
def test_wrapping_loses_nothing_and_keeps_to_the_width(text, cells):
    from rich.cells import cell_len

    found = wrapped(text, cells).split("\n")
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    longest = max(map(cell_len, text.split())) if " " in text else 4
    assert max(map(cell_len, found)) <= max(cells, longest)


def test_minus_signs_are_true_ones_but_ranges_of_years_stay():
    assert minus("-3.5 %, 2021-2025, x-1") == "−3.5 %, 2021-2025, x-1"


def test_the_look_back_shows_where_each_value_fell(looked_back, drawn):
    ax = drawn("lookback")
    points = [line.get_xydata()[0].tolist() for line in ax.lines if line.get_marker() in ("o", "X")]
    assert points == [[pytest.approx(100 * one.quantile), row] for row, one in enumerate(looked_back.scored)]
    marks = [line.get_marker() for line in ax.lines if line.get_marker() in ("o", "X")]
    assert marks == ["o" if one.status == "hit" else "X" for one in looked_back.scored]


def test_a_look_back_on_nothing_decided_is_refused(looked_back):
    early = looked_back.result  # its scenario holds nothing that came later
    still_open = tuple(Outcome(answer) for answer in early.answers)
    undecided = cqsim.LookBack(early.scenario, 2021, early, still_open)
    with pytest.raises(Fault, match="no target has been decided yet"):
        CHARTS["lookback"](undecided)
