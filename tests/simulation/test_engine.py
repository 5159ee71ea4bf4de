"""When a run stops, and what it reports on the way."""

import numpy as np
import pytest

import cqsim
from cqsim.errors import Fault
from cqsim.simulation.block import BLOCK, Workspace
from cqsim.simulation.counts.estimate import Estimate
from cqsim.simulation.draws.sampling import RandomSampler
from cqsim.simulation.plan.building import plan


def scenario(**run):
    growth = {"model": "compound", "rate": "5%", "volatility": "9%", "evidence": "assumed"}
    targets = [{"at_least": level, "year": 2025} for level in (125, 140)]
    indicators = {"x": {"baseline": {"value": 100, "evidence": "official"}, "growth": growth, "targets": targets}}
    return cqsim.Scenario(years={"baseline": 2020, "end": 2025}, indicators=indicators, run=run)


def widest(result):
    shares = [answer.probability for answer in result.answers] + [result.joint_answer.all]
    return max(Estimate.of_counts(round(share * result.paths), result.paths).half_width for share in shares)


@pytest.mark.parametrize("accuracy", ["1pp", "0.5pp", "0.3pp"])
def test_a_run_stops_at_the_first_doubling_that_reaches_the_accuracy(accuracy):
    wanted = float(accuracy.removesuffix("pp")) / 100
    result = cqsim.run(scenario(), accuracy=accuracy, seed=1, progress=False)
    assert result.paths.bit_count() == 1
    assert widest(result) <= wanted
    if result.paths > 2**15:  # the schedule starts at no more
        assert widest(cqsim.run(scenario(), paths=result.paths // 2, seed=1, progress=False)) > wanted


def test_every_interval_of_a_run_is_as_narrow_as_was_asked_for():
    result = cqsim.run(scenario(), accuracy="0.5pp", seed=1, progress=False)
    for low, high in [*(answer.interval for answer in result.answers), result.joint_answer.interval]:
        assert (high - low) / 2 <= 0.005


def test_a_fixed_number_of_paths_is_drawn_exactly(tally_of):
    for paths in (1, 8191, 8193, 33_000):
        result = cqsim.run(scenario(), paths=paths, progress=False)
        assert result.paths == paths
        assert tally_of(result).hits_at_once.sum() == paths


def test_what_is_asked_for_in_the_call_goes_before_the_file():
    assert cqsim.run(scenario(paths=500), progress=False).paths == 500
    assert cqsim.run(scenario(paths=500), paths=700, progress=False).paths == 700
    assert cqsim.run(scenario(accuracy="1pp"), paths=700, progress=False).paths == 700
    assert cqsim.run(scenario(paths=500), accuracy="2pp", progress=False).paths >= 2**14
    assert cqsim.run(scenario(seed=8), paths=10, progress=False).seed == 8
    assert cqsim.run(scenario(seed=8), paths=10, seed=0, progress=False).seed == 0


@pytest.mark.parametrize("accuracy", ["0.1", "0.1%", "0pp", "60pp"])
def test_an_accuracy_that_is_none_is_refused(accuracy):
    with pytest.raises(Fault):
        cqsim.run(scenario(), accuracy=accuracy, progress=False)


def test_progress_only_rises_and_ends_at_all_paths():
    seen = []
    result = cqsim.run(scenario(), paths=100_000, progress=lambda done, expected: seen.append((done, expected)))
    done = [one for one, _ in seen]
    assert done == sorted(done)
    assert seen[-1] == (100_000, 100_000)
    assert result.paths == 100_000
    assert all(one <= expected for one, expected in seen)


def test_progress_to_an_accuracy_never_passes_what_is_expected():
    seen = []
    cqsim.run(scenario(), accuracy="0.3pp", progress=lambda done, expected: seen.append((done, expected)))
    assert all(one <= expected for one, expected in seen)
    assert seen[-1][0] == seen[-1][1]


@pytest.mark.parametrize("name", ["nanchuan", "science_city", "chongqing_2025"])
def test_the_pieces_of_a_block_are_the_block(name):
    drawn = plan(cqsim.load(f"scenarios/{name}.yaml"))
    whole = Workspace(drawn, BLOCK).draw(RandomSampler(3), 0)
    pieces, sampler = Workspace(drawn, 101), RandomSampler(3).piecewise(0)
    for first in (0, 101, 202):
        piece = pieces.draw(sampler, 0)
        np.testing.assert_allclose(piece, whole[:, :, first : first + 101], rtol=1e-12)
