"""Own data in a folder: IDX files, or pictures in a folder for each class."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from core.arrays import ByteArray, IntArray
from core.data.array_data import of_arrays
from core.data.cifar import cifar_files, read_cifar
from core.data.found import Found
from core.data.idx_folder import idx_sets, read_idx_set
from core.data.npy_set import npy_files, read_npy_folder
from core.data.picture_file import ENDINGS, read_fitted, read_grey, read_rgb
from core.data.table.preparation import listed
from core.experiment.model import DataSettings
from core.experiment.rules import MAX_TABLE_CLASSES
from core.values.counts import counted
from core.values.errors import DataError, FileError
from core.values.words import plural, tr

ACCEPTED: Final = (
    "the IDX files of a set, the binary batches of CIFAR-10, arrays in x.npy and "
    "y.npy, or a folder of pictures for each class"
)
MOST_FILES: Final = 1_000_000
MOST_PIXELS: Final = 2**30
_LOOKED_AT: Final = 200
_NAMED: Final = 3
_GREY_ENOUGH: Final = 24
"""Levels by which the colours of a scan in grey may differ."""
_LARGEST_SIDE: Final = 256
_DEEPEST: Final = 6
_PARTS: Final = {
    "train": ("train", "training"),
    "test": ("test", "testing"),
    "validation": ("val", "valid", "validation"),
}


def read_folder(folder: Path, settings: DataSettings) -> Found:
    """Read what is in a folder.

    Raises:
        DataError: begins with the folder; says what was found and what is expected.
    """
    if idx_sets(folder):
        return read_idx_set(folder, settings)
    if cifar_files(folder):
        return read_cifar(folder, settings)
    parts = _class_folders(folder)
    if parts is None and npy_files(folder):
        return read_npy_folder(folder, settings)
    if parts is None:
        names = [path.name for path in sorted(folder.iterdir())]
        msg = tr(
            "{folder}: contains {value}; expected {accepted}",
            folder=folder,
            value=listed(names) or tr("nothing"),
            accepted=ACCEPTED,
        )
        raise DataError(msg)
    return _read_pictures(folder, parts, settings)


def files_below(folder: Path) -> Iterator[Path]:
    """All files in a folder and below, hidden ones left out, always in one order."""
    return (path for path in _entries_below(folder) if path.is_file())


def _entries_below(folder: Path, depth: int = _DEEPEST) -> Iterator[Path]:
    """The same with what is no file that can be read, e.g. a pipe."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif depth > 1:
            yield from _entries_below(path, depth - 1)


_ByClass = dict[str, list[Path]]


def _class_folders(folder: Path) -> dict[str, _ByClass] | None:
    """The pictures of each class in each part; "" is a folder that is not parted."""
    inside = {path.name.lower(): path for path in folder.iterdir() if path.is_dir()}
    parts = {}
    for part, words in _PARTS.items():
        found = next((inside[word] for word in words if word in inside), None)
        if found is not None and (classes := _classes_in(found)):
            parts[part] = classes
    if {"train", "test"} <= set(parts):
        return parts
    if "train" in parts:
        return {"": parts["train"]}
    classes = _classes_in(folder)
    return {"": classes} if len(classes) > 1 else None


def _classes_in(folder: Path) -> _ByClass:
    found = {}
    for path in sorted(folder.iterdir()):
        if not path.is_dir() or path.name.startswith("."):
            continue
        pictures = [p for p in files_below(path) if p.suffix.lower() in ENDINGS]
        if pictures:
            found[path.name] = pictures
    return found


