"""Draw the pictures of the READMEs, from scenarios/nanchuan.yaml: `python docs/make/pictures.py`."""

from __future__ import annotations

from pathlib import Path

from cqsim import run
from cqsim.messages import Language
from cqsim.report.figures.drawing.files import rendered
from cqsim.report.figures.drawing.fonts import carried

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pictures"


def pictures() -> dict[str, bytes]:
    """The visitors of Nanchuan in both languages, by file name; in the font that comes along, so the same anywhere."""
    languages: tuple[Language, ...] = ("en", "zh")
    results = {
        language: run(ROOT / "scenarios" / "nanchuan.yaml", language=language, range=False) for language in languages
    }
    return {
        f"nanchuan_visitors.{language}.svg": rendered(result.plot.fan("visitors", font=str(carried())), "svg")
        for language, result in results.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        (FOLDER / name).write_bytes(picture)
