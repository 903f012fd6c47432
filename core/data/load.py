"""Loads every data set from its settings, ready for training."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.data.dataset import Dataset, Inputs
from core.data.file import load_file
from core.data.inline import load_inline
from core.data.mnist_family import find_files, load_mnist_family
from core.data.mnist_files import image_set
from core.data.outputs import with_outputs
from core.data.points.load import load_points
from core.data.scaling import fitted
from core.data.validation import hold_out, rows_held_out
from core.experiment.inline import INLINE
from core.experiment.model import DataSettings
from core.experiment.rules import FAMILY_DATASETS, FILE, POINT_DATASETS
from core.experiment.scaling import parse_scaling
from core.values.errors import DataError, MissingDataError
from core.values.words import tr

Progress = Callable[[str, int, int], None]
"""Takes the name of the job, the amount done, and the total; 0 means unknown.
Raising CancelledError stops the job."""

_CHOICE_SEED: Final = 1
_NOISE_SEED: Final = 2
_LABEL_SEED: Final = 3
_ROWS_AT_ONCE: Final = 2048


def load_dataset(
    settings: DataSettings,
    *,
    data_folders: Sequence[str | Path] = (),
    download: bool = False,
    progress: Progress | None = None,
) -> Dataset:
    """Make, find or download a data set and apply the settings.

    The same settings always give the same examples: random changes have their own
    seeds, separate from the experiment's.

    Args:
        settings: which data, how much of them, with what noise.
        data_folders: where MNIST and Fashion-MNIST are looked for first; the folders
            of GLASSBOX_DATA and the cache folder follow.
        download: download them if they are not found.
        progress: called during long jobs.

    Raises:
        MissingDataError: the files are not found, and no download was requested.
        DataError: damaged files, no network, or no example left.
        CancelledError: `progress` raised it.
    """
    if settings.name in POINT_DATASETS:
        dataset = load_points(settings)
    elif settings.name == INLINE:
        dataset = load_inline(settings)
    elif settings.name == FILE:
        if progress is not None:
            progress(_reading(Path(settings.path).name), 0, 0)
        dataset = load_file(settings)
    else:
        dataset = _load_images(settings, data_folders, download, progress)
        dataset = _with_fraction(dataset, settings.train_fraction)
        dataset = _with_noise(dataset, settings.noise, progress)
        dataset = _with_scaling(dataset, settings)
    dataset = with_outputs(dataset, settings.outputs)
    dataset = hold_out(dataset, settings.validation_fraction)
    if settings.shuffled_labels:
        dataset = _with_shuffled_labels(dataset)
        if settings.tested_on == "training":
            dataset = replace(dataset, test=dataset.train)
    return dataset


def _load_images(
    settings: DataSettings,
    data_folders: Sequence[str | Path],
    download: bool,
    progress: Progress | None,
) -> Dataset:
    if settings.name in ("digits", "large-digits"):
        from core.data.digits.cache import load_digits
        from core.data.digits.enlarge import enlarged

        digits = load_digits(_counted(tr("Drawing digits"), progress))
        return digits if settings.name == "digits" else enlarged(digits)
    if settings.name in FAMILY_DATASETS:
        from core.data.families import load_family

        if progress is not None:
            progress(_reading(settings.name), 0, 0)
        return load_family(settings, data_folders)
    if download:
        _download_if_missing(settings, data_folders, progress)
    if progress is not None:
        progress(_reading(image_set(settings.name).title), 0, 0)
    return load_mnist_family(
        settings.name, path=settings.path, data_folders=data_folders
    )


def _download_if_missing(
    settings: DataSettings,
    data_folders: Sequence[str | Path],
    progress: Progress | None,
) -> None:
    try:
        find_files(settings.name, path=settings.path, data_folders=data_folders)
    except MissingDataError:
        if settings.path:
            raise  # a download goes elsewhere, and only this folder would be searched
        from core.data.download import download

        text = download_text(image_set(settings.name).title)
        download(settings.name, progress=_counted(text, progress))


def download_text(title: str) -> str:
    """What is told while a data set of this title is fetched, in bytes."""
    return tr("Downloading {title}", title=title)


def _reading(what: str) -> str:
    return tr("Reading {what}", what=what)


def _counted(text: str, progress: Progress | None) -> Callable[[int, int], None] | None:
    """`progress` with its text filled in."""
    return None if progress is None else functools.partial(progress, text)


def _with_fraction(dataset: Dataset, fraction: float | None) -> Dataset:
    """Keep a share of the training examples; a smaller share is part of a larger."""
    if fraction is None or fraction == 1:
        return dataset
    n_all = len(dataset.train)
    n_kept = round(fraction * n_all)
    if n_kept == 0:
        msg = tr(
            "data.train_fraction: {fraction:g} of {n_all} training "
            "images leaves none; choose at least {value:.2g}",
            fraction=fraction,
            n_all=n_all,
            value=1 / n_all,
        )
        raise DataError(msg)
    chosen = np.random.default_rng(_CHOICE_SEED).permutation(n_all)[:n_kept]
    chosen.sort()
    return replace(dataset, train=dataset.train.rows(chosen))


def _with_noise(
    dataset: Dataset, noise: float, progress: Progress | None = None
) -> Dataset:
    """Add Gaussian noise to all images, for training and for testing.

    The result stays within 0 and 255 grey levels, so part of the noise is cut off.
    """
    if noise == 0:
        return dataset
    random = np.random.default_rng(_NOISE_SEED)
    deviation = np.float32(255 * noise)
    total = len(dataset.train) + len(dataset.test)
    done = 0
    noisy = []
    for split in (dataset.train, dataset.test):
        images = np.empty_like(split.inputs)
        for start in range(0, len(split), _ROWS_AT_ONCE):
            if progress is not None:
                progress(tr("Adding noise"), done + start, total)
            rows = slice(start, start + _ROWS_AT_ONCE)
            images[rows] = _noisy(split.inputs[rows], deviation, random)
        done += len(split)
        noisy.append(replace(split, inputs=images))
    return replace(dataset, train=noisy[0], test=noisy[1])


def _noisy(
    images: Inputs, deviation: np.float32, random: np.random.Generator
) -> FloatArray:
    values = random.standard_normal(images.shape, dtype=np.float32)
    values *= deviation
    values += images
    np.rint(values, out=values)
    return np.clip(values, 0, 255, out=values)


def _with_scaling(dataset: Dataset, settings: DataSettings) -> Dataset:
    """Scaled as the user says, by the images that are trained on."""
    if not settings.scaling:
        return dataset
    train, test = dataset.train, dataset.test
    held = rows_held_out(len(train), settings.validation_fraction)
    trained = np.delete(train.inputs, held, axis=0) if len(held) else train.inputs
    rule = parse_scaling(settings.scaling)
    scaling = fitted(rule, trained, 255.0, dataset.pixels)
    return replace(
        dataset,
        train=replace(train, inputs=scaling.of(train.inputs)),
        test=replace(test, inputs=scaling.of(test.inputs)),
        scaled=scaling,
    )


def _with_shuffled_labels(dataset: Dataset) -> Dataset:
    """Shuffle the labels of the training examples; the test set is unchanged."""
    order = np.random.default_rng(_LABEL_SEED).permutation(len(dataset.train))
    return replace(dataset, train=dataset.train.with_answers_of(order))
