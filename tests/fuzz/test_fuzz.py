"""A subset of the inputs in every run of the tests; all of them, and the kills, among the slow ones."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.fuzz.hunting import hunt
from tests.fuzz.inputs import make

ROOT = Path(__file__).parents[2]
SEED = 8
PART = 250


def failures(numbers, folder):
    found = list(hunt(SEED, numbers))
    return "\n\n".join(f"{failure}\n  kept in {failure.keep(folder)}" for failure in found)


@pytest.mark.parametrize("part", range(4))
def test_no_input_leads_to_anything_but_an_answer_or_a_clear_error(part, tmp_path):
    assert failures(range(part * PART, (part + 1) * PART), tmp_path) == ""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4, 40))
def test_nor_do_ten_thousand(part, tmp_path):
    assert failures(range(part * PART, (part + 1) * PART), tmp_path) == ""


@pytest.mark.slow
def test_a_killed_command_leaves_what_was_there_or_what_it_writes():
    command = [sys.executable, "-m", "tests.fuzz", "--kills", "14"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_input_follows_from_its_seed_and_number_alone():
    assert [make(3, number) for number in range(40)] == [make(3, number) for number in range(40)]
    assert len({str(make(3, number)) for number in range(40)}) == 40
