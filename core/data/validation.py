"""Validation data: training examples that are held out to monitor training."""

from dataclasses import replace
from typing import Final

import numpy as np

from core.data.dataset import Dataset
from core.values.errors import DataError

_SEED: Final = 4


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
        msg = (
            f"data.validation_fraction: {fraction:g} of {n_all} training examples "
            f"leaves none for {'training' if n_held else 'validation'}; choose "
            + (
                f"at most {1 - 1 / n_all:.2g}"
                if n_held
                else f"at least {1 / n_all:.2g}"
            )
        )
        raise DataError(msg)
    order = np.random.default_rng(_SEED).permutation(n_all)
    held, kept = np.sort(order[:n_held]), np.sort(order[n_held:])
    train, space = dataset.train, dataset.space
    if space is not None:
        space = replace(space, train=space.train[kept])
    return replace(
        dataset, train=train.rows(kept), validation=train.rows(held), space=space
    )
