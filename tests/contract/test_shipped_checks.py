"""The checks that cqsim ships for plug-ins of other packages."""

import sys
from dataclasses import dataclass

import numpy as np
import pytest

import cqsim
from cqsim.distributions.base import REGISTRY as DISTRIBUTIONS
from cqsim.distributions.laws import Scale
from cqsim.growth.base import REGISTRY as MODELS
from cqsim.growth.base import GrowthModel
from cqsim.growth.kernel import Kernel
from cqsim.quantities import plain
from cqsim.testing import check_distribution, check_growth_model

AR1 = {"volatility": "8%", "persistence": 0.4}
RATE = {"p10": "-2%", "p50": "5%", "p90": "11%"}
GROWTH = {
    "trend": {},
    "compound": {"rate": RATE, **AR1},
    "linear": {"increment": {"p10": -3, "p50": 2, "p90": 6}, "volatility": 4},
    "logistic": {"capacity": 200, "rate": RATE, **AR1},
    "gompertz": {"capacity": "300%", "rate": RATE, **AR1},
    "bass": {"capacity": 200, "innovation": "3%", "imitation": "38%", **AR1},
    "staged": {"stages": [{"start": 2022, "end": 2023, "rate": RATE}], **AR1},
    "bootstrap": {"block": 2},
    "regimes": {
        "regimes": {"up": {"rate": RATE, "volatility": "3%"}, "down": {"rate": "-6%", "volatility": "9%"}},
        "switching": {"up": {"up": "80%", "down": "20%"}, "down": {"up": "50%", "down": "50%"}},
    },
    "proportion": {"change": {"low": "-1pp", "mode": "1pp", "high": "2pp"}, "volatility": "2pp"},
    "count": {"per_year": {"p10": 2, "p50": 4, "p90": 7}, "dispersion": 2.5},
    "milestones": {"projects": {"park": {"probability": "60%", "earliest": 2023, "delay": {"p05": 1, "p95": 3}}}},
    "fixed": {},
}
FORMS = {
    "percentiles": {"p10": 60, "p50": 90, "p90": 150},
    "interval": {"p05": 50, "p95": 200},
    "triangular": {"low": 1, "mode": 2, "high": 6},
    "pert": {"low": 1, "mode": 2, "high": 6},
    "uniform": {"low": -1, "high": 6},
    "normal": {"mean": 7, "sd": 3, "low": 6},
    "student_t": {"mean": 7, "sd": 3, "df": 4.0},
    "lognormal": {"mean": 100, "sd": 20},
    "beta": {"alpha": 2.0, "beta": 5.0, "low": 10, "high": 20},
    "empirical": {"values": [3, 1, 2, 8]},
}
PLUGIN = """
from typing import ClassVar, Literal
from cqsim.growth.base import GrowthModel, Levels
from cqsim.growth.kernel import Kernel
from cqsim.growth.parameters import Kind, Parameter, Rate

class Doubling(GrowthModel):
    levels: ClassVar[Levels] = "positive"
    typical: ClassVar[str] = "rate"
    model: Literal["doubling"] = "doubling"
    rate: Rate

    def parameters(self):
        return {"rate": Parameter(self.rate, Kind.RATE)}

    def prepare(self, past, years):
        return DoublingKernel()

class DoublingKernel(Kernel):
    def paths(self, inputs, out):
        out[0] = inputs.baseline
        for year in range(1, len(out)):
            out[year] = 2 * (1 + inputs.draws["rate"]) * out[year - 1]
"""


@pytest.mark.parametrize("name", MODELS.shipped())
def test_every_shipped_model_passes(name):
    model = MODELS.find(name).model_validate({"model": name, "evidence": "assumed", **GROWTH[name]})
    assert check_growth_model(model, np.array([70.0, 80.0, 76.0, 90.0])) is None


@pytest.mark.parametrize("name", DISTRIBUTIONS.shipped())
def test_every_shipped_distribution_passes(name):
    named = {"distribution": name} if "distribution" in DISTRIBUTIONS.find(name).model_fields else {}
    written = DISTRIBUTIONS.find(name).model_validate({**named, **FORMS[name]})
    assert check_distribution(written, written.law(plain, Scale.LOG)) is None


class Broken(GrowthModel):
    model: str = "broken"
    fault: str

    def parameters(self):
        return {}

    def streams(self, years):
        return {"noise": years - 1 if self.fault == "rows" else years}

    def prepare(self, past, years):
        return BrokenKernel(self.fault)


@dataclass
class BrokenKernel(Kernel):
    fault: str

    def paths(self, inputs, out):
        out[:] = inputs.baseline
        if self.fault == "baseline":
            out[0] += 1
        elif self.fault == "neighbours":
            out[1:] += inputs.noise["noise"].sum()
        elif self.fault == "infinite":
            out[2] = np.inf
        elif self.fault == "inputs":
            inputs.baseline[:] = 0


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("rows", "fewer rows than years"),
        ("baseline", "the first row is not the baseline"),
        ("neighbours", "depends on how many others"),
        ("infinite", "no finite numbers"),
    ],
)
def test_a_model_that_breaks_the_contract_is_told_how(fault, said):
    with pytest.raises(AssertionError, match=said):
        check_growth_model(Broken(fault=fault, evidence="assumed"))


def test_a_model_cannot_change_its_inputs():
    with pytest.raises(ValueError, match="read-only"):
        check_growth_model(Broken(fault="inputs", evidence="assumed"))


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """A package that adds a model through an entry point, as pip would leave it."""
    (tmp_path / "doubling.py").write_text(PLUGIN, encoding="utf-8")
    about = tmp_path / "doubling-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: doubling\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[cqsim.growth]\ndoubling = doubling:Doubling\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    sys.modules.pop("doubling", None)


def test_a_model_of_another_package_is_found_checked_and_run(plugin):
    model = MODELS.find("doubling").model_validate({"model": "doubling", "rate": RATE, "evidence": "assumed"})
    check_growth_model(model)
    file = plugin / "file.yaml"
    file.write_text(
        "years: {baseline: 2021, end: 2023}\nindicators:\n  a:\n    baseline: {value: 100, evidence: assumed}\n"
        "    growth: {model: doubling, rate: 0%, evidence: assumed}\n    targets: [{at_least: 400, year: 2023}]\n",
        encoding="utf-8",
    )
    assert cqsim.run(file, paths=100, progress=False).answers[0].median == 400


def test_without_the_package_its_model_is_unknown():
    with pytest.raises(cqsim.errors.Fault, match="doubling"):
        MODELS.find("doubling")
