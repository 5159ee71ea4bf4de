"""Levels path by path, straight from the block kernel, for what counts and quantiles cannot show."""

import numpy as np

import cqsim
from cqsim.simulation.block import Workspace
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.building import plan


def indicator(growth, value=100, targets=(), evidence="assumed", **more):
    """An indicator from the data of its growth; a target far away when none matters."""
    start = {} if value is None else {"baseline": {"value": value, "evidence": "official"}}
    return {**start, "growth": {**growth, "evidence": evidence}, "targets": list(targets), **more}


def world(end=2023, targets=None, **blocks):
    """A scenario from 2020 on, from the data of its blocks; its first indicator gets a target when none has one."""
    indicators = blocks.pop("indicators")
    first = next(iter(indicators.values()))
    first["targets"] = list(targets or first.get("targets") or [{"at_least": 1, "year": end}])
    return cqsim.Scenario(years={"baseline": 2020, "end": end}, indicators=indicators, **blocks)


def levels(scenario, paths=1000, seed=1):
    """Levels of one block by indicator, each of shape (years + 1, paths)."""
    prepared = plan(scenario)
    drawn = Workspace(prepared, paths).draw(RandomSampler(seed), 0)
    return {indicator.id: drawn[number].copy() for number, indicator in enumerate(prepared.indicators)}


def sigmas(found, expected, sd, count):
    """How many standard errors the mean of `count` values of this standard deviation is from what is expected."""
    return abs(found - expected) / (sd / np.sqrt(count))
