"""The examples that are written in an experiment itself, as a data set."""

from typing import Final

import numpy as np

from core.data.dataset import NO_CLASS, Dataset, Split
from core.data.point_space import PointSpace
from core.experiment.features import DEFAULT_FEATURES
from core.experiment.inline import Labels
from core.experiment.model import DataSettings
from core.experiment.rows import Rows
from core.values.counts import counted
from core.values.errors import DataError
from core.values.plain_text import plain
from core.values.words import tr

LONGEST_NAME: Final = 100
_CHOICE_SEED: Final = 4
_FEWEST_POINTS: Final = 3
"""A network for fewer examples is studied for its numbers, not for a map."""


def load_inline(settings: DataSettings) -> Dataset:
    """Make a data set of the rows of an experiment.

    It tests with its test examples; without any, with the training examples that
    train_fraction leaves, or with all of them.

    Raises:
        DataError: train_fraction leaves no example to train or to test with.
    """
    examples = settings.inline_examples
    assert examples is not None
    train = _split(examples.inputs, examples.targets, examples.labels)
    test = train
    if examples.test_inputs is not None:
        test = _split(examples.test_inputs, examples.test_targets, examples.test_labels)
    elif settings.train_fraction not in (None, 1):
        train, test = _parted(train, float(settings.train_fraction or 0))
    n_inputs, n_outputs, _ = examples.size
    names = tuple(plain(name, LONGEST_NAME) for name in examples.names)
    return Dataset(
        name=settings.name,
        train=train,
        test=test,
        class_names=names,
        input_names=tuple(f"x{k + 1}" for k in range(n_inputs)),
        source="written in the experiment",
        space=_space(train, test, n_outputs),
        output_names=names or _target_names(n_outputs),
    )


def _space(train: Split, test: Split, n_outputs: int) -> PointSpace | None:
    """The points of the examples, if they can be drawn in the plane."""
    if train.inputs.shape[1] != 2 or len(train) < _FEWEST_POINTS:
        return None
    if train.targets is not None and n_outputs > 1:
        return None
    points, tests = (
        split.network_inputs(np.arange(len(split))) for split in (train, test)
    )
    return PointSpace(points, tests, DEFAULT_FEATURES[2])


def _target_names(count: int) -> tuple[str, ...]:
    return ("y",) if count == 1 else tuple(f"y{k + 1}" for k in range(count))


def _split(inputs: Rows, targets: Rows | None, labels: Labels | None) -> Split:
    return Split(
        np.asarray(inputs, np.float32),
        np.asarray(labels or [NO_CLASS] * len(inputs), np.int32),
        None if targets is None else np.asarray(targets, np.float32),
    )


def _parted(split: Split, fraction: float) -> tuple[Split, Split]:
    n_train = round(fraction * len(split))
    if not 0 < n_train < len(split):
        msg = tr(
            "data.train_fraction: {fraction:g} of {examples} "
            "leaves none for {which}; leave it out to test with the "
            "training examples",
            fraction=fraction,
            examples=counted(len(split), "example"),
            which=tr("training") if n_train == 0 else tr("testing"),
        )
        raise DataError(msg)
    order = np.random.default_rng(_CHOICE_SEED).permutation(len(split))
    return split.rows(np.sort(order[:n_train])), split.rows(np.sort(order[n_train:]))
