import os
import stat
import time
from pathlib import Path

import pytest

from core.platform import atomic
from core.platform.atomic import write_bytes
from core.values.errors import FileError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.bin"


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_bytes_are_written_and_replaced(path: Path):
    for data in (b"first", b"", b"second" * 100_000):
        write_bytes(path, data)
        assert path.read_bytes() == data
    assert names_in(path.parent) == ["file.bin"]


def test_a_new_file_has_the_rights_that_the_umask_allows(path: Path):
    old = os.umask(0o027)
    try:
        write_bytes(path, b"x")
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_an_existing_file_keeps_its_rights(path: Path):
    path.write_bytes(b"old")
    path.chmod(0o604)
    write_bytes(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_link_is_followed(path: Path):
    link = path.with_name("link")
    link.symlink_to(path.name)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_error_leaves_the_old_file_and_no_litter(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    path.write_bytes(b"old")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    target = "os.fsync" if step == "fsync" else "pathlib.Path.replace"
    monkeypatch.setattr(target, fail)
    with pytest.raises(FileError) as caught:
        write_bytes(path, b"new")
    assert str(caught.value) == f"{path}: cannot be written: No space left on device"
    assert path.read_bytes() == b"old"
    assert names_in(path.parent) == ["file.bin"]


def test_an_interrupt_leaves_no_litter(path: Path, monkeypatch: pytest.MonkeyPatch):
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")
    assert names_in(path.parent) == []


def test_places_that_take_no_file_are_refused_with_the_reason(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    for name, reason in (
        ("folder", "it is a folder"),
        ("pipe", "not an ordinary file"),
        ("missing/file", "does not exist"),
        ("pipe/file", "Not a directory"),
        ("loop", "links"),
        ("x" * 300, "File name too long"),
    ):
        with pytest.raises(FileError, match=reason) as caught:
            write_bytes(tmp_path / name, b"x")
        assert str(caught.value).startswith(f"{tmp_path / name}: ")


def test_a_write_protected_file_is_spared(path: Path, monkeypatch: pytest.MonkeyPatch):
    path.write_bytes(b"old")
    # The tests may run as root, whom no protection stops.
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(FileError, match="write-protected"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"


def test_what_killed_writers_have_left_is_removed_when_it_is_old(tmp_path: Path):
    target = tmp_path / "net.npz"
    old, young, other = (
        tmp_path / f".{name}.part"
        for name in ("net.npz.0123456789ab", "net.npz.ba987654321f", "a.0123456789ab")
    )
    for path in (old, young, other):
        path.write_bytes(b"half")
    long_ago = time.time() - 2 * atomic.OLD_SECONDS
    for path in (old, other):
        os.utime(path, (long_ago, long_ago))
    atomic.write_bytes(target, b"whole")
    assert target.read_bytes() == b"whole"
    assert [path.exists() for path in (old, young, other)] == [False, True, True]


def test_trying_leaves_nothing(tmp_path: Path):
    atomic.try_writing(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a").write_bytes(b"old")
    atomic.try_writing(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"old"
