"""Files put in their places, one after the other."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from cqsim.disk.places import refuse_others
from cqsim.disk.staging import beside, discard


def put(place: Path, content: bytes) -> None:
    """Put one file in its place, or leave what stands there."""
    refuse_others(place)
    aside = _staged(place, content)
    try:
        aside.replace(place)
    finally:
        discard(aside)


def _staged(place: Path, content: bytes) -> Path:
    """A file under another name beside its place, ready to go there."""
    aside = beside(place)
    try:
        with aside.open("xb") as file:
            file.write(content)
        if place.exists():
            shutil.copymode(place, aside)
    except BaseException:
        discard(aside)
        raise
    return aside


def one_by_one(files: Mapping[Path, bytes], folders: Iterable[Path] = ()) -> None:
    """Replace files one after the other; an error brings the old ones back, and unmakes folders made for them."""
    made = [folder for folder in dict.fromkeys(folders) if not folder.exists()]
    ready: dict[Path, Path] = {}
    kept: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for folder in made:
            folder.mkdir()
        for place, content in files.items():
            if place.exists():
                kept[place] = beside(place)
                shutil.copy2(place, kept[place])
            ready[place] = _staged(place, content)
        for place, aside in ready.items():
            aside.replace(place)
            done.append(place)
    except BaseException:
        _put_back(done, kept)
        raise
    finally:
        for aside in (*ready.values(), *kept.values()):
            discard(aside)
        if len(done) < len(files):
            for folder in reversed(made):
                with suppress(OSError):  # not made, or in use by now
                    folder.rmdir()


def _put_back(places: Iterable[Path], kept: Mapping[Path, Path]) -> None:
    for place in places:
        with suppress(OSError):
            if place in kept:
                kept[place].replace(place)
            else:
                place.unlink()
