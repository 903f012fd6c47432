"""What a file is to be called: the name that was asked for, with its right ending.

A full stop in a name does not begin an ending by itself: `xor-lr0.5` has none.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.values.errors import FileError
from core.values.words import tr

_KINDS: Final = (
    "bmp gif jpeg jpg pdf png svg tif tiff webp "  # pictures
    "csv ipynb json md ods py rtf tsv txt xls xlsx xml "  # texts and tables
    "ini toml yaml yml "  # settings
    "bin ckpt gz h5 hdf5 npy npz onnx pb pickle pkl pt pth safetensors tar zip"
)
WEIGHTS: Final = (".npz", ".safetensors")
SHEETS: Final = (".pdf",)
EXPORTS: Final = (*WEIGHTS, ".onnx", ".json", ".csv", ".py", ".ipynb")
FOREIGN: Final = frozenset(f".{kind}" for kind in _KINDS.split())
"""Endings that promise some kind of file: whoever types one wants that kind."""


def with_ending(path: Path, endings: Sequence[str], default: str) -> Path:
    """The path, ending with one of `endings`; `default` is added where it has none.

    Raises:
        FileError: the name promises a kind of file that is none of those, or a folder.
    """
    if path.name in ("", ".."):
        msg = tr("{path}: cannot be written: it is a folder", path=path)
        raise FileError(msg)
    ending = path.suffix.lower()
    if ending in endings:
        return path
    if ending in FOREIGN:
        msg = tr(
            "{path}: cannot be written as a {ending} file: the name "
            "has to end with {endings}",
            path=path,
            ending=ending,
            endings=" or ".join(endings),
        )
        raise FileError(msg)
    return path.with_name(path.name + default)
