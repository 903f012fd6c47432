"""Films: read again by a program that was not written here."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from core.values.errors import FileError
from gui.session.save_request import FileKind
from gui.window.film import encoders
from gui.window.film.encoders import GIF, MP4, WEBP, Frame, write_film

SHAPE = (40, 61, 3)


def plain(k: int) -> Frame:
    frame = np.zeros(SHAPE, np.uint8)
    frame[:, : 10 * (k + 1)] = (40 * k + 30, 200, 90)
    return frame


@pytest.mark.parametrize("kind", [GIF, WEBP])
def test_a_film_has_every_frame_as_it_was_and_plays_at_its_rate(
    tmp_path: Path, kind: FileKind
) -> None:
    path = tmp_path / f"film{kind.ending}"
    write_film(path, kind, (plain(k) for k in range(5)), rate=10)
    with Image.open(path) as film:
        assert film.size == (61, 40)
        assert getattr(film, "n_frames", 1) == 5
        shown = [np.asarray(f.convert("RGB")) for f in ImageSequence.Iterator(film)]
        assert film.info["duration"] == 100
        assert film.info["loop"] == 0
    for k, frame in enumerate(shown):
        assert np.abs(frame.astype(int) - plain(k)).mean() < 4


def test_the_frames_of_a_film_are_not_kept(tmp_path: Path) -> None:
    """A hundred frames of 0.75 MB each: all together would be 75 MB."""

    def large() -> Iterator[Frame]:
        for k in range(100):
            frame = np.zeros((500, 500, 3), np.uint8)
            frame[k] = 255
            yield frame

    tracemalloc.start()
    write_film(tmp_path / "film.gif", GIF, large(), rate=20)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


class Cancelled(Exception):  # noqa: N818
    pass


@pytest.mark.parametrize("kind", [GIF, WEBP])
def test_a_film_that_is_given_up_leaves_the_old_file(
    tmp_path: Path, kind: FileKind
) -> None:
    path = tmp_path / "film"
    path.write_bytes(b"old")

    def frames() -> Iterator[Frame]:
        yield plain(0)
        raise Cancelled

    with pytest.raises(Cancelled):
        write_film(path, kind, frames(), rate=10)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_mp4_without_its_package_is_refused_with_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "imageio_ffmpeg", None)
    assert encoders.problem_of(GIF) == ""
    with pytest.raises(FileError, match="pip install imageio-ffmpeg"):
        write_film(tmp_path / "film.mp4", MP4, iter([plain(0)]), rate=10)
    assert not list(tmp_path.iterdir())