def _read_pictures(
    folder: Path, parts: dict[str, _ByClass], settings: DataSettings
) -> Found:
    names = sorted({name for part in parts.values() for name in part}, key=_by_number)
    files = [p for part in parts.values() for paths in part.values() for p in paths]
    if len(files) > MOST_FILES or not 2 <= len(names) <= MAX_TABLE_CLASSES:
        msg = tr(
            "{folder}: {pictures} in {folders}; "
            "expected 2 to {max_table_classes:,} folders, one for each "
            "class",
            folder=folder,
            pictures=counted(len(files), "picture"),
            folders=counted(len(names), "folder"),
            max_table_classes=MAX_TABLE_CLASSES,
        )
        raise DataError(msg)
    size, said = _size(files)
    coloured = _are_coloured(files)
    if len(files) * size[0] * size[1] * (3 if coloured else 1) > MOST_PIXELS:
        msg = tr(
            "{folder}: {pictures} of {size}x{size_2} pixels "
            "are too many; there may be {most_pixels:,} pixels in all",
            folder=folder,
            pictures=counted(len(files), "picture"),
            size=size[0],
            size_2=size[1],
            most_pixels=MOST_PIXELS,
        )
        raise DataError(msg)
    arrays: dict[str, ByteArray | IntArray] = {}
    for part, classes in parts.items():
        ending = f"_{part}" if part else ""
        x, y = _read_part(classes, names, size, coloured=coloured)
        arrays[f"x{ending}"], arrays[f"y{ending}"] = x, y
    found = of_arrays(arrays, settings, str(folder), "Pictures", names)
    more = tuple(filter(None, (said, _left_out(folder, files))))
    remarks, notes = (*found.remarks, *more), (*found.notes, *more)
    return replace(found, remarks=remarks, notes=notes)


def _left_out(folder: Path, files: Sequence[Path]) -> str:
    """What else is in the folder; empty for nothing."""
    read = set(files)
    others = [path for path in _entries_below(folder) if path not in read]
    names = [str(path.relative_to(folder)) for path in others[:_NAMED]]
    more = ", \N{HORIZONTAL ELLIPSIS}" if len(others) > _NAMED else ""
    if not others:
        return ""
    return plural(
        len(others),
        "1 file is left out: {names}",
        "{n:,} files are left out: {names}",
        n=len(others),
        names=", ".join(names) + more,
    )


def _by_number(name: str) -> tuple[int, str]:
    return (int(name), name) if name.isascii() and name.isdigit() else (-1, name)


def _size(files: Sequence[Path]) -> tuple[tuple[int, int], str]:
    """Columns and rows that most pictures have, bounded, and what is done to others."""
    sizes = Counter(_size_of(path) for path in files)
    usual = min(sizes, key=lambda size: (-sizes[size], size))
    longer = max(usual)
    share = min(1.0, _LARGEST_SIDE / longer)
    size = max(1, round(usual[0] * share)), max(1, round(usual[1] * share))
    n_other = sum(count for other, count in sizes.items() if other != size)
    if n_other == 0:
        return size, ""
    return size, plural(
        n_other,
        "1 picture is scaled to {width}x{height} pixels",
        "{n:,} pictures are scaled to {width}x{height} pixels",
        n=n_other,
        width=size[0],
        height=size[1],
    )


def _size_of(path: Path) -> tuple[int, int]:
    try:
        with Image.open(path) as picture:
            return picture.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        rows, columns = _grey(path).shape
        return columns, rows


def _read_part(
    classes: _ByClass, names: Sequence[str], size: tuple[int, int], *, coloured: bool
) -> tuple[ByteArray, IntArray]:
    count = sum(len(paths) for paths in classes.values())
    channels = (3,) if coloured else ()
    images = np.empty((count, size[1], size[0], *channels), np.uint8)
    labels = np.empty(count, np.int32)
    places = {name: place for place, name in enumerate(names)}
    row = 0
    for name, paths in classes.items():
        for path in paths:
            images[row] = _picture(path, size, coloured=coloured)
            labels[row] = places[name]
            row += 1
    return images, labels


def _grey(path: Path) -> ByteArray:
    return _levels(path, coloured=False)


def _levels(path: Path, *, coloured: bool) -> ByteArray:
    try:
        return read_rgb(path) if coloured else read_grey(path)
    except FileError as error:
        raise DataError(str(error)) from None


def _picture(path: Path, size: tuple[int, int], *, coloured: bool) -> ByteArray:
    try:
        return read_fitted(path, size, coloured=coloured)
    except FileError as error:
        raise DataError(str(error)) from None


def _are_coloured(files: Sequence[Path]) -> bool:
    """Whether some of the pictures show colours, and not only in their form."""
    step = max(1, len(files) // _LOOKED_AT)
    for path in files[::step]:
        colours = _levels(path, coloured=True)
        if (np.ptp(colours, axis=2) > _GREY_ENOUGH).any():
            return True
    return False
