"""Validation data: training examples that are held out to monitor training."""

from dataclasses import replace
from typing import Final

import numpy as np

from core.arrays import RowNumbers
from core.data.dataset import Dataset
from core.values.errors import DataError
from core.values.shares import fractions_that_part
from core.values.words import tr

_SEED: Final = 4


def rows_held_out(n_all: int, fraction: float) -> RowNumbers:
    """Which of the training examples are held out, by their numbers."""
    order = np.random.default_rng(_SEED).permutation(n_all)
    held: RowNumbers = np.sort(order[: round(fraction * n_all)])
    return held


def hold_out(dataset: Dataset, fraction: float) -> Dataset:
    """Hold out a share of the training examples; a smaller one is part of a larger.

    Raises:
        DataError: one of the two would be empty.
    """
    if fraction == 0:
        return dataset
    n_all = len(dataset.train)
    n_held = round(fraction * n_all)
    if not 0 < n_held < n_all:
        msg = tr(
            "data.validation_fraction: {refusal}",
            refusal=_refusal(fraction, n_all, n_held),
        )
        raise DataError(msg)
    held = rows_held_out(n_all, fraction)
    kept = np.delete(np.arange(n_all), held)
    train, space = dataset.train, dataset.space
    if space is not None:
        space = replace(space, train=space.train[kept])
    return replace(
        dataset, train=train.rows(kept), validation=train.rows(held), space=space
    )


def _refusal(fraction: float, n_all: int, n_held: int) -> str:
    possible = fractions_that_part(n_all)
    if possible is None:
        return tr(
            "{fraction:g}, but there is only 1 training example, which "
            "cannot be parted; choose 0",
            fraction=fraction,
        )
    least, largest = possible
    said = tr(
        "{fraction:g} of {n_all:,} training examples leaves none for",
        fraction=fraction,
        n_all=n_all,
    )
    if n_held:
        return tr(
            "{said} training; choose at most {largest}", said=said, largest=largest
        )
    return tr("{said} validation; choose at least {least}", said=said, least=least)
