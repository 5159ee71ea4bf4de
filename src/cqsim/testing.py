"""Checks that every plug-in must pass; for the tests of packages that add growth models or distributions."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import numpy as np

from cqsim.arrays import Array
from cqsim.distributions.base import Distribution
from cqsim.distributions.laws import Law
from cqsim.growth.base import GrowthModel
from cqsim.growth.kernel import NOISE, Inputs
from cqsim.growth.past import Past
from cqsim.noun import Noun
from cqsim.quantities import PERCENT
from cqsim.scenario.laws import parameter_law

YEAR, YEARS, PATHS = 2021, 6, 40
"""The baseline year, the years after it and the paths that models are checked with."""


def sample_inputs(
    model: GrowthModel, paths: int = PATHS, certain: bool = False, noisy: bool = True, **effects: Array
) -> Inputs:
    """Inputs of a model's kernel: the first paths are the same for any number of them, and no array can be written to.

    Parameters
    ----------
    model : GrowthModel
    paths : int
        At most 80.
    certain : bool
        One baseline and the medians of all parameters, on every path.
    noisy : bool
        Whether the streams differ from zero.
    **effects
        `growth` and `level` of `Inputs`.
    """
    random = np.random.default_rng(1)

    def normals(rows: int) -> Array:
        return random.standard_normal((rows, 2 * PATHS))[:, :paths] if noisy else np.zeros((rows, paths))

    unit = PERCENT if model.levels == "share" else ""
    laws = {name: parameter_law(name, parameter, unit) for name, parameter in model.parameters().items()}
    streams = {law.stream: normals(1)[0] for law in laws.values() if law.stream is not None}
    baseline = np.full(paths, 50.0) if certain else np.round(np.linspace(40, 60, 2 * PATHS)[:paths])
    draws: dict[str, Array | float] = {}
    for name, law in laws.items():
        if law.stream is not None:
            value = np.full(paths, law.law.median) if certain else law.law.from_normal(streams[law.stream].copy())
            draws[name] = _fixed(value * baseline if law.relative else value)
    noise = {name: _fixed(normals(rows)) for name, rows in model.streams(YEARS).items()}
    return Inputs(_fixed(baseline), draws, noise, **effects)


def grow(model: GrowthModel, inputs: Inputs, history: Array | None = None) -> Array:
    """Levels of a model's kernel, shape (years + 1, paths).

    Parameters
    ----------
    history : ndarray, optional
        Past levels of consecutive years.
    """
    past = None if history is None else Past.until(YEAR, history)
    levels = np.full((YEARS + 1, len(inputs.baseline)), np.nan)
    model.prepare(past, range(YEAR + 1, YEAR + 1 + YEARS)).paths(inputs, levels)
    return levels


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
    streams, longer = model.streams(YEARS), model.streams(YEARS + 1)
    assert all(longer[name] >= rows > 0 for name, rows in streams.items()), (
        "streams() asks for fewer rows for more years"
    )
    assert streams.get(NOISE, YEARS) >= YEARS, "the stream of yearly innovations has fewer rows than years"
    inputs = sample_inputs(model)
    levels = grow(model, inputs, history)
    _check_levels(model, inputs, levels)
    _check_steady(lambda given: grow(model, given, history), model, inputs, levels)
    kernel = model.prepare(None if history is None else Past.until(YEAR, history), range(YEAR + 1, YEAR + 1 + YEARS))
    again = np.empty_like(levels)
    pickle.loads(pickle.dumps(kernel)).paths(inputs, again)  # noqa: S301  # our own object
    assert np.array_equal(again, levels), "a pickled kernel grows otherwise"


def _check_levels(model: GrowthModel, inputs: Inputs, levels: Array) -> None:
    """What levels are, by the model's own word."""
    assert np.isfinite(levels).all(), "some levels are no finite numbers"
    assert np.array_equal(levels[0], inputs.baseline), "the first row is not the baseline"
    assert not model.is_positive or (levels > 0).all(), "a model of positive levels gave one that is not"
    assert model.levels != "share" or (levels < 100).all(), "a model of shares gave one of 100 % or more"
    assert model.levels != "whole" or np.array_equal(levels, np.rint(levels)), (
        "a model of whole numbers gave a fraction"
    )


def _check_steady(grown: Callable[[Inputs], Array], model: GrowthModel, inputs: Inputs, levels: Array) -> None:
    """The same inputs give the same levels, each path by itself."""
    assert np.array_equal(levels, grown(inputs)), "the same inputs gave other levels"
    fewer = grown(sample_inputs(model, PATHS // 2))
    assert np.array_equal(levels[:, : PATHS // 2], fewer), "a path depends on how many others there are"
    calm = grown(sample_inputs(model, certain=True, noisy=False))
    assert np.array_equal(calm, calm[:, :1] * np.ones(PATHS)), "paths differ without anything that differs"


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


def _fixed(array: Array) -> Array:
    """An array that refuses to be changed: a kernel must leave its inputs as they are."""
    array.flags.writeable = False
    return array
