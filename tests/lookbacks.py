"""A plan of one indicator, a random walk about its baseline, and how to look back on it."""

import cqsim

WALK = {"model": "compound", "rate": "0%", "volatility": "20%", "evidence": "assumed"}
START = {"value": 100, "evidence": "official"}
YEARS = {"baseline": 2021, "end": 2025}


def came(**values):
    return {"values": {year.removeprefix("y"): value for year, value in values.items()}, "evidence": "official"}


def plan(targets, observations=None, sources=None, **changes):
    block = {"unit": "万人次", "baseline": START, "growth": WALK, "targets": targets, "observations": observations}
    return cqsim.Scenario(years=YEARS, indicators={"visitors": {**block, **changes}}, sources=sources or {})


def look(scenario, as_of=2021, paths=2000, **options):
    return cqsim.lookback(scenario, as_of, paths=paths, seed=3, progress=False, **options)
