"""Pipes, devices and what is too large are told apart before they are opened."""

import os
from pathlib import Path

import pytest

from core.data.idx import read_idx, read_idx_start
from core.data.picture_file import read_grey
from core.experiment.presets import read_experiment
from core.files.weights import load_weights
from core.platform.ordinary_files import check_ordinary, read_bytes
from core.values.errors import GlassboxError

READERS = {
    "picture": read_grey,
    "experiment": read_experiment,
    "weights": load_weights,
    "idx": lambda path: read_idx(path, n_dimensions=1),
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize(
    ("kind", "word"),
    [("pipe", "a pipe"), ("device", "a device"), ("folder", "irectory")],
)
def test_what_is_no_ordinary_file_is_refused_by_its_kind(
    tmp_path: Path, reader: object, kind: str, word: str
):
    path = tmp_path / "odd.png"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
    else:
        path.mkdir()
    with pytest.raises(GlassboxError, match=word) as caught:
        reader(path)  # type: ignore[operator]
    assert str(caught.value).startswith(str(path))


def test_the_start_of_a_pipe_is_no_labels(tmp_path: Path):
    os.mkfifo(tmp_path / "labels")
    assert read_idx_start(tmp_path / "labels", 10) == b""


def test_a_file_too_large_is_refused_unread(tmp_path: Path):
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.truncate(2**40)  # a file with a hole, which takes no room
    with pytest.raises(OSError, match=r"1,048,576\.0 MiB") as caught:
        read_bytes(path, 2**20)
    assert caught.value.filename == str(path)
    assert check_ordinary(path) == 2**40


def test_links_are_followed(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"abc")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_bytes(tmp_path / "link", 3) == b"abc"
