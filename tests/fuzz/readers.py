"""Every reader of files that come from elsewhere, with sound files to begin from."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from core.cli.image_input import read_grey
from core.data.digits import cache
from core.data.idx import read_idx
from core.experiment.presets import preset_names, read_experiment
from core.files.weights import load_weights, save_weights
from core.platform.asset_files import asset_path
from tests.core.support.cli_answers import weights_file
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


READERS: Final[Mapping[str, Reader]] = {
    "experiment": Reader(read_experiment, _experiments, ".toml"),
    "safetensors": Reader(load_weights, _weights(".safetensors"), ".safetensors"),
    "npz": Reader(load_weights, _weights(".npz"), ".npz"),
    "idx": Reader(lambda path: read_idx(path, n_dimensions=3), _idx, ""),
    "picture": Reader(read_grey, _pictures, ".png"),
    "digits": Reader(_read_cache, _drawn, ".bin"),
}
