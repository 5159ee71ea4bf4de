"""Every distribution that is written by name, against scipy.stats."""

import math

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats
from scipy.integrate import quad

from cqsim.distributions.base import REGISTRY, law
from cqsim.distributions.laws import Scale
from cqsim.errors import Fault
from cqsim.growth.parameters import Kind, Parameter
from cqsim.quantities import Quantity, percentage, plain
from cqsim.scenario.laws import parameter_law

SHARES = np.concatenate([[1e-6, 1e-3], np.linspace(0.01, 0.99, 99), [0.999, 1 - 1e-6]])


def named(name, **figures):
    return REGISTRY.find(name).model_validate({"distribution": name, **figures})


def pert(low, mode, high):
    place = (mode - low) / (high - low)
    return stats.beta(1 + 4 * place, 5 - 4 * place, low, high - low)


def cut(standard, mean, sd, low=-math.inf, high=math.inf):
    """Quantiles of a law that is cut off at two ends and scaled up, by its distribution function."""
    whole = standard(loc=mean, scale=sd)
    below, above = whole.cdf(low), whole.cdf(high)

    class Cut(stats.rv_continuous):
        def _cdf(self, x):
            return (whole.cdf(x) - below) / (above - below)

        def _pdf(self, x):
            return whole.pdf(x) / (above - below)

        def _ppf(self, q):
            return whole.ppf(below + q * (above - below))

    return Cut(a=low, b=high, name="cut")()


def lognormal(mean, sd):
    variance = math.log1p((sd / mean) ** 2)
    return stats.lognorm(math.sqrt(variance), scale=mean / math.sqrt(1 + (sd / mean) ** 2))


def student(df):
    return lambda loc, scale: stats.t(df, loc, scale)


CASES = [
    (named("triangular", low=1, mode=2, high=6), stats.triang(0.2, 1, 5)),
    (named("triangular", low=1, mode=1, high=6), stats.triang(0, 1, 5)),
    (named("triangular", low=-4, mode=6, high=6), stats.triang(1, -4, 10)),
    (named("pert", low=1, mode=2, high=6), pert(1, 2, 6)),
    (named("pert", low=0, mode=0, high=1), pert(0, 0, 1)),
    (named("pert", low=-9, mode=4, high=4), pert(-9, 4, 4)),
    (named("uniform", low=-2, high=5), stats.uniform(-2, 7)),
    (named("normal", mean=7, sd=3), stats.norm(7, 3)),
    (named("normal", mean=7, sd=3, low=6), cut(stats.norm, 7, 3, low=6)),
    (named("normal", mean=-1, sd=3, high=1), cut(stats.norm, -1, 3, high=1)),
    (named("normal", mean=7, sd=3, low=4, high=8.5), stats.truncnorm(-1, 0.5, 7, 3)),
    (named("student_t", mean=7, sd=3, df=5.0), stats.t(5, 7, 3)),
    (named("student_t", mean=7, sd=3, df=2.5, low=0, high=9), cut(student(2.5), 7, 3, 0, 9)),
    (named("lognormal", mean=100, sd=20), lognormal(100, 20)),
    (named("lognormal", mean=2, sd=9), lognormal(2, 9)),
    (named("beta", alpha=2.0, beta=5.0, low=10, high=20), stats.beta(2, 5, 10, 10)),
    (named("beta", alpha=0.5, beta=0.5, low=0, high=1), stats.beta(0.5, 0.5)),
]
SCALES = (Scale.LINEAR, Scale.LOG)


@pytest.fixture(params=CASES, ids=lambda case: " ".join(map(str, case[0].model_dump().values())))
def case(request):
    return request.param


def test_quantiles_are_those_of_the_law(case):
    written, expected = case
    for scale in SCALES:
        found = written.law(plain, scale)
        np.testing.assert_allclose(found.ppf(SHARES), expected.ppf(SHARES), rtol=1e-9, atol=1e-9)
        z = stats.norm.ppf(SHARES)
        np.testing.assert_allclose(found.from_normal(z), expected.ppf(SHARES), rtol=1e-7, atol=1e-7)
    assert found.median == pytest.approx(float(expected.ppf(0.5)))


def test_mean_and_variance_are_those_of_the_law(case):
    written, expected = case
    found = written.law(plain, Scale.LOG)

    def moment(power, about):
        def weighted(z):
            return stats.norm.pdf(z) * (float(found.from_normal(np.array([z]))[0]) - about) ** power

        return quad(weighted, -8, 8, limit=400, points=[-3, 0, 3])[0]

    mean = moment(1, 0.0)
    assert mean == pytest.approx(float(expected.mean()), rel=1e-6)
    if written.distribution != "student_t" or found.highest < math.inf:  # heavy tails reach beyond what is summed
        assert moment(2, mean) == pytest.approx(float(expected.var()), rel=1e-4)


def test_draws_keep_to_the_support_that_is_stated(case):
    written, expected = case
    found = written.law(plain, Scale.LINEAR)
    low, high = expected.support()
    assert (found.lowest, found.highest) == (pytest.approx(low), pytest.approx(high))
    far = found.from_normal(np.array([-8.0, -6.0, 6.0, 8.0]))
    assert (far >= found.lowest).all()
    assert (far <= found.highest).all()


