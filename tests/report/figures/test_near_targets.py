"""Charts of targets that lie near each other, or far from all the rest."""

import numpy as np
import pytest

import cqsim


def of_targets(*targets, rate="7%"):
    growth = {"model": "compound", "rate": rate, "volatility": "9%", "evidence": "assumed"}
    x = {"baseline": {"value": 100, "evidence": "assumed"}, "growth": growth, "targets": list(targets)}
    scenario = cqsim.Scenario(years={"baseline": 2021, "end": 2030}, indicators={"x": x})
    return cqsim.run(scenario, paths=1000, progress=False)


@pytest.mark.parametrize("width", [8, 16])
def test_words_of_targets_near_each_other_stay_apart(width):
    near = [{"at_least": 150, "year": 2026}, {"between": [148, 155], "year": 2026}, {"at_least": 156, "year": 2026}]
    ax = of_targets(*near, {"at_most": 98, "year": 2026}, {"at_most": 97, "year": 2026}).plot.fan("x", width=width)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if "2026" in text.get_text()]
    assert len(boxes) == 5
    for number, box in enumerate(boxes):
        assert not any(box.padded(-2).overlaps(other.padded(-2)) for other in boxes[:number])


@pytest.mark.parametrize(("third", "is_off"), [(400, True), (190, False)])
def test_growth_far_beyond_all_other_is_written_at_the_edge(third, is_off):
    targets = [{"at_least": level, "year": 2026} for level in (130, 145, third)]
    ax = of_targets(*targets).plot.growth()
    assert any("→" in text.get_text() for text in ax.texts) == is_off
    shown = np.hstack([line.get_xdata() for line in ax.lines if line.get_label() == "required"]) < ax.get_xlim()[1]
    assert shown.tolist() == [True, True, not is_off]
