"""What every growth model promises, whoever wrote it."""

import pickle
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError

from cqsim.growth.base import REGISTRY
from cqsim.growth.kernel import NOISE, Inputs
from cqsim.growth.past import Past
from cqsim.noun import Noun
from cqsim.testing import PATHS, YEAR, YEARS, sample_inputs
from cqsim.testing import grow as grown

RATE = {"p10": "-2%", "p50": "5%", "p90": "11%"}
AR1 = {"volatility": "8%", "persistence": 0.4}
EXAMPLES = [
    {"model": "compound", "rate": RATE, **AR1},
    {"model": "compound", "rate": RATE, "last_growth": "12%", **AR1},
    {"model": "compound", "average": {"rate": RATE, "years": 4}, **AR1},
    {"model": "compound", "average": {"rate": "5%", "years": 9}, "last_growth": "12%", **AR1},
    {"model": "linear", "increment": {"p10": -3, "p50": 2, "p90": 6}, "volatility": 4, "persistence": -0.3},
    {"model": "linear", "increment": "3%", "volatility": "2%"},
    {"model": "logistic", "capacity": {"p10": 150, "p50": 200, "p90": 300}, "rate": RATE, **AR1},
    {"model": "gompertz", "capacity": "300%", "rate": RATE, **AR1},
    {"model": "bass", "capacity": {"p10": 150, "p50": 200, "p90": 300}, "innovation": "3%", "imitation": "38%", **AR1},
    {
        "model": "staged",
        "stages": [{"start": 2022, "end": 2023, "rate": RATE}, {"start": 2024, "end": 2025, "rate": "1%"}],
        **AR1,
    },
    {"model": "trend"},
    {"model": "trend", "scale": "logit"},
    {"model": "trend", "scale": "linear", "prior": {"volatility": "5%"}},
    {"model": "bootstrap", "block": 2},
    {
        "model": "regimes",
        "regimes": {"up": {"rate": RATE, "volatility": "3%"}, "down": {"rate": "-6%", "volatility": "9%"}},
        "switching": {"up": {"up": "80%", "down": "20%"}, "down": {"up": "50%", "down": "50%"}},
    },
    {"model": "proportion", "change": {"low": "-1pp", "mode": "1pp", "high": "2pp"}, "volatility": "2pp"},
    {"model": "count", "per_year": {"p10": 2, "p50": 4, "p90": 7}, "dispersion": 2.5},
    {"model": "count", "per_year": 3, "cumulative": True},
    {
        "model": "milestones",
        "projects": {
            "park": {"probability": "60%", "earliest": 2023, "delay": {"low": 0, "mode": 1, "high": 3}},
            "sites": {"probability": "80%", "earliest": 2022, "number": 3},
        },
    },
    {"model": "fixed"},
]
HISTORY = np.array([70.0, 80.0, 76.0, 90.0, 99.0])


class Asked(Mapping):
    """A mapping that remembers what was asked of it."""

    def __init__(self, data):
        self.data, self.names = data, set()

    def __getitem__(self, name):
        found = self.data[name]
        self.names.add(name)
        return found

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)


def inputs(model, **options):
    """Inputs that remember what is asked of them."""
    given = sample_inputs(model, **options)
    return replace(given, draws=Asked(given.draws), noise=Asked(given.noise))


def kernel(model):
    return model.prepare(Past.until(YEAR, HISTORY), range(YEAR + 1, YEAR + 1 + YEARS))


def grow(model, given):
    return grown(model, given, HISTORY)


@pytest.fixture(params=EXAMPLES, ids=lambda data: "-".join(key if key != "model" else data[key] for key in data))
def model(request):
    return REGISTRY.find(request.param["model"]).model_validate({**request.param, "evidence": "assumed"})


def test_every_registered_model_has_an_example():
    assert {data["model"] for data in EXAMPLES} == set(REGISTRY.names())


def test_its_name_is_the_one_it_is_registered_by(model):
    assert type(model) is REGISTRY.find(model.model)
    assert type(model).model_fields["model"].default == model.model


def test_it_must_say_how_well_its_figures_are_known(model):
    data = model.model_dump(exclude_unset=True)
    data.pop("evidence")
    with pytest.raises(ValidationError):
        type(model).model_validate(data)


def test_it_fills_all_years_and_starts_from_the_baseline(model):
    given = inputs(model)
    out = grow(model, given)
    assert np.isfinite(out).all()
    np.testing.assert_array_equal(out[0], given.baseline)


def test_it_keeps_to_the_kind_of_levels_that_it_states(model):
    out = grow(model, inputs(model))
    if model.is_positive:
        assert (out > 0).all()
    if model.levels == "whole":
        np.testing.assert_array_equal(out, np.round(out))
    if model.levels == "share":
        assert (out > 0).all()
        assert (out < 100).all()


