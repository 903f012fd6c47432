"""Every reader of files that come from elsewhere, with sound files to begin from."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

import numpy as np
from PIL import Image

import glassbox
from core.checkpoints.file_form import load as load_checkpoint
from core.checkpoints.resuming import resumed
from core.data.cifar import read_cifar
from core.data.digits import cache
from core.data.file import understand, usual_experiment
from core.data.idx import read_idx
from core.data.picture_file import read_grey
from core.experiment.model import DataSettings
from core.experiment.presets import preset_names, read_experiment
from core.files.export.forms import export
from core.files.export.network import Network
from core.files.foreign.hdf5_form import read_here
from core.files.foreign.keras_form import file_of_weights
from core.files.tensors import UnreadableError
from core.files.weights import load_weights, save_weights
from core.lessons.reading.lesson_file import read_lesson
from core.platform.asset_files import asset_path
from core.values.errors import FileError
from tests.core.support.changed_runs import changed_run, saved_run
from tests.core.support.cli_answers import weights_file
from tests.core.support.foreign_networks import FOLDER as NETWORKS
from tests.core.support.idx_files import idx_bytes


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader, and the sound files that are changed.

    Attributes:
        read: takes a path; may raise a GlassboxError and nothing else.
        corpus: makes the sound files, in a folder of its own.
        suffix: of the files' names.
        is_stopped: the program reads in a process that may end, or that it ends when
            it takes too long; here it is read without one.
    """

    read: Callable[[Path], object]
    corpus: Callable[[Path], Sequence[bytes]]
    suffix: str
    is_stopped: bool = False


def _experiments(_folder: Path) -> Sequence[bytes]:
    return [asset_path("presets", f"{n}.toml").read_bytes() for n in preset_names()]


def _lessons(_folder: Path) -> Sequence[bytes]:
    folders = sorted(asset_path("lessons").iterdir())
    return [(folder / "lesson.md").read_bytes() for folder in folders]


def _read_lesson(path: Path) -> object:
    folder = path.parent / "lesson"
    folder.mkdir(exist_ok=True)
    (folder / "lesson.md").write_bytes(path.read_bytes())
    return read_lesson(folder)


def _weights(suffix: str) -> Callable[[Path], Sequence[bytes]]:
    def made(folder: Path) -> Sequence[bytes]:
        files = []
        for k, sizes in enumerate(((2, 3, 2), (1, 1), (4, 3, 2, 3))):
            path = weights_file(folder / f"{k}.npz", sizes=sizes)
            save_weights(folder / f"{k}{suffix}", load_weights(path))
            files.append((folder / f"{k}{suffix}").read_bytes())
        return files

    return made


def _foreign(*names: str) -> Callable[[Path], Sequence[bytes]]:
    return lambda _folder: [(NETWORKS / name).read_bytes() for name in names]


def _small_keras(folder: Path) -> Sequence[bytes]:
    """Small enough that a change meets the structure and not only the numbers."""
    import h5py

    path = folder / "small.weights.h5"
    with h5py.File(path, "w") as file:
        for name, shape in (("dense", (3, 4)), ("dense_1", (4, 2))):
            variables = file.create_group(f"layers/{name}/vars")
            variables.attrs["name"] = name
            variables["0"] = np.ones(shape, np.float32)
            variables["1"] = np.ones(shape[1], np.float32)
    return [path.read_bytes()]


def _read_hdf5(path: Path) -> object:
    """Without a process for each file, as that takes half a second.

    Some damaged files make the library loop for ever: seed 1664 of "hdf5" does.
    """
    try:
        return file_of_weights(read_here(path, path.stat().st_size))
    except UnreadableError as error:
        raise FileError(str(error)) from None


def _read_parquet(path: Path) -> object:
    """Without a process for each file, too: seed 1017179 ends it."""
    with patch("core.data.table.source.survives", lambda _path: True):
        return _understand(path)


def _exported(suffix: str) -> Callable[[Path], Sequence[bytes]]:
    def made(folder: Path) -> Sequence[bytes]:
        path = weights_file(folder / "w.npz", sizes=(4, 3, 2))
        export(Network.of(load_weights(path)), folder / f"w{suffix}")
        return [(folder / f"w{suffix}").read_bytes()]

    return made


def _checkpoints(folder: Path) -> Sequence[bytes]:
    run = changed_run()
    return [saved_run(run, folder / "c").read_bytes()]


def _read_checkpoint(path: Path) -> object:
    """Reads it and takes a step from there, as what it says is only tried then."""
    like = changed_run()
    run = resumed(load_checkpoint(path), like.dataset, like.device)
    run.advance(1)
    return run


def _descriptions(folder: Path) -> Sequence[bytes]:
    model = [(np.zeros((3, 2), np.float32), np.zeros(3, np.float32))]
    glassbox.Recorder(folder / "run", model, loss_name="x").close()
    return [(folder / "run" / "run.toml").read_bytes()]


def _read_recorded(path: Path) -> object:
    folder = path.parent / "recorded"
    (folder / "weights").mkdir(parents=True, exist_ok=True)
    (folder / "run.toml").write_bytes(path.read_bytes())
    try:
        run = glassbox.open(folder)
        return run.steps, run.metrics, run.has_ended
    except glassbox.RunError as error:
        raise FileError(str(error)) from None


