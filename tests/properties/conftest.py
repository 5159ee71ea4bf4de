"""What the property tests share."""

import pytest

import cqsim


def compound(rate="5%", volatility="8%", **more):
    return {"model": "compound", "rate": rate, "volatility": volatility, "evidence": "assumed", **more}


def baseline(value, **more):
    return {"value": value, "evidence": "official", **more}


@pytest.fixture(scope="session")
def run():
    """Run a scenario that is given as the data of a file; the range is left out unless it is asked for."""

    def go(data, paths=4096, seed=5, range=False, **options):
        return cqsim.run(cqsim.Scenario(**data), paths=paths, seed=seed, range=range, progress=False, **options)

    return go


@pytest.fixture(scope="session")
def district():
    """A scenario with formulas, correlations, uncertain baselines and all ways to write a target."""

    def data():
        return {
            "years": {"baseline": 2021, "end": 2026},
            "sources": {"page": {"title": "A page"}, "report": {"title": "A report"}},
            "indicators": {
                "visitors": {
                    "unit": "万人次",
                    "baseline": baseline(3103, sd="8%", source="page"),
                    "growth": compound({"p10": "2%", "p50": "7%", "p90": "13%"}, persistence=0.3),
                    "targets": [{"at_least": 4500, "year": 2026}, {"at_least": 4300, "reached_by": 2025}],
                },
                "spend": {
                    "unit": "元/人次",
                    "baseline": {"formula": "170 亿元 / visitors", "evidence": "derived", "source": "report"},
                    "growth": compound({"p05": "0%", "p95": "8%"}, "5%"),
                },
                "revenue": {
                    "unit": "亿元",
                    "formula": "visitors * spend",
                    "targets": [{"at_least": 290, "year": 2026}, {"between": [250, 320], "year": 2026}],
                },
                "output": {
                    "unit": "亿元",
                    "baseline": baseline(90),
                    "growth": {
                        "model": "logistic",
                        "capacity": 280,
                        "rate": "15%",
                        "volatility": "10%",
                        "evidence": "assumed",
                    },
                    "targets": [{"at_least": {"times_baseline": 1.5}, "year": 2026}, {"at_most": 150, "year": 2025}],
                },
                "balance": {
                    "unit": "万元",
                    "baseline": baseline(-20, year=2022),
                    "growth": {"model": "linear", "increment": 8, "volatility": 6, "evidence": "assumed"},
                    "targets": [{"at_least": 5, "year": 2026}],
                },
            },
            "correlation": [
                {"between": ["visitors", "output"], "value": 0.5, "evidence": "assumed"},
                {"between": ["visitors", "balance"], "value": -0.3, "of": "noise", "evidence": "assumed"},
                {"between": ["spend", "visitors"], "value": 0.2, "of": "rate", "evidence": "assumed"},
            ],
        }

    return data
