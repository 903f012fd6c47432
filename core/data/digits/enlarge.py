"""A few of the bundled digits as pictures of 200 by 200: 40,000 inputs each."""

from dataclasses import replace
from typing import Final

import numpy as np

from core.data.dataset import Dataset, Split

SIDE: Final = 200
TRAIN_COUNT: Final = 500
TEST_COUNT: Final = 100


def enlarged(digits: Dataset) -> Dataset:
    """The first digits of each split, every pixel drawn as some seven by seven."""
    return replace(
        digits,
        name="large-digits",
        train=_enlarged(digits.train, digits.image_shape, TRAIN_COUNT),
        test=_enlarged(digits.test, digits.image_shape, TEST_COUNT),
        image_shape=(SIDE, SIDE),
    )


def _enlarged(split: Split, shape: tuple[int, int] | None, count: int) -> Split:
    assert shape is not None
    rows, columns = (np.arange(SIDE) * side // SIDE for side in shape)
    few = split.rows(np.arange(min(count, len(split))))
    pictures = few.inputs.reshape(-1, *shape)[:, rows[:, None], columns[None]]
    return replace(few, inputs=pictures.reshape(len(few), -1))
