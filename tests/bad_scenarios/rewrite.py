"""Write down anew what each bad scenario is answered with.

Run ``python tests/bad_scenarios/rewrite.py`` after a message has changed, and read the difference before keeping it:
every text here is what a user will see. It prints the names of the texts that changed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cqsim import ScenarioError, load

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def answer(name: str) -> str:
    """What the user sees for one file of this folder, which must be the working directory."""
    try:
        load(f"{name}.yaml")
    except ScenarioError as error:
        return f"{error}\n"
    return "no problem was found\n"


def rewrite(name: str) -> bool:
    """Write one expected text; whether it changed."""
    expected = FOLDER / f"{name}.txt"
    text = answer(name)
    if expected.exists() and expected.read_text(encoding="utf-8") == text:
        return False
    expected.write_text(text, encoding="utf-8")
    return True


def main() -> None:
    """Rewrite all expected texts."""
    os.chdir(FOLDER)
    changed = [name for name in NAMES if rewrite(name)]
    sys.stdout.write("".join(f"{name}\n" for name in changed) or "nothing changed\n")


if __name__ == "__main__":
    main()