def test_draws_follow_the_law(case):
    # Kolmogorov's statistic: above 3.3 by chance less than once in a billion, for each of 17 laws.
    written, expected = case
    draws = written.law(plain, Scale.LOG).from_normal(np.random.default_rng(11).standard_normal(20_000))
    assert stats.kstest(draws, expected.cdf).statistic * math.sqrt(len(draws)) < 3.3


@pytest.mark.parametrize(("mean", "sd"), [(7, 3), (-20, 10), (0, 40), (150, 80)])
def test_a_lognormal_rate_is_lognormal_in_one_plus_the_rate(mean, sd):
    found = named("lognormal", mean=f"{mean}%", sd=f"{sd}%").law(percentage, Scale.LOG1P)
    expected = lognormal(1 + mean / 100, sd / 100)
    np.testing.assert_allclose(1 + found.ppf(SHARES), expected.ppf(SHARES), rtol=1e-9)
    assert found.lowest == -1


def test_an_empirical_law_draws_only_its_values_each_as_often():
    values = [3, 1, 2, 2, 8]
    found = named("empirical", values=values).law(plain, Scale.LINEAR)
    assert (found.lowest, found.highest, found.median) == (1, 8, 2)
    draws = found.from_normal(np.random.default_rng(5).standard_normal(50_000))
    numbers, counts = np.unique(draws, return_counts=True)
    assert numbers.tolist() == [1, 2, 3, 8]
    # Six standard errors: by chance less than once in a hundred million.
    for share, expected in zip(counts / len(draws), (0.2, 0.4, 0.2, 0.2), strict=True):
        assert abs(share - expected) < 6 * math.sqrt(expected * (1 - expected) / len(draws))
    assert draws.mean() == pytest.approx(np.mean(values), abs=6 * np.std(values) / math.sqrt(len(draws)))
    np.testing.assert_array_equal(found.ppf(np.array([0.0, 0.2, 0.2001, 0.6, 0.8, 1.0])), [1, 1, 2, 2, 3, 8])


def test_figures_may_carry_units_that_the_place_turns_into_numbers():
    found = named("uniform", low="2%", high="6%").law(percentage, Scale.LOG1P)
    np.testing.assert_allclose(found.ppf(np.array([0.0, 0.5, 1.0])), [0.02, 0.04, 0.06])


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("triangular", {"low": 3, "mode": 2, "high": 6}),
        ("triangular", {"low": 3, "mode": 7, "high": 6}),
        ("triangular", {"low": 3, "mode": 3, "high": 3}),
        ("pert", {"low": 6, "mode": 2, "high": 1}),
        ("uniform", {"low": 6, "high": 6}),
        ("uniform", {"low": 6, "high": 1}),
        ("normal", {"mean": 7, "sd": 0}),
        ("normal", {"mean": 7, "sd": -1}),
        ("normal", {"mean": 7, "sd": 1, "low": 9, "high": 8}),
        ("student_t", {"mean": 7, "sd": 0, "df": 3.0}),
        ("lognormal", {"mean": 0, "sd": 1}),
        ("lognormal", {"mean": -3, "sd": 1}),
        ("lognormal", {"mean": 3, "sd": 0}),
        ("beta", {"alpha": 1.0, "beta": 1.0, "low": 2, "high": 2}),
    ],
)
def test_figures_that_make_no_law_are_refused_in_words(name, figures):
    with pytest.raises(Fault) as caught:
        named(name, **figures).law(plain, Scale.LOG)
    assert any(str(value) in str(caught.value) for value in figures.values())


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("student_t", {"mean": 7, "sd": 1, "df": 0.0}),
        ("beta", {"alpha": 0.0, "beta": 1.0, "low": 1, "high": 2}),
        ("beta", {"alpha": 1.0, "beta": -1.0, "low": 1, "high": 2}),
        ("empirical", {"values": [3]}),
        ("normal", {"mean": 7}),
        ("uniform", {"low": 7, "hihg": 8}),
    ],
)
def test_blocks_that_are_not_complete_are_refused(name, figures):
    with pytest.raises(ValidationError):
        named(name, **figures)


@pytest.mark.parametrize(
    ("figures", "cure"),
    [
        ({"distribution": "normal", "mean": "7%", "sd": "3%"}, {"low": "-50%"}),
        ({"distribution": "student_t", "mean": "7%", "sd": "3%", "df": 4.0}, {"low": "-99%", "high": "90%"}),
    ],
)
def test_a_normal_rate_must_be_cut_off_above_a_full_loss(figures, cure):
    def rate(written):
        return parameter_law("rate", Parameter(REGISTRY.find(written["distribution"])(**written), Kind.RATE), "")

    with pytest.raises(Fault, match="low"):
        rate(figures)
    assert rate({**figures, **cure}).law.lowest > -1


def test_a_cut_far_into_the_tail_still_draws_inside_it():
    found = named("normal", mean=0, sd=1, low=6, high=7).law(plain, Scale.LINEAR)
    draws = found.ppf(np.linspace(0.001, 0.999, 999))
    assert draws.min() >= 6
    assert draws.max() <= 7
    expected = stats.truncnorm(6, 7).ppf(np.linspace(0.001, 0.999, 999))
    np.testing.assert_allclose(draws, expected, rtol=1e-4)


def test_a_single_number_is_a_law_of_one_value_on_every_scale():
    for scale in Scale:
        assert law(Quantity.parse("0.3"), plain, scale).median == 0.3