def _course_json(_folder: Path) -> Sequence[bytes]:
    table = {"sizes": [2, 2, 1], "weights": [[[1, 2], [3, 4.5]], [[5, 6]]]}
    return [json.dumps({**table, "biases": [[[0.5], [1]], [[2]]]}).encode()]


def _idx(_folder: Path) -> Sequence[bytes]:
    images = np.arange(3 * 4 * 5, dtype=np.uint8).reshape(3, 4, 5)
    return [idx_bytes(images), idx_bytes(images[:, 0, 0])]


def _pictures(_folder: Path) -> Sequence[bytes]:
    picture = Image.fromarray(np.arange(784, dtype=np.uint8).reshape(28, 28))
    files = []
    for form in ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF", "PPM"):
        buffer = io.BytesIO()
        picture.save(buffer, form)
        files.append(buffer.getvalue())
    return files


def _drawn(_folder: Path) -> Sequence[bytes]:
    cache.load_digits(train_count=20, test_count=10)
    return [cache.cache_path(20, 10).read_bytes()]


def _read_cache(path: Path) -> object:
    target = cache.cache_path(20, 10)
    target.write_bytes(path.read_bytes())
    return cache.load_digits(train_count=20, test_count=10)


_TABLES: Final = (
    "a,b,kind\n1,red,u\n2.5,blue,v\n,red,u\n4,?,v\n5,red,u\n6,blue,v\n",
    "sep=;\na;b;y\n1,5;2;3,25\n2,5;3;4,5\n3,5;4;5,75\n4,5;5;6,5\n",
    'name\tx\ty\n"A ""b"" c"\t1\t0\nd\t2\t1\ne\t3\t0\nf\t4\t1\n',
    "1 |2|no\n3|4|yes\n5|6|no\n7|8|yes\n9|10|no\n",
)


def _tables(_folder: Path) -> Sequence[bytes]:
    texts = [text.encode() for text in _TABLES]
    return [*texts, _TABLES[0].encode("utf-16"), "größe,y\n1,é\n".encode("cp1252")]


def _parquets(folder: Path) -> Sequence[bytes]:
    import polars as pl

    table = {"a": [1.5, 2, None, 4], "b": ["x", "y", "x", None], "y": [0, 1, 0, 1]}
    files = []
    for compression in ("uncompressed", "zstd"):
        pl.DataFrame(table).write_parquet(folder / "t", compression=compression)
        files.append((folder / "t").read_bytes())
    return files


def _examples(_folder: Path) -> Sequence[bytes]:
    files = []
    x, y = np.arange(60, dtype=np.float32).reshape(20, 3), np.arange(20) % 2
    for save in (np.savez, np.savez_compressed):
        buffer = io.BytesIO()
        save(buffer, x=x, y=y)
        files.append(buffer.getvalue())
    return files


def _cifar(_folder: Path) -> Sequence[bytes]:
    records = np.arange(3 * 3073, dtype=np.int64) % 251
    return [records.astype(np.uint8).tobytes()]


def _read_cifar(path: Path) -> object:
    folder = path.parent / "cifar-10-batches-bin"
    folder.mkdir(exist_ok=True)
    for name in ("data_batch_1.bin", "test_batch.bin"):
        (folder / name).write_bytes(path.read_bytes())
    return read_cifar(path.parent, DataSettings(name="file"))


def _understand(path: Path) -> object:
    return understand(usual_experiment(path))


READERS: Final[Mapping[str, Reader]] = {
    "experiment": Reader(read_experiment, _experiments, ".toml"),
    "lesson": Reader(_read_lesson, _lessons, ".md"),
    "safetensors": Reader(load_weights, _weights(".safetensors"), ".safetensors"),
    "npz": Reader(load_weights, _weights(".npz"), ".npz"),
    "torch": Reader(load_weights, _foreign("tied.pt", "float16.pt"), ".pt"),
    "onnx": Reader(
        load_weights,
        _foreign(
            "gelu.onnx",
            "skl_binary.onnx",
            "batchnorm_logsoftmax.onnx",
            "torch_dynamo_external.onnx",
        ),
        ".onnx",
    ),
    "keras": Reader(
        load_weights,
        _foreign("keras_batchnorm.keras", "keras_residual.keras"),
        ".keras",
    ),
    "hdf5": Reader(_read_hdf5, _small_keras, ".h5", is_stopped=True),
    "whole hdf5": Reader(
        _read_hdf5, _foreign("keras_sequential.h5"), ".h5", is_stopped=True
    ),
    "msgpack": Reader(load_weights, _foreign("flax_params.msgpack"), ".msgpack"),
    "equinox": Reader(load_weights, _foreign("equinox_leaves.eqx"), ".eqx"),
    "json": Reader(load_weights, _course_json, ".json"),
    "table": Reader(_understand, _tables, ".csv"),
    "parquet": Reader(_read_parquet, _parquets, ".parquet", is_stopped=True),
    "examples": Reader(_understand, _examples, ".npz"),
    "cifar": Reader(_read_cifar, _cifar, ".bin"),
    "own json": Reader(load_weights, _exported(".json"), ".json"),
    "own onnx": Reader(load_weights, _exported(".onnx"), ".onnx"),
    "checkpoint": Reader(_read_checkpoint, _checkpoints, ""),
    "recorded run": Reader(_read_recorded, _descriptions, ".toml"),
    "idx": Reader(lambda path: read_idx(path, n_dimensions=3), _idx, ""),
    "picture": Reader(read_grey, _pictures, ".png"),
    "digits": Reader(_read_cache, _drawn, ".bin"),
}
