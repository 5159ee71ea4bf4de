"""Execute the notebooks anew and keep what they give.

Run ``python tests/notebooks/rewrite.py`` after the code or a notebook has changed, and read the difference before
keeping it. It prints the names of the notebooks that changed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))


def read(file: Path) -> dict[str, Any]:
    """A notebook as plain data, without the times at which its cells ran and in how many pieces they wrote."""
    found = json.loads(file.read_text(encoding="utf-8"))
    for cell in found["cells"]:
        cell["metadata"].pop("execution", None)
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
    return found


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs in which what was written to one stream in a row is one."""
    found: list[dict[str, Any]] = []
    for output in outputs:
        last = found[-1] if found else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            text = "".join([*last["text"], *output["text"]])
            found[-1] = {**last, "text": text.splitlines(keepends=True)}
        else:
            found.append(output)
    return found


def executed(folder: Path) -> Path:
    """Where copies of all notebooks lie after nbmake has run them, beside a copy of the scenarios."""
    for name in ("notebooks", "scenarios"):
        shutil.copytree(ROOT / name, folder / name)
    options = ("-q", "--nbmake", "--overwrite", "-p", "no:cacheprovider", "-c", str(folder / "none.toml"))
    (folder / "none.toml").touch()
    command = [sys.executable, "-m", "pytest", *options, str(folder / "notebooks")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return folder / "notebooks"


def main() -> None:
    """Rewrite all notebooks."""
    with tempfile.TemporaryDirectory() as folder:
        copies = executed(Path(folder))
        found = {name: read(copies / name) for name in NAMES}
    changed = [name for name in NAMES if found[name] != json.loads((FOLDER / name).read_text(encoding="utf-8"))]
    for name in changed:
        text = json.dumps(found[name], ensure_ascii=False, indent=1)
        (FOLDER / name).write_text(f"{text}\n", encoding="utf-8")
    sys.stdout.write("".join(f"{name}\n" for name in changed) or "nothing changed\n")


if __name__ == "__main__":
    main()
