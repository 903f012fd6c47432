"""MNIST and Fashion-MNIST: finding the four IDX files and reading them.

Both sets use the same file names. A folder's set is recognised by its first training
labels if they are those of the published files, and by its name otherwise: it counts as
Fashion-MNIST when its name says "fashion", else for MNIST.
"""

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from core.data.dataset import Dataset, Split
from core.data.idx import read_idx, read_idx_shape, read_idx_start
from core.data.mnist_files import IMAGE_SETS, ImageSet, image_set, local_names
from core.platform.user_folders import cache_folder
from core.values.errors import DataError, MissingDataError
from core.values.words import tr

DATA_VARIABLE: Final = "GLASSBOX_DATA"
IMAGE_SHAPE: Final = (28, 28)


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The four files of a set in one folder."""

    folder: Path
    train_images: Path
    train_labels: Path
    test_images: Path
    test_labels: Path


def search_folders(data_folders: Sequence[str | Path] = ()) -> tuple[Path, ...]:
    """Folders to search for data sets: the given ones, then GLASSBOX_DATA's."""
    from_variable = os.environ.get(DATA_VARIABLE, "").split(os.pathsep)
    named = [*data_folders, *(part for part in from_variable if part)]
    return tuple(_expanded(folder) for folder in named)


def download_folder(name: str) -> Path:
    """Folder of the downloaded files of a set, existing or not."""
    return cache_folder() / "data" / name


def find_files(
    name: str, *, path: str = "", data_folders: Sequence[str | Path] = ()
) -> FoundFiles:
    """Look for a set's four files.

    Args:
        name: "mnist" or "fashion-mnist".
        path: where given, the only folder that is searched.
        data_folders: searched before GLASSBOX_DATA's and the cache folder.

    Raises:
        MissingDataError: says where it was searched, and what was found there.
    """
    wanted = image_set(name)
    roots = _roots(wanted, path, data_folders)
    remarks = []
    for folder in _candidates(wanted, roots):
        paths, missing = _files_in(wanted, folder)
        if not missing:
            found = FoundFiles(folder, *paths)
            actual = _told_set(found)
            if actual is wanted:
                return found
            remarks.append(f"{folder} contains {actual.title}")
        elif paths:
            remarks.append(f"{folder} lacks {', '.join(missing)}")
    raise _missing(wanted, roots, remarks, downloadable=not path)


def known_sets(folder: Path) -> tuple[str, ...]:
    """The `data.name` of each set of this family that is in a folder.

    Own images often have the names of MNIST's files, as in every course: they are those
    of the family only if they have its size and all of its classes. Files that are
    damaged are taken to be what their names say, and are refused when they are loaded.
    """
    names = []
    for entry in IMAGE_SETS:
        with contextlib.suppress(MissingDataError):
            found = find_files(entry.name, path=str(folder))
            if _is_of_family(entry, found):
                names.append(entry.name)
    return tuple(names)


def _is_of_family(entry: ImageSet, found: FoundFiles) -> bool:
    for images in (found.train_images, found.test_images):
        shape = read_idx_shape(images)
        if shape is not None and len(shape) == 3 and shape[1:] != IMAGE_SHAPE:
            return False
    count = len(entry.first_labels)
    if read_idx_start(found.train_labels, count) == entry.first_labels:
        return True
    try:
        trained, tested = (
            set(read_idx(path, n_dimensions=1).tolist())
            for path in (found.train_labels, found.test_labels)
        )
    except DataError:
        return True
    classes = set(range(len(entry.class_names)))
    return trained == classes and tested <= classes


