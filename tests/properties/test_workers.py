"""Who does the work, and in how many pieces, changes no bit of the result."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

import cqsim
from cqsim.simulation.block import BLOCK


def everything(result):
    return result.to_json(), {id: result.quantile_rows(id) for id in result.scenario.indicators}


class Backwards:
    """Runs the last piece first."""

    def map(self, function, items):
        listed = list(items)
        return list(reversed([function(item) for item in reversed(listed)]))


@pytest.mark.parametrize("paths", [1, 100, BLOCK, BLOCK + 1, 4 * BLOCK, 9 * BLOCK + 17])
def test_the_number_of_threads_changes_nothing(paths, run, district):
    expected = everything(run(district(), range=True, paths=paths, threads=1))
    assert everything(run(district(), range=True, paths=paths, threads=2)) == expected
    assert everything(run(district(), range=True, paths=paths, threads=5)) == expected


def test_anything_with_a_map_can_do_the_work_in_any_order(run, district):
    expected = everything(run(district(), range=True, paths=9 * BLOCK + 17, threads=1))
    assert everything(run(district(), range=True, paths=9 * BLOCK + 17, executor=Backwards())) == expected


def test_processes_give_the_same_result_as_threads(run, district):
    expected = everything(run(district(), range=True, paths=5 * BLOCK + 3, threads=1))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert everything(run(district(), range=True, paths=5 * BLOCK + 3, executor=pool)) == expected


@pytest.mark.parametrize("seed", range(4))
def test_a_run_to_an_accuracy_is_the_run_of_as_many_paths(seed, run, district):
    scenario = cqsim.Scenario(**district())
    reached = cqsim.run(scenario, accuracy="0.3pp", seed=seed, progress=False)
    fixed = run(district(), range=True, paths=reached.paths, seed=seed)
    assert reached.paths > 4 * BLOCK
    assert everything(fixed) == everything(reached)
