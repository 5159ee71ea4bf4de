"""The largest scenarios that `check` accepts stay in bounds; the closed forms of small ones stay true in them."""

import json
import subprocess
import sys

import pytest
import yaml

GROWN = {
    "model": "compound",
    "rate": {"p10": "1%", "p50": "3%", "p90": "6%"},
    "volatility": "5%",
    "evidence": "assumed",
}
PEAK = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "cqsim", *sys.argv[1:]], stdout=sys.stdout)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(done.returncode)
"""


def write(file, count, end, targets):
    block = {"unit": "元", "baseline": {"value": 100, "evidence": "assumed"}, "growth": GROWN}
    wanted = [{"at_least": 150 + number, "year": end} for number in range(targets)]
    indicators = {f"x{number}": {**block, "targets": wanted} for number in range(count)}
    scenario = {"years": {"baseline": 2020, "end": end}, "indicators": indicators}
    file.write_text(yaml.safe_dump(scenario, allow_unicode=True), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is counted in other units elsewhere")
@pytest.mark.parametrize(
    ("count", "end", "targets"), [(500, 2070, 1), (2000, 2070, 1), (1, 2025, 5000), (500, 2025, 10)]
)
def test_a_large_scenario_runs_in_less_than_a_gigabyte(count, end, targets, tmp_path):
    write(tmp_path / "large.yaml", count, end, targets)
    command = [sys.executable, "-c", PEAK, "run", str(tmp_path / "large.yaml"), "--paths", "256", "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert len(document["targets"]) == count * targets
    assert all(0 <= target["probability"] <= 1 for target in document["targets"])
    assert int(done.stderr.split()[-1]) < 1_000_000  # KB