def load_mnist_family(
    name: str, *, path: str = "", data_folders: Sequence[str | Path] = ()
) -> Dataset:
    """Find and read a complete set (see `find_files`).

    Raises:
        MissingDataError: it is not found.
        DataError: a file is damaged, or the files do not belong together.
    """
    found = find_files(name, path=path, data_folders=data_folders)
    wanted = image_set(name)
    return Dataset(
        name=name,
        train=_read_split(wanted, found.train_images, found.train_labels),
        test=_read_split(wanted, found.test_images, found.test_labels),
        class_names=wanted.class_names,
        image_shape=IMAGE_SHAPE,
        source=str(found.folder),
    )


def _roots(
    wanted: ImageSet, path: str, data_folders: Sequence[str | Path]
) -> tuple[Path, ...]:
    if path:
        return (_expanded(path),)
    return (*search_folders(data_folders), download_folder(wanted.name))


def _expanded(folder: str | Path) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError:  # "~name" of an unknown user
        return Path(folder)


def _candidates(wanted: ImageSet, roots: Sequence[Path]) -> Iterator[Path]:
    """Each root and its usual subfolders, once each even if file names ignore case."""
    seen = set()
    for root in roots:
        for folder in (root, *(root / name for name in wanted.subfolders)):
            try:
                status = folder.stat()
            except (OSError, ValueError):
                continue
            if (identity := (status.st_dev, status.st_ino)) not in seen:
                seen.add(identity)
                yield folder


def _files_in(wanted: ImageSet, folder: Path) -> tuple[list[Path], list[str]]:
    """The existing files, in the set's order, and the names of the missing ones."""
    paths = []
    missing = []
    for file in wanted.files:
        choices = (folder / name for name in local_names(file.name))
        path = next((choice for choice in choices if _is_file(choice)), None)
        if path is None:
            missing.append(file.name)
        else:
            paths.append(path)
    return paths, missing


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be searched
        return False


def _told_set(found: FoundFiles) -> ImageSet:
    """The set in a folder (see the module's docstring)."""
    longest = max(len(entry.first_labels) for entry in IMAGE_SETS)
    labels = read_idx_start(found.train_labels, longest)
    for entry in IMAGE_SETS:
        if labels.startswith(entry.first_labels):
            return entry
    folder = found.folder.resolve()
    name = folder.parent.name if folder.name == "raw" else folder.name
    return image_set("fashion-mnist" if "fashion" in name.lower() else "mnist")


def _missing(
    wanted: ImageSet,
    roots: Sequence[Path],
    remarks: Sequence[str],
    *,
    downloadable: bool,
) -> MissingDataError:
    places = ", ".join(str(root) for root in roots)
    found = f" ({'; '.join(remarks)})" if remarks else ""
    advice = (
        tr(
            "download it ({download_size:.0f} MB), or give the folder with "
            "its four IDX files with --data or {data_variable}",
            download_size=wanted.download_size / 1000000.0,
            data_variable=DATA_VARIABLE,
        )
        if downloadable
        else tr("set data.path to the folder with its four IDX files, or leave it out")
    )
    return MissingDataError(
        tr(
            "{title} is not in {places}{found}; {advice}",
            title=wanted.title,
            places=places,
            found=found,
            advice=advice,
        )
    )


def _read_split(wanted: ImageSet, images_path: Path, labels_path: Path) -> Split:
    # The labels first: they are small, and say how many images to unpack.
    labels = read_idx(labels_path, n_dimensions=1)
    images = read_idx(
        images_path, n_dimensions=3, item_shape=IMAGE_SHAPE, n_items=len(labels)
    )
    if len(labels) == 0:
        msg = tr(
            "{images_path}: contains no images; replace the file with a new copy",
            images_path=images_path,
        )
        raise DataError(msg)
    if labels.max() >= len(wanted.class_names):
        msg = tr(
            "{labels_path}: invalid label {max}; {title} has the "
            "classes 0 to {class_names}",
            labels_path=labels_path,
            max=labels.max(),
            title=wanted.title,
            class_names=len(wanted.class_names) - 1,
        )
        raise DataError(msg)
    return Split(images.reshape(len(images), -1), labels.astype(np.int32))
