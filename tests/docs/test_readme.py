"""The READMEs' set-up is one line for users and one for developers, which `.ci/run` runs as they stand."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_two_commands_of_one_line_do_all_the_set_up(readme):
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 -m venv .venv &&")]
    assert [line.split()[-1] for line in commands] == ["scenarios/nanchuan.yaml", "auto"]
    assert all("pip install" in line for line in commands)
