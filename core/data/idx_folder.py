"""Sets of IDX files under every name in circulation, found in a folder.

MNIST, Fashion-MNIST and KMNIST have the same names; QMNIST has a table of labels;
EMNIST has six splits with a prefix each, transposed images, and letters from 1. Names
come in upper case, with dots for dashes, in folders named as the file (Kaggle), in
"raw" (torchvision), gzipped or not whatever their ending.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import ByteArray, IntArray
from core.data.array_data import of_arrays
from core.data.found import Found
from core.data.idx import read_idx, read_idx_labels
from core.data.mnist_files import FASHION_MNIST
from core.experiment.model import DataSettings
from core.values.errors import DataError
from core.values.words import tr

_NAME: Final = re.compile(
    r"(?P<prefix>.*?)[-_.]?(?P<part>train|t10k|test)[-_.](?P<what>images|labels)"
    r"[-_.]idx\d[-_.](?:ubyte|int)(?:\.gz)?",
    re.IGNORECASE,
)
_DEEPEST: Final = 3
_MOST_ENTRIES: Final = 20_000
_LOWER: Final = "abcdefghijklmnopqrstuvwxyz"
_DIGITS: Final = "0123456789"
_MERGED: Final = _DIGITS + _LOWER.upper() + "abdefghnqrt"
_EMNIST: Final = {
    "letters": _LOWER.upper(),
    "byclass": _DIGITS + _LOWER.upper() + _LOWER,
    "bymerge": _MERGED,
    "balanced": _MERGED,
    "digits": _DIGITS,
    "mnist": _DIGITS,
}
_KMNIST: Final = ("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")
_FASHION: Final = [name.replace(" ", "-") for name in FASHION_MNIST.class_names]


@dataclass(frozen=True, slots=True)
class IdxSet:
    """The files of one set; those for testing may be missing.

    Attributes:
        title: its name, from the files or the folder.
        files: by part and content, such as "train images".
    """

    title: str
    files: dict[str, Path]

    @property
    def is_emnist(self) -> bool:
        return "emnist" in self.title

    @property
    def class_names(self) -> tuple[str, ...]:
        """Of a set that is known by its name; else empty."""
        if self.is_emnist:
            for split, names in _EMNIST.items():
                if split in self.title.replace("emnist", ""):
                    return tuple(names)
        if "kmnist" in self.title:
            return _KMNIST
        if "qmnist" in self.title:
            return tuple(_DIGITS)
        return FASHION_MNIST.class_names if "fashion" in self.title else ()


def idx_sets(folder: Path) -> dict[str, IdxSet]:
    """The sets in a folder and below it, by the prefix of their files' names."""
    files: dict[str, dict[str, Path]] = {}
    for path in sorted(_files(folder, _DEEPEST), key=lambda p: (len(p.parts), p.name)):
        match = _NAME.fullmatch(path.name)
        if match is None:
            continue
        part = "train" if match["part"].lower() == "train" else "test"
        prefix = re.sub(r"[-_.]+", "-", match["prefix"].lower()).strip("-")
        key = f"{part} {match['what'].lower()}"
        # The file nearest to the folder counts: copies lie deeper.
        files.setdefault(prefix, {}).setdefault(key, path)
    return {
        prefix: IdxSet(prefix or _title(found), found)
        for prefix, found in files.items()
    }


def read_idx_set(
    folder: Path, settings: DataSettings, prefix: str | None = None
) -> Found:
    """Read the set in a folder.

    Args:
        folder: where the files are.
        settings: the share for training where there are no test files, and the seed.
        prefix: of the files' names; None takes the only set.

    Raises:
        DataError: names the folder, what was found there and what is missing.
    """
    sets = idx_sets(folder)
    if prefix is None and len(sets) > 1:
        names = ", ".join(sorted(found.title for found in sets.values()))
        msg = tr(
            "{folder}: contains {names}; name one of their files to choose a set",
            folder=folder,
            names=names,
        )
        raise DataError(msg)
    chosen = next(iter(sets.values())) if prefix is None else sets[prefix]
    return read_chosen_set(folder, chosen, settings)


def read_chosen_set(folder: Path, chosen: IdxSet, settings: DataSettings) -> Found:
    """Read a set of `idx_sets`.

    Raises:
        DataError: names the folder and what is missing or damaged.
    """
    parts = ["train"]
    if "test images" in chosen.files or "test labels" in chosen.files:
        parts.append("test")
    arrays: dict[str, ByteArray | IntArray] = {}
    for part in parts:
        images, labels = _read_part(folder, chosen, part)
        arrays[f"x_{part}"], arrays[f"y_{part}"] = images, labels
    return of_arrays(
        arrays,
        settings,
        str(folder),
        f"IDX files ({chosen.title})",
        _fitting_names(chosen, arrays),
        # Numbers that are measured are not kept as bytes beside images.
        usual_answers="classes",
    )


def _fitting_names(
    chosen: IdxSet, arrays: dict[str, ByteArray | IntArray]
) -> tuple[str, ...]:
    """Those of the known set, unless own files under its name have other classes."""
    names = chosen.class_names
    labels = [values for name, values in arrays.items() if name.startswith("y_")]
    is_other = any(values.min() < 0 or values.max() >= len(names) for values in labels)
    return () if is_other else names


def prefix_of(file: Path) -> str | None:
    """The prefix of the set that a file belongs to; None where it is none."""
    match = _NAME.fullmatch(file.name)
    if match is None:
        return None
    return re.sub(r"[-_.]+", "-", match["prefix"].lower()).strip("-")


def _read_part(folder: Path, chosen: IdxSet, part: str) -> tuple[ByteArray, IntArray]:
    lacking = [
        f"the {what} of the {part} part"
        for what in ("images", "labels")
        if f"{part} {what}" not in chosen.files
    ]
    if lacking:
        found = ", ".join(sorted(path.name for path in chosen.files.values()))
        msg = tr(
            "{folder}: lacks {lacking} of {title}; has {found}",
            folder=folder,
            lacking=" and ".join(lacking),
            title=chosen.title,
            found=found,
        )
        raise DataError(msg)
    labels = read_idx_labels(chosen.files[f"{part} labels"])
    images = read_idx(
        chosen.files[f"{part} images"], n_dimensions=3, n_items=len(labels)
    )
    if not len(labels):
        msg = tr("{files}: contains no labels", files=chosen.files[f"{part} labels"])
        raise DataError(msg)
    if chosen.is_emnist:
        images = np.ascontiguousarray(images.transpose(0, 2, 1))
        if "letters" in chosen.title:
            labels = labels - 1
    return images, labels


def _title(files: dict[str, Path]) -> str:
    """What a set without a prefix is called: as the folder around its files."""
    for parent in next(iter(files.values())).parents:
        name = parent.name.lower()
        if name and name != "raw" and not _NAME.fullmatch(name):
            return name.replace("_", "-")
    return "images"


def _files(folder: Path, depth: int) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())[:_MOST_ENTRIES]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            if depth > 1:
                yield from _files(entry, depth - 1)
        elif entry.is_file():
            yield entry