def test_without_noise_all_paths_from_one_start_are_the_same(model):
    out = grow(model, inputs(model, certain=True, noisy=False))
    np.testing.assert_array_equal(out, out[:, :1] * np.ones(PATHS))
    np.testing.assert_array_equal(out, grow(model, inputs(model, certain=True, noisy=False)))


def test_noise_is_all_that_differs_between_paths_from_one_start(model):
    streams = model.streams(YEARS)
    out = grow(model, inputs(model, certain=True))
    assert bool(streams) == bool((out != out[:, :1]).any())


def test_it_can_be_used_again_and_changes_nothing_that_it_is_given(model):
    given = inputs(model)  # its arrays refuse to be written to
    np.testing.assert_array_equal(grow(model, given), grow(model, given))


def test_more_paths_leave_the_first_ones_as_they_were(model):
    np.testing.assert_array_equal(
        grow(model, inputs(model, paths=2 * PATHS))[:, : PATHS // 2], grow(model, inputs(model, paths=PATHS // 2))
    )


def test_a_figure_may_be_one_number_or_one_a_path(model):
    given = inputs(model, certain=True)
    single = {name: float(values[0]) for name, values in given.draws.items()}
    plain = Inputs(given.baseline, single, dict(given.noise.items()))
    np.testing.assert_allclose(grow(model, plain), grow(model, given), rtol=1e-14)


def test_it_asks_for_exactly_the_parameters_and_streams_that_it_declares(model):
    given = inputs(model)
    grow(model, given)
    declared = model.parameters()
    assert given.draws.names == {name for name, one in declared.items() if not one.repeated}
    assert given.noise.names == set(model.streams(YEARS))


def test_it_takes_some_rows_of_noise_and_never_fewer_for_more_years(model):
    for years in range(1, 12):
        shorter, longer = model.streams(years), model.streams(years + 1)
        assert set(shorter) == set(longer)
        assert all(isinstance(rows, int) and rows > 0 for rows in shorter.values())
        assert all(longer[name] >= rows for name, rows in shorter.items())
        assert shorter.get(NOISE, years) >= years


def test_its_typical_parameter_is_one_that_it_draws(model):
    drawn = {one.stream or name for name, one in model.parameters().items() if not one.repeated}
    assert model.typical is None or model.typical in drawn


QUANTILES = {
    "compound": {"rate": RATE},
    "linear": {"increment": {"p10": -3, "p50": 2, "p90": 6}},
    "logistic": {"rate": RATE},
    "gompertz": {"rate": RATE},
    "proportion": {"change": {"p10": "-1pp", "p50": "1pp", "p90": "2pp"}},
    "count": {"per_year": {"p10": 2, "p50": 4, "p90": 7}},
}


@pytest.mark.parametrize("name", QUANTILES)
def test_its_typical_figure_may_be_written_by_three_quantiles(name):
    data = next(data for data in EXAMPLES if data["model"] == name)
    kind = REGISTRY.find(name)
    model = kind.model_validate({**data, **QUANTILES[name], "evidence": "assumed"})
    assert np.isfinite(grow(model, inputs(model))).all()
    assert set(QUANTILES[name]) == {model.typical}


def test_no_effect_is_the_same_as_effects_of_nothing(model):
    nothing = np.zeros((YEARS, PATHS))
    more = {"growth": nothing} if "growth" in model.effects else {}
    more |= {"level": nothing} if kernel(model).applies_level else {}
    np.testing.assert_allclose(grow(model, inputs(model, **more)), grow(model, inputs(model)), rtol=1e-9)


def test_effects_raise_the_levels_from_their_first_year_on(model):
    rise = np.zeros((YEARS, PATHS))
    rise[2:] = 0.05
    for kind in ("growth", "level"):
        applies = kind in model.effects and (kind == "growth" or kernel(model).applies_level)
        if applies:
            changed, plain = grow(model, inputs(model, **{kind: rise})), grow(model, inputs(model))
            np.testing.assert_allclose(changed[:3], plain[:3], rtol=1e-9)
            assert (changed[3:] >= plain[3:] - 1e-9).all()
            assert (changed[3:] > plain[3:]).any()


def test_it_is_written_and_read_back_the_same(model):
    assert type(model).model_validate(model.model_dump(exclude_unset=True)) == model
    assert type(model).model_validate(model.model_dump()) == model


def test_it_can_be_pickled(model):
    again = pickle.loads(pickle.dumps(model))
    assert again == model
    np.testing.assert_array_equal(grow(again, inputs(again)), grow(model, inputs(model)))


def test_it_is_frozen_and_hashable(model):
    with pytest.raises(ValidationError):
        model.evidence = "official"
    assert hash(model) == hash(pickle.loads(pickle.dumps(model)))


def test_its_kernel_is_no_noun_and_can_be_pickled(model):
    given = inputs(model)
    again = pickle.loads(pickle.dumps(kernel(model)))
    out = np.full((YEARS + 1, PATHS), np.nan)
    again.paths(given, out)
    np.testing.assert_array_equal(out, grow(model, given))
    assert not isinstance(again, Noun)
    assert again.conditional(given) is None
