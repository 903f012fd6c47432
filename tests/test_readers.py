"""Each reader of a file of the user's refuses at once what no such file is.

A named pipe waits for ever, a device has no end, and a hole of a tebibyte, which takes
no room on a disk, would be read for an hour.
"""

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

import glassbox
from core.checkpoints import file_form
from core.data import cifar, idx, npy_arrays, picture_file
from core.data.array_data import holds_data
from core.data.digits import cache
from core.data.file import open_source, understand, usual_experiment
from core.data.own_picture.picture import read_own_picture
from core.data.table.source import read_frame
from core.experiment.presets import read_experiment
from core.files.export import csv_form
from core.files.run_file import run_in
from core.files.safetensors_form import checkpoint_metadata
from core.files.weights import described, load_weights
from core.lessons.folders import _title
from core.lessons.reading.lesson_file import read_lesson
from core.platform.kinds import kind_of_file
from core.values.errors import GlassboxError
from glassbox.recording.run_folder import RUN
from gui.session.lessons.progress import Progress
from gui.session.preferences import file as preferences_file
from gui.style.language import choice as language
from gui.window.window_settings import WindowSettings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")

LONGEST_SECONDS: Final = 20.0
HOLE: Final = 2**40


def make_hole(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(HOLE)


NO_FILES: Final[dict[str, Callable[[Path], None]]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": Path.mkdir,
    "hole": make_hole,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads a file of this name; it raises, or returns what says "nothing"."""

    name: str
    read: Callable[[Path], object]
    nothing: object = None
    takes: tuple[str, ...] = ()


def _understood(path: Path) -> object:
    return understand(usual_experiment(path))


def _opened(path: Path) -> object:
    return open_source(usual_experiment(path).data)


def _preferences(path: Path) -> object:
    found = preferences_file.read(path)
    assert found.mistakes, "nothing was said"
    return None


def _progress(path: Path) -> object:
    return Progress(path).known("first-look")


def _window_settings(path: Path) -> object:
    settings = WindowSettings(path)
    assert settings.problem, "nothing was said"
    return None


def _language(path: Path) -> object:
    environment = os.environ.get("GLASSBOX_CONFIG")
    os.environ["GLASSBOX_CONFIG"] = str(path.parent)
    try:
        return language._set_by_user()
    finally:
        os.environ.pop("GLASSBOX_CONFIG")
        if environment is not None:
            os.environ["GLASSBOX_CONFIG"] = environment


READERS: Final = (
    *(Reader(f"understood{end}", _understood) for end in (".csv", ".tsv", ".parquet")),
    *(Reader(f"understood{end}", _understood) for end in (".npy", ".npz", ".data")),
    *(
        Reader(f"opened{end}", _opened, takes=("folder",))
        for end in (".csv", ".parquet", ".npz", ".npy")
    ),
    Reader("train-images-idx3-ubyte", _understood, takes=("folder",)),
    Reader("frame.csv", read_frame),
    Reader("arrays.npz", npy_arrays.read_arrays),
    Reader("arrays.npy", npy_arrays.read_arrays),
    Reader("holds.npz", holds_data, False),
    Reader("images-idx3", lambda path: idx.read_idx(path, n_dimensions=3)),
    Reader("labels-idx1", idx.read_idx_labels),
    Reader("start-idx1", lambda path: idx.read_idx_start(path, 10), b""),
    Reader("shape-idx3", idx.read_idx_shape),
    Reader("data_batch_1.bin", cifar._records),
    Reader("drawn.npz", lambda path: cache._read(path, (1, 1))),
    Reader("grey.png", picture_file.read_grey),
    Reader("colours.png", picture_file.read_rgb),
    Reader("own.png", read_own_picture),
    *(Reader(f"net{end}", load_weights) for end in (".safetensors", ".npz", ".onnx")),
    *(Reader(f"net{end}", load_weights) for end in (".pt", ".h5", ".keras", ".json")),
    *(Reader(f"told{end}", described) for end in (".safetensors", ".msgpack", ".eqx")),
    Reader("run.ckpt", file_form.load),
    Reader("run-in.ckpt", run_in),
    Reader("metadata.ckpt", checkpoint_metadata),
    Reader("experiment.toml", read_experiment),
    Reader("lesson.md", lambda path: read_lesson(path.parent)),
    Reader("lesson.md", lambda path: _title(path.parent), "place"),
    Reader("exported.csv", csv_form.is_own, False, takes=("hole",)),
    Reader("kind.bin", kind_of_file, "", takes=("hole",)),
    Reader(RUN, lambda path: glassbox.open(path.parent)),
    Reader("settings.toml", _preferences),
    Reader("settings.toml", _language, language.SYSTEM),
    Reader("lessons.json", _progress),
    Reader("window.ini", _window_settings),
)


@pytest.mark.parametrize("kind", NO_FILES)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_reader_refuses_at_once_what_is_no_file_of_its_kind(
    reader: Reader, kind: str, tmp_path: Path
) -> None:
    folder = tmp_path / "place"
    folder.mkdir()
    path = folder / reader.name
    NO_FILES[kind](path)
    answers: list[object] = []

    def read() -> None:
        try:
            answers.append(reader.read(path))
        except (GlassboxError, OSError, glassbox.RunError) as error:
            answers.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(LONGEST_SECONDS)
    if kind == "pipe" and not answers:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))  # lets the thread end
    assert answers, "no answer"
    (answer,) = answers
    if isinstance(answer, Exception):
        assert path.name in str(answer) or str(path.parent) in str(answer)
    elif kind not in reader.takes:
        assert answer == reader.nothing
