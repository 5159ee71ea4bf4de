from pathlib import Path

import pytest
from cqsim_damped import Damped

import cqsim
from cqsim.testing import check_growth_model

RATE, KEPT = {"p10": "2%", "p50": "8%", "p90": "15%"}, {"p10": "60%", "p50": "80%", "p90": "95%"}
SCENARIO = Path(__file__).with_name("town.yaml")


def test_it_keeps_the_contract():
    check_growth_model(Damped(rate=RATE, kept=KEPT, volatility="6%", persistence=0.3, evidence="assumed"))


def test_growth_fades_as_in_the_paper():
    certain = {"rate": "10%", "kept": "80%", "volatility": "0%", "evidence": "assumed"}
    scenario = cqsim.load(SCENARIO).replace({"indicators.visitors.growth": {"model": "damped", **certain}})
    medians = cqsim.run(scenario, paths=1000, progress=False).quantiles("visitors").set_index("year")["p50"]
    assert medians[2028] == pytest.approx(100 * 1.1 ** (0.8 + 0.8**2 + 0.8**3))


def test_growth_that_keeps_all_is_compound_growth():
    damped = cqsim.load(SCENARIO).replace({"indicators.visitors.growth.kept": "100%"})
    compound = damped.replace(
        {"indicators.visitors.growth": {"model": "compound", "rate": RATE, "volatility": "6%", "evidence": "assumed"}}
    )
    chances = [cqsim.run(one, paths=20_000, progress=False).answers[0].probability for one in (damped, compound)]
    assert chances[0] == chances[1]
