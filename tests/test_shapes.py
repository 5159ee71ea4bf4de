"""Kernels are given and give arrays of the shapes that their signatures say; see `tests/shapes.py`.

Checking every call costs half as much again as the calls, so that one run of the tests which reach all kernels does it.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ["tests/contract", "tests/growth", "tests/simulation", "tests/test_shapes.py"]
WRONG = """
from tests.shapes import install
install()
import numpy as np
from cqsim.targets.goal import Goal
from cqsim.targets.level import Level
from cqsim.targets.when import score
score(Goal(Level(), "at_least", (1.0,), False, "year", 1), np.ones(3))
"""


def test_a_wrong_shape_is_refused():
    done = subprocess.run([sys.executable, "-c", WRONG], check=False, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "TypeCheckError" in done.stderr
    assert "levels" in done.stderr


def test_every_kernel_keeps_its_shapes():
    if "CQSIM_SHAPES" in os.environ:  # this is that run
        import cqsim
        from cqsim.simulation.block import Workspace

        assert hasattr(Workspace.draw, "__wrapped__")
        for file in sorted((ROOT / "scenarios").glob("*.yaml")):
            assert cqsim.run(file, paths=300, progress=False).paths == 300
        return
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *TESTS]
    checked = os.environ | {"CQSIM_SHAPES": "1"}
    done = subprocess.run(command, check=False, cwd=ROOT, env=checked, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
