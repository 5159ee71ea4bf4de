"""Time to load and check a scenario beside parsing it with PyYAML and importing pydantic.

    python benchmarks/loading.py [FILE]

Both as fresh processes, in turn; the shortest of each counts, since anything longer is the machine's doing. Modules are
read as bytecode, which the first round writes where it is not there yet, as `pip install` does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 15
DEFAULT = Path(__file__).parent.parent / "scenarios" / "nanchuan.yaml"
PLAIN = "import sys, yaml; from pydantic import BaseModel; yaml.safe_load(open(sys.argv[1], encoding='utf-8').read())"
CHECKED = "import sys, cqsim; cqsim.load(sys.argv[1])"
IMPORTS = "import numpy, yaml; from pydantic import BaseModel"
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
AGAIN = """
import sys, time, cqsim
cqsim.load(sys.argv[1])
start = time.perf_counter()
cqsim.load(sys.argv[1])
print(time.perf_counter() - start)
"""


def seconds(code: str, file: str) -> float:
    """Wall time of one fresh process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, file], check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def main() -> None:
    """Print the ratios."""
    file = sys.argv[1] if len(sys.argv) > 1 else str(DEFAULT)
    programs = {"parse and import pydantic": PLAIN, "cqsim.load": CHECKED, "importing numpy, yaml, pydantic": IMPORTS}
    rounds = [[seconds(code, file) for code in programs.values()] for _ in range(ROUNDS)]
    best = dict(zip(programs, map(min, zip(*rounds, strict=True)), strict=True))
    base = best["parse and import pydantic"]
    for name, value in best.items():
        print(f"{name:32} {value * 1000:5.0f} ms  {value / base:4.1f}")
    again = subprocess.run([sys.executable, "-c", AGAIN, file], check=True, capture_output=True, text=True)
    value = float(again.stdout)
    print(f"{'cqsim.load, a second time':32} {value * 1000:5.0f} ms  {value / base:4.1f}")


if __name__ == "__main__":
    main()
