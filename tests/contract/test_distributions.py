"""What every written distribution promises, whoever wrote it."""

import pickle

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.integrate import trapezoid
from scipy.special import ndtri

from cqsim.distributions.base import REGISTRY
from cqsim.distributions.laws import Certain, Scale, SplitNormal
from cqsim.quantities import percentage, plain

EXAMPLES = [
    ("percentiles", {"p10": 60, "p50": 90, "p90": 150}, plain, Scale.LOG),
    ("percentiles", {"p10": -10, "p50": 3, "p90": 20}, plain, Scale.LINEAR),
    ("percentiles", {"p10": "-3%", "p50": "6%", "p90": "10%"}, percentage, Scale.LOG1P),
    ("interval", {"p05": 50, "p95": 200}, plain, Scale.LOG),
    ("interval", {"p05": -5, "p95": 9}, plain, Scale.LINEAR),
    ("interval", {"p05": "-4%", "p95": "10%"}, percentage, Scale.LOG1P),
    ("triangular", {"low": 1, "mode": 2, "high": 6}, plain, Scale.LOG),
    ("triangular", {"low": "-2%", "mode": "-2%", "high": "6%"}, percentage, Scale.LOG1P),
    ("pert", {"distribution": "pert", "low": 1, "mode": 2, "high": 6}, plain, Scale.LINEAR),
    ("uniform", {"distribution": "uniform", "low": -1, "high": 6}, plain, Scale.LINEAR),
    ("normal", {"distribution": "normal", "mean": "7%", "sd": "3%"}, percentage, Scale.LOG1P),
    ("normal", {"distribution": "normal", "mean": 7, "sd": 3, "low": 6, "high": 20}, plain, Scale.LINEAR),
    ("student_t", {"distribution": "student_t", "mean": 7, "sd": 3, "df": 4.0, "low": 0}, plain, Scale.LINEAR),
    ("lognormal", {"distribution": "lognormal", "mean": 100, "sd": 20}, plain, Scale.LOG),
    ("lognormal", {"distribution": "lognormal", "mean": "7%", "sd": "3%"}, percentage, Scale.LOG1P),
    ("beta", {"distribution": "beta", "alpha": 2.0, "beta": 5.0, "low": 10, "high": 20}, plain, Scale.LINEAR),
    ("empirical", {"distribution": "empirical", "values": [3, 1, 2, 2, 8]}, plain, Scale.LINEAR),
]
SHARES = np.linspace(0.0005, 0.9995, 1000)  # none on a step of the empirical example


@pytest.fixture(params=EXAMPLES, ids=lambda one: f"{one[0]}-{one[3].value}")
def example(request):
    name, data, number, scale = request.param
    written = REGISTRY.find(name).model_validate(data)
    return written, written.law(number, scale)


def test_every_registered_distribution_has_an_example():
    assert {name for name, *_ in EXAMPLES} == set(REGISTRY.names())


def test_quantiles_rise_within_the_support(example):
    _, law = example
    values = law.ppf(SHARES)
    assert values.shape == SHARES.shape
    assert np.isfinite(values).all()
    assert (np.diff(values) >= 0).all()
    assert law.lowest <= values[0] < values[-1] <= law.highest


def test_the_median_is_the_quantile_of_one_half(example):
    _, law = example
    assert law.median == pytest.approx(float(law.ppf(np.array([0.5]))[0]), rel=1e-12)


def test_normal_values_stand_for_their_probabilities(example):
    _, law = example
    np.testing.assert_allclose(law.from_normal(ndtri(SHARES)), law.ppf(SHARES), rtol=1e-9, atol=1e-12)
    assert law.from_normal(np.array([0.0]))[0] == pytest.approx(law.median, rel=1e-12)


def test_draws_are_a_new_array_of_the_same_shape(example):
    _, law = example
    z = np.linspace(-3, 3, 24).reshape(4, 6)
    kept = z.copy()
    found = law.from_normal(z)
    assert found.shape == z.shape
    assert not np.shares_memory(found, z)
    np.testing.assert_array_equal(z, kept)
    np.testing.assert_array_equal(law.from_normal(z[1]), found[1])


