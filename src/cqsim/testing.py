"""Checks that every plug-in must pass; for the tests of packages that add growth models or distributions."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.base import Distribution
from cqsim.distributions.laws import Law
from cqsim.growth.base import NOISE, GrowthModel
from cqsim.growth.inputs import Inputs, Past
from cqsim.noun import Noun
from cqsim.scenario.laws import parameter_law

_YEAR, _YEARS, _PATHS = 2021, 6, 32


def check_growth_model(model: GrowthModel, history: Array | None = None) -> None:
    """Check that a growth model keeps the contract of `cqsim.growth.base.GrowthModel`.

    Parameters
    ----------
    model : GrowthModel
        With uncertain figures where it can have them.
    history : ndarray, optional
        Past levels of consecutive years, for a model that needs them.

    Raises
    ------
    AssertionError
        Saying what does not hold.

    Examples
    --------
    >>> from cqsim import Compound
    >>> check_growth_model(Compound(rate={"p10": "1%", "p50": "5%", "p90": "9%"}, volatility="8%", evidence="assumed"))
    """
    _check_noun(model)
    streams = model.streams(_YEARS)
    longer = model.streams(_YEARS + 1)
    assert all(longer[name] >= rows > 0 for name, rows in streams.items()), (
        "streams() asks for fewer rows for more years"
    )
    assert streams.get(NOISE, _YEARS) >= _YEARS, "the stream of yearly innovations has fewer rows than years"
    inputs = _inputs(model, _PATHS, history)
    levels = _grow(model, inputs)
    assert np.isfinite(levels).all(), "some levels are no finite numbers"
    assert np.array_equal(levels[0], inputs.baseline), "the first row is not the baseline"
    assert not model.positive or (levels > 0).all(), "a model of positive levels gave one that is not"
    assert not model.integer or np.array_equal(levels, np.rint(levels)), "a model of whole numbers gave a fraction"
    assert np.array_equal(levels, _grow(model, inputs)), "the same inputs gave other levels"
    fewer = _grow(model, _first(inputs, _PATHS // 2))
    assert np.array_equal(levels[:, : _PATHS // 2], fewer), "a path depends on how many others there are"
    calm = _grow(model, _calm(inputs))
    assert np.array_equal(calm, calm[:, :1] * np.ones(_PATHS)), "paths differ without anything that differs"
    assert np.array_equal(_grow(pickle.loads(pickle.dumps(model)), inputs), levels), "a pickled model grows otherwise"  # noqa: S301


def check_distribution(written: Distribution, law: Law) -> None:
    """Check that a written distribution and its law keep the contract of `cqsim.distributions`.

    Parameters
    ----------
    written : Distribution
    law : Law
        What `written.law(...)` gives.

    Raises
    ------
    AssertionError
        Saying what does not hold.

    Examples
    --------
    >>> from cqsim import Percentiles
    >>> from cqsim.distributions.laws import Scale
    >>> from cqsim.quantities import plain
    >>> written = Percentiles(p10=60, p50=90, p90=150)
    >>> check_distribution(written, written.law(plain, Scale.LOG))
    """
    _check_noun(written)
    assert written.quantities(), "quantities() lists no figure"
    z = np.linspace(-5, 5, 101)
    values = law.from_normal(z.copy())
    assert values.shape == z.shape, "from_normal() changed the shape"
    assert np.isfinite(values).all(), "some draws are no finite numbers"
    assert (np.diff(values) >= 0).all(), "quantiles fall as the probability rises"
    assert (law.lowest <= values).all(), "a draw lies below the support"
    assert (values <= law.highest).all(), "a draw lies above the support"
    median = float(law.ppf(np.array([0.5]))[0])
    assert np.isclose(median, law.median), "the median is not the quantile of one half"
    again = pickle.loads(pickle.dumps(law))  # noqa: S301  # our own object
    assert np.array_equal(again.from_normal(z.copy()), values), "a pickled law draws otherwise"


def _check_noun(noun: Noun) -> None:
    kind = type(noun)
    assert kind.model_validate(noun.model_dump(exclude_unset=True)) == noun, "what is written is not read back the same"
    assert pickle.loads(pickle.dumps(noun)) == noun, "a pickled noun is another"  # noqa: S301  # our own object


def _inputs(model: GrowthModel, paths: int, history: Array | None) -> Inputs:
    random = np.random.default_rng(1)
    laws = {name: parameter_law(name, one, model.own_unit or "") for name, one in model.parameters().items()}
    draws = {law.stream: random.standard_normal(paths) for law in laws.values() if law.stream is not None}
    baseline = np.linspace(40, 60, paths).round()
    drawn = {
        name: _fixed(law.law.from_normal(draws[law.stream]) * (baseline if law.relative else 1.0))
        for name, law in laws.items()
        if law.stream is not None
    }
    noise = {name: _fixed(random.standard_normal((rows, paths))) for name, rows in model.streams(_YEARS).items()}
    repeated = {name: law.law for name, law in laws.items() if law.stream is None}
    past = None if history is None else Past.until(_YEAR, history)
    return Inputs(_YEAR, _fixed(baseline), drawn, noise, repeated, past)


def _fixed(array: Array) -> Array:
    """An array that refuses to be changed: a model must leave its inputs as they are."""
    array.flags.writeable = False
    return array


def _first(inputs: Inputs, paths: int) -> Inputs:
    draws = {name: np.asarray(values)[:paths] for name, values in inputs.draws.items()}
    noise = {name: rows[:, :paths] for name, rows in inputs.noise.items()}
    return replace(inputs, baseline=inputs.baseline[:paths], draws=draws, noise=noise)


def _calm(inputs: Inputs) -> Inputs:
    draws = {name: np.full_like(values, np.asarray(values)[0]) for name, values in inputs.draws.items()}
    noise = {name: np.zeros_like(rows) for name, rows in inputs.noise.items()}
    return replace(inputs, baseline=np.full_like(inputs.baseline, 50.0), draws=draws, noise=noise)


def _grow(model: GrowthModel, inputs: Inputs) -> Array:
    levels = np.full((_YEARS + 1, len(inputs.baseline)), np.nan)
    model.paths(inputs, levels)
    return levels
