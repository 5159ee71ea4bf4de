"""Files are whole or not there; what others put beside them stays."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cqsim.disk import atomic, one_by_one, staging, successor
from cqsim.disk.atomic import name_of, write_file, write_files, write_folder, write_with_parts
from cqsim.disk.staging import beside, exchange

OLD = {"a.txt": b"old a", "b.txt": b"old b", "below/c.txt": b"old c"}
NEW = {"a.txt": b"new a", "b.txt": b"new b", "below/c.txt": b"new c"}


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refuse(*_):
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))


@pytest.fixture(params=["in one step", "one by one"])
def way(request, monkeypatch):
    """Both ways of replacing the files of a folder."""
    if request.param == "one by one":
        monkeypatch.setattr(successor, "exchange", refuse)
    return request.param


def can_exchange(folder):
    (folder / "first").mkdir()
    (folder / "second").mkdir()
    try:
        exchange(folder / "first", folder / "second")
    except OSError:
        return False
    finally:
        (folder / "first").rmdir()
        (folder / "second").rmdir()
    return True


def test_a_folder_appears_with_all_its_files_and_the_folders_above_it(tmp_path):
    write_folder(NEW, tmp_path / "some" / "where" / "new")
    assert tree(tmp_path / "some" / "where" / "new") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["some"]


def test_what_others_put_into_a_folder_stays(way, tmp_path):
    out = tmp_path / "out"
    write_folder(OLD, out)
    (out / "thesis.txt").write_text("mine")
    (out / "below" / "mine").mkdir()
    (out / "below" / "mine" / "deep.txt").write_text("mine too")
    (out / "link").symlink_to("thesis.txt")
    inode = (out / "thesis.txt").stat().st_ino
    write_folder(NEW, out)
    assert tree(out) == {**NEW, "thesis.txt": b"mine", "link": b"mine", "below/mine/deep.txt": b"mine too"}
    assert (out / "thesis.txt").stat().st_ino == inode
    assert (out / "link").readlink() == Path("thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_files_of_an_earlier_writing_go_when_they_are_named(way, tmp_path):
    write_folder(OLD, tmp_path / "out")
    write_folder({"a.txt": b"new"}, tmp_path / "out", gone=["b.txt"])
    assert tree(tmp_path / "out") == {"a.txt": b"new", "below/c.txt": b"old c"}


def test_a_folder_is_exchanged_in_one_step_where_the_system_can(tmp_path, monkeypatch):
    if not can_exchange(tmp_path):
        pytest.skip("this disk cannot exchange folders")
    write_folder(OLD, tmp_path / "out")
    monkeypatch.setattr(atomic, "one_by_one", refuse)
    seen = []
    monkeypatch.setattr(
        successor,
        "exchange",
        lambda *pair: (seen.append(tree(tmp_path / "out")), exchange(*pair), seen.append(tree(tmp_path / "out"))),
    )
    write_folder(NEW, tmp_path / "out")
    assert seen == [OLD, NEW]


def test_the_folder_we_work_in_keeps_its_place(tmp_path, monkeypatch):
    write_folder(OLD, tmp_path / "out")
    monkeypatch.chdir(tmp_path / "out")
    inode = Path.cwd().stat().st_ino
    write_folder(NEW, ".")
    assert tree(tmp_path / "out") == NEW
    assert (tmp_path / "out").stat().st_ino == inode


@pytest.mark.parametrize("place", ["a.txt", "below/c.txt"])
def test_a_folder_in_the_place_of_a_file_is_refused_and_nothing_changes(place, way, tmp_path):
    (tmp_path / "out" / place).mkdir(parents=True)
    (tmp_path / "out" / place / "thesis.txt").write_text("mine")
    before = tree(tmp_path)
    with pytest.raises(IsADirectoryError) as refused:
        write_folder(NEW, tmp_path / "out")
    assert refused.value.filename == str(tmp_path / "out" / place)
    assert tree(tmp_path) == before


def test_a_file_in_the_place_of_a_folder_is_refused_and_nothing_changes(tmp_path):
    for place in ("out", "other/below"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text("mine")
    before = tree(tmp_path)
    for folder in ("out", "out/deeper", "other"):
        with pytest.raises(NotADirectoryError):
            write_folder(NEW, tmp_path / folder)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("kind", ["pipe", "folder", "read-only"])
def test_what_is_no_file_that_may_be_replaced_stays(kind, tmp_path, monkeypatch):
    place = tmp_path / "x.txt"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.write_text("mine")
        monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OSError, match=r"x\.txt"):
        write_file(place, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x.txt"]


def test_links_stay_and_what_they_point_to_is_written(way, tmp_path):
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("far/real.txt")
    write_file(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "far" / "real.txt").read_bytes() == b"new"
    (tmp_path / "out").symlink_to("far")
    (tmp_path / "far" / "a.txt").symlink_to("real.txt")
    write_folder(NEW, tmp_path / "out")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "far" / "a.txt").is_symlink()
    assert tree(tmp_path / "far") == {**NEW, "real.txt": b"new a"}


def test_permissions_of_files_and_folders_stay_and_new_ones_are_as_usual(way, tmp_path):
    usual = os.umask(0)
    os.umask(usual)
    write_folder(OLD, tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").stat().st_mode & 0o777 == 0o666 & ~usual
    (tmp_path / "out").chmod(0o710)
    (tmp_path / "out" / "a.txt").chmod(0o640)
    write_folder(NEW, tmp_path / "out")
    write_file(tmp_path / "out" / "a.txt", b"again")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o710
    assert (tmp_path / "out" / "a.txt").stat().st_mode & 0o777 == 0o640


def test_an_error_on_the_way_brings_everything_back(way, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write_folder({"a.txt": b"old a"}, out)
    before = tree(tmp_path)
    replace = Path.replace

    def full(path, target):
        if target == out / "below" / "c.txt":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", full)
    monkeypatch.setattr(successor, "exchange", refuse)
    with pytest.raises(OSError, match="out"):
        write_folder(NEW, out)
    assert tree(tmp_path) == before
    assert [path.name for path in out.iterdir()] == ["a.txt"]


def test_what_dead_writers_left_is_cleared_and_what_living_ones_do_is_not(tmp_path):
    left = beside(tmp_path / "x")
    left.mkdir()
    (left / "half.txt").write_text("half")
    beside(tmp_path / "x").write_text("half")
    with staging.alone_in(tmp_path), pytest.MonkeyPatch.context() as patched:
        living = beside(tmp_path / "x")
        living.write_text("whole soon")
        patched.setattr(staging, "_PATIENCE", 0.05)
        with ThreadPoolExecutor(1) as other:
            other.submit(write_file, tmp_path / "other.txt", b"other").result()
        assert living.exists()
        living.unlink()
    assert [path.name for path in tmp_path.iterdir()] == ["other.txt"]


def test_of_two_writers_at_once_one_wins_whole(way, tmp_path):
    versions = [dict.fromkeys(OLD, b"%d" % number * 5000) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda files: write_folder(files, tmp_path / "out"), versions * 3))
    assert tree(tmp_path / "out") in versions
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_and_its_parts_are_there_together_and_earlier_parts_go(tmp_path):
    for version in (b"1", b"2"):
        parts = {"p.svg": version}
        write_with_parts(tmp_path / "r.md", name_of(parts).encode(), "r_files", parts)
        assert tree(tmp_path) == {"r.md": name_of(parts).encode(), f"r_files/{name_of(parts)}/p.svg": version}
    write_with_parts(tmp_path / "r.md", b"none", "r_files", {})
    assert tree(tmp_path) == {"r.md": b"none"}
    assert not (tmp_path / "r_files").exists()


def test_parts_that_somebody_has_changed_stay(tmp_path):
    parts = {"p.svg": b"1"}
    write_with_parts(tmp_path / "r.md", b"1", "r_files", parts)
    changed = tmp_path / "r_files" / name_of(parts) / "p.svg"
    changed.write_text("mine")
    write_with_parts(tmp_path / "r.md", b"2", "r_files", {"p.svg": b"2"})
    assert changed.read_text() == "mine"


def test_a_file_that_cannot_be_written_leaves_no_parts(tmp_path, monkeypatch):
    def full(place, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic, "put", full)
    with pytest.raises(OSError, match=r"r\.md"):
        write_with_parts(tmp_path / "r.md", b"1", "r_files", {"p.svg": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_several_files_are_written_or_none_and_no_folder_is_made(tmp_path, monkeypatch):
    with pytest.raises(FileNotFoundError):
        write_files({tmp_path / "none" / "a.txt": b"a"})
    (tmp_path / "a.txt").write_text("old")
    put = one_by_one._staged
    monkeypatch.setattr(
        one_by_one, "_staged", lambda place, content: refuse() if "b" in place.name else put(place, content)
    )
    with pytest.raises(OSError, match=r"a\.txt"):
        write_files({tmp_path / "a.txt": b"a", tmp_path / "b.txt": b"b"})
    assert tree(tmp_path) == {"a.txt": b"old"}


def test_a_long_name_that_the_disk_takes_is_written(tmp_path):
    write_file(tmp_path / ("长" * 84), b"whole")
    assert len(list(tmp_path.iterdir())) == 1


def test_all_that_is_made_for_a_while_lies_beside_the_file_where_the_next_writer_clears_it(tmp_path, monkeypatch):
    made = []

    def recorded(place):
        made.append(place.parent)
        return staging.beside(place)

    monkeypatch.setattr(atomic, "beside", recorded)
    for content in (b"1", b"2"):  # the second finds the folder of parts
        atomic.write_with_parts(tmp_path / "r.md", content, "r_files", {"a.svg": content})
    assert made
    assert set(made) == {tmp_path}
