"""Files written whole or not at all, also when the writer is killed: one file, a folder of them, a file with its parts.

Everything is prepared under names of its own and appears in one step. For one file that is a rename. A folder that is
new appears by a rename as well; one that exists changes places with its successor, which holds whatever else lay in it
by hard links. Where a system cannot exchange folders (Windows, some network drives), or must not (somebody works in the
folder), files are replaced one by one, each whole; an error on the way brings the old ones back, and who is killed on
the way leaves a manifest that does not fit its files. A file with parts names a folder after what the parts hold; it is
there before the file is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from hashlib import sha256
from os import PathLike
from pathlib import Path

from cqsim.disk.one_by_one import one_by_one, put
from cqsim.disk.places import followed, refuse_folder, refuse_others, told_of
from cqsim.disk.staging import alone_in, beside, discard
from cqsim.disk.successor import at_once


def write_file(path: str | PathLike[str], content: bytes) -> None:
    """Write a file, all of it or nothing.

    What a link points to is written, and the link stays; so do the permissions of an existing file.

    Parameters
    ----------
    path : path-like
    content : bytes

    Raises
    ------
    OSError
        When it cannot be written; whatever stood there stays.
    """
    with told_of(path):
        place = followed(Path(path))
        with alone_in(place.parent):
            put(place, content)


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write files into folders that exist; an error brings back what stood there.

    Raises
    ------
    OSError
        When one cannot be written.
    """
    for path in files:
        with told_of(path):
            refuse_others(followed(path))
    places = {followed(path): content for path, content in files.items()}
    with told_of(next(iter(files))), alone_in(*(place.parent for place in places)):
        one_by_one(places)


def write_folder(files: Mapping[str, bytes], folder: str | PathLike[str], gone: Collection[str] = ()) -> None:
    """Write files into a folder and folders in it, all of them or none.

    What else lies there stays. Nobody sees some new files among old ones, where the system can exchange folders;
    elsewhere only who looks, or kills, within the milliseconds in which one file after the other is replaced.

    Parameters
    ----------
    files : mapping of str to bytes
        Name, such as `nanchuan/result.json`, to what it holds.
    folder : path-like
        Made when it does not exist.
    gone : collection of str
        Files of an earlier writing that go, by name.

    Raises
    ------
    OSError
        When they cannot be written; what stood there stays.
    """
    with told_of(folder):
        target = followed(Path(folder))
        base = next(path for path in target.parents if path.exists())
        with alone_in(base, target, *((target / name).parent for name in files)):
            refuse_folder(target, files)
            try:
                at_once(files, target, base, gone)
            except OSError:
                if not target.is_dir():
                    raise
                places = {followed(target / name): content for name, content in files.items()}
                one_by_one(places, [place.parent for place in places])
                for name in gone:
                    discard(target / name)


def write_with_parts(path: str | PathLike[str], content: bytes, folder: str, parts: Mapping[str, bytes]) -> None:
    """Write a file and the parts it refers to, all of it or nothing.

    Parameters
    ----------
    path : path-like
    content : bytes
        Refers to its parts as `folder/{name_of(parts)}/NAME`.
    folder : str
        Name of a folder beside the file, for the parts of this file alone. Parts of its earlier versions go, unless
        somebody has changed them.
    parts : mapping of str to bytes

    Raises
    ------
    OSError
        When it cannot be written; what stood there stays.
    """
    with told_of(path):
        place = followed(Path(path))
        with alone_in(place.parent):
            refuse_others(place)
            whole = place.parent / folder / name_of(parts)
            made = _put_parts(whole, parts) if parts and not whole.exists() else None
            try:
                put(place, content)
            except BaseException:
                if made is not None:
                    discard(made)
                raise
            _clear_parts(place.parent / folder, whole.name)


def name_of(parts: Mapping[str, bytes]) -> str:
    """A name that says what files hold: the same files, the same name.

    >>> name_of({"a.svg": b"1"}), name_of({"a.svg": b"2"})
    ('e9d4479b', '30c62521')
    """
    sums = (f"{name}\n{sha256(content).hexdigest()}\n" for name, content in sorted(parts.items()))
    return sha256("".join(sums).encode()).hexdigest()[:8]


def _put_parts(whole: Path, parts: Mapping[str, bytes]) -> Path:
    """Put a folder of parts in its place in one step; returns what was made: it, or the folder around it as well."""
    made = whole if whole.parent.exists() else whole.parent
    aside = beside(whole.parent)  # where the next writer clears what a dead one left
    try:
        inside = aside / whole.relative_to(made)
        inside.mkdir(parents=True)
        for name, content in parts.items():
            (inside / name).write_bytes(content)
        aside.rename(made)
    finally:
        discard(aside)
    return made


def _clear_parts(folder: Path, current: str) -> None:
    """Delete folders of earlier parts that still hold what their names say, and the folder if nothing is left."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            if path.name != current and _is_as_written(path):
                discard(path)
        folder.rmdir()  # only when nothing is left


def _is_as_written(folder: Path) -> bool:
    try:
        parts = {file.name: file.read_bytes() for file in folder.iterdir()}
    except OSError:  # no folder, or folders in it
        return False
    return folder.name == name_of(parts)
