"""The chart of combinations shows those that come most often."""

import numpy as np
import pytest

import cqsim
from cqsim.errors import Fault
from cqsim.report.numbers import probability


def dots(ax, name):
    return np.vstack([line.get_xydata() for line in ax.lines if line.get_label() == name])


def test_joint_columns_are_the_most_frequent_combinations(comparison, drawn):
    ax, answer = drawn("joint"), comparison.results["base"].joint_answer
    tall = [-bar.get_height() for bar in ax.patches]
    shown = answer.combinations[: len(tall)]
    assert len(tall) == 12
    assert tall == pytest.approx([tall[0] * share / shown[0][1] for _, share in shown])
    for name, wanted in (("hit", True), ("missed", False)):
        flags = np.array([hits for hits, _ in shown]) == wanted
        assert dots(ax, name).tolist() == np.argwhere(flags).tolist()
    assert [text.get_text() for text in ax.texts if text.get_text()] == [probability(share) for _, share in shown]


@pytest.mark.parametrize("targets", [1, 13])
def test_combinations_of_one_target_or_of_many_are_no_chart(targets, tmp_path):
    wanted = ", ".join(f"{{at_least: {100 + k}, year: 2025}}" for k in range(targets))
    file = tmp_path / "many.yaml"
    file.write_text(
        f"""format: 1
years: {{baseline: 2020, end: 2025}}
indicators:
  a:
    baseline: {{value: 100, evidence: assumed, note: test}}
    growth: {{model: compound, rate: 3%, volatility: 5%, evidence: assumed, note: test}}
    targets: [{wanted}]
"""
    )
    result = cqsim.run(file, paths=100, language="zh", progress=False)
    assert (result.joint_answer.combinations is None) == (targets > 12)
    with pytest.raises(Fault, match=f"2 to 12 targets; the scenario has {targets}"):
        result.plot.joint()
