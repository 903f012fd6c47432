"""Which rows of own data test a network that was trained before."""

from collections.abc import Collection
from typing import Final, NamedTuple

from core.experiment.model import DataSettings
from core.experiment.rules import FILE
from core.files.weights import WeightsFile
from core.values.words import tr

_PARTED_BY: Final = (
    "data.train_fraction",
    "data.seed",
    "data.split_by",
    "data.validation_fraction",
)


class RowsToTest(NamedTuple):
    """Whether all rows of a file test, and what the user should know of those."""

    are_all: bool = False
    notes: tuple[str, ...] = ()


def tested_rows(
    weights: WeightsFile, data: DataSettings, asked: Collection[str], is_parted: bool
) -> RowsToTest:
    """Of rows that were not trained on all test, unless the user or file parts them.

    Args:
        weights: of Glassbox, with the experiment that trained them.
        data: that are tested.
        asked: dotted keys that the user has set.
        is_parted: whether the file itself says what is for tests.
    """
    if weights.experiment is None or data.name != FILE:
        return RowsToTest()
    trained = weights.experiment.data
    if trained.name != FILE or trained.hash != data.hash:
        if is_parted or any(key in asked for key in _PARTED_BY):
            return RowsToTest()
        note = tr("all rows are tested: the network was trained on another file")
        return RowsToTest(are_all=True, notes=(note,))
    others = [
        key
        for key in _PARTED_BY
        if getattr(data, key.partition(".")[2])
        != getattr(trained, key.partition(".")[2])
    ]
    if not others:
        return RowsToTest()
    note = tr(
        "{key} parts the rows otherwise than in training: the network was trained on "
        "some of those that test it",
        key=", ".join(others),
    )
    return RowsToTest(notes=(note,))