def test_far_draws_stay_finite_and_within_the_support(example):
    _, law = example
    values = law.from_normal(np.array([-8.0, -6.0, 6.0, 8.0]))
    assert np.isfinite(values).all()
    assert (values >= law.lowest).all()
    assert (values <= law.highest).all()


def test_it_says_which_figures_were_written(example):
    written, _ = example
    assert written.quantities()
    texts = {str(quantity) for quantity in written.quantities()}
    assert texts <= {str(one) for value in written.model_dump().values() for one in np.atleast_1d(value)}


def test_it_is_written_and_read_back_the_same(example):
    written, _ = example
    assert type(written).model_validate(written.model_dump(exclude_unset=True)) == written


def test_it_and_its_law_can_be_pickled(example):
    written, law = example
    assert pickle.loads(pickle.dumps(written)) == written
    again = pickle.loads(pickle.dumps(law))
    np.testing.assert_array_equal(again.ppf(SHARES), law.ppf(SHARES))


def test_it_is_frozen_and_hashable(example):
    written, law = example
    with pytest.raises(ValidationError):
        setattr(written, next(iter(type(written).model_fields)), 1)
    assert hash(written) == hash(pickle.loads(pickle.dumps(written)))
    assert hash(law) == hash(pickle.loads(pickle.dumps(law)))


@pytest.mark.parametrize(
    ("name", "shares"),
    [("percentiles", {"p10": 0.1, "p50": 0.5, "p90": 0.9}), ("interval", {"p05": 0.05, "p95": 0.95})],
)
def test_quantiles_are_met_exactly(name, shares):
    for form, data, number, scale in EXAMPLES:
        if form == name:
            written = REGISTRY.find(name).model_validate(data)
            found = written.law(number, scale).ppf(np.array(list(shares.values())))
            expected = [number(getattr(written, key)) for key in shares]
            np.testing.assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("data", "mean", "sd"),
    [
        ({"distribution": "normal", "mean": 7, "sd": 3}, 7, 3),
        ({"distribution": "lognormal", "mean": 100, "sd": 20}, 100, 20),
        ({"distribution": "uniform", "low": 2, "high": 8}, 5, 6 / 12**0.5),
        ({"distribution": "triangular", "low": 1, "mode": 2, "high": 6}, 3, (14 / 12) ** 0.5),
        ({"distribution": "pert", "low": 1, "mode": 2, "high": 6}, 2.5, (1.5 * 3.5 / 7) ** 0.5),
        ({"distribution": "beta", "alpha": 2.0, "beta": 3.0, "low": 10, "high": 20}, 14, 2),
        ({"distribution": "student_t", "mean": 7, "sd": 3, "df": 8.0}, 7, 3 * (8 / 6) ** 0.5),
        ({"distribution": "empirical", "values": [1, 2, 6]}, 3, (14 / 3) ** 0.5),
    ],
    ids=lambda value: value["distribution"] if isinstance(value, dict) else None,
)
def test_the_named_moments_are_those_of_the_law(data, mean, sd):
    z = np.linspace(-8, 8, 400_001)
    weight = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    law = REGISTRY.find(data["distribution"]).model_validate(data).law(plain, Scale.LOG)
    values = law.from_normal(z)
    found = trapezoid(values * weight, z)
    assert found == pytest.approx(mean, rel=1e-4)
    assert trapezoid((values - found) ** 2 * weight, z) ** 0.5 == pytest.approx(sd, rel=1e-3)


def test_a_number_is_a_law_of_one_value():
    law = Certain(3.0)
    assert (law.median, law.lowest, law.highest) == (3.0, 3.0, 3.0)
    np.testing.assert_array_equal(law.ppf(SHARES), np.full_like(SHARES, 3.0))
    np.testing.assert_array_equal(law.from_normal(np.array([-9.0, 0.0, 9.0])), np.full(3, 3.0))


@pytest.mark.parametrize("scale", Scale)
def test_two_half_normals_join_at_the_median_on_every_scale(scale):
    law = SplitNormal.through(scale, 1.0, 0.2, 0.4, 0.9)
    np.testing.assert_allclose(law.from_normal(np.array([-1.0, 0.0, 1.0])), [0.2, 0.4, 0.9], rtol=1e-12)
    assert law.lowest == scale.lowest
