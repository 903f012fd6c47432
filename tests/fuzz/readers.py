"""Every reader of files that come from elsewhere, with sound files to begin from."""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from core.data.digits import cache
from core.data.file import understand, usual_experiment
from core.data.idx import read_idx
from core.data.picture_file import read_grey
from core.experiment.presets import preset_names, read_experiment
from core.files.foreign.hdf5_form import read_here
from core.files.foreign.keras_form import file_of_weights
from core.files.tensors import UnreadableError
from core.files.weights import load_weights, save_weights
from core.platform.asset_files import asset_path
from core.values.errors import FileError
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
    """

    read: Callable[[Path], object]
    corpus: Callable[[Path], Sequence[bytes]]
    suffix: str


def _experiments(_folder: Path) -> Sequence[bytes]:
    return [asset_path("presets", f"{n}.toml").read_bytes() for n in preset_names()]


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
    """In this process: the one of its own that it is read in takes half a second.

    Some damaged files make the library loop for ever: seed 1664 of "hdf5" does.
    """
    try:
        return file_of_weights(read_here(path, path.stat().st_size))
    except UnreadableError as error:
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


def _table_text(_folder: Path) -> Sequence[bytes]:
    rows = [f"{k},{k % 5}.5,{'rose' if k % 2 else 'lily'}" for k in range(12)]
    text = "\n".join(["id,width,kind", *rows])
    quoted = text.replace("rose", '"rose, red"')
    return [
        text.encode(),
        text.replace(",", "\t").encode(),
        text.replace(",", ";").replace(".", ",").encode("utf-8-sig"),
        quoted.encode("latin-1"),
    ]


def _parquet(folder: Path) -> Sequence[bytes]:
    import polars

    path = folder / "sound.parquet"
    numbers = [k / 2 for k in range(12)]
    frame = polars.DataFrame({"width": numbers, "kind": ["rose", "lily"] * 6})
    frame.write_parquet(path)
    return [path.read_bytes()]


def _arrays(folder: Path) -> Sequence[bytes]:
    files = []
    x, y = np.arange(48, dtype=np.float32).reshape(12, 4), np.arange(12) % 2
    for k, keep in enumerate((np.savez, np.savez_compressed)):
        path = folder / f"sound {k}.npz"
        keep(path, x_train=x, y_train=y, x_test=x[:4], y_test=y[:4])
        files.append(path.read_bytes())
    return files


def _read_own_file(path: Path) -> object:
    return understand(usual_experiment(path))


READERS: Final[Mapping[str, Reader]] = {
    "experiment": Reader(read_experiment, _experiments, ".toml"),
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
    "hdf5": Reader(_read_hdf5, _small_keras, ".h5"),
    "whole hdf5": Reader(_read_hdf5, _foreign("keras_sequential.h5"), ".h5"),
    "msgpack": Reader(load_weights, _foreign("flax_params.msgpack"), ".msgpack"),
    "equinox": Reader(load_weights, _foreign("equinox_leaves.eqx"), ".eqx"),
    "json": Reader(load_weights, _course_json, ".json"),
    "idx": Reader(lambda path: read_idx(path, n_dimensions=3), _idx, ""),
    "picture": Reader(read_grey, _pictures, ".png"),
    "table": Reader(_read_own_file, _table_text, ".csv"),
    "parquet": Reader(_read_own_file, _parquet, ".parquet"),
    "arrays": Reader(_read_own_file, _arrays, ".npz"),
    "digits": Reader(_read_cache, _drawn, ".bin"),
}
