"""Which rows of own data test a network that was trained before.

Of rows that it was not trained on, all: only data.train_fraction, or the file itself,
leaves some out. data.seed alone asks for no part, and chooses nothing then.
"""

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from core.cli.own_data import ReadData
from core.experiment.model import DataSettings
from core.experiment.rules import FILE
from core.files.weights import WeightsFile
from core.values.counts import counted
from core.values.words import tr

_SHARE: Final = "data.train_fraction"
_SEED: Final = "data.seed"
_PARTED_BY: Final = (_SHARE, _SEED, "data.split_by")


class RowsToTest(NamedTuple):
    """Whether all rows of a file test, and what the user should know of those.

    Attributes:
        are_other: whether none of them was trained on: what is for training then
            needs no word.
    """

    are_all: bool = False
    are_other: bool = False
    notes: tuple[str, ...] = ()


def tested_rows(
    weights: WeightsFile, found: ReadData, asked: Collection[str]
) -> RowsToTest:
    """Of rows that were not trained on all test, unless the user or file parts them.

    Args:
        weights: of Glassbox, with the experiment that trained them.
        found: the data that are tested.
        asked: dotted keys that the user has set.
    """
    data = found.experiment.data
    if weights.experiment is None or data.name != FILE:
        return RowsToTest()
    trained = weights.experiment.data
    if trained.name == FILE and trained.hash == data.hash:
        return RowsToTest(notes=tuple(_parted_otherwise(data, trained)))
    is_shared = not found.is_parted and _SHARE in asked and data.train_fraction != 1
    are_all = not found.is_parted and not is_shared
    if are_all:
        note = tr("all rows are tested: the network was trained on another file")
    elif found.is_parted:
        note = tr("{rows} are tested, as the file parts them", rows=_of_all(found))
    else:
        note = tr("{rows} are tested, as {key} asks", rows=_of_all(found), key=_SHARE)
    unread = _without_effect(asked, is_parted=found.is_parted, is_shared=is_shared)
    return RowsToTest(are_all, are_other=True, notes=(note, *unread))


def _parted_otherwise(data: DataSettings, trained: DataSettings) -> Iterator[str]:
    others = [
        key
        for key in _PARTED_BY
        if getattr(data, key.partition(".")[2])
        != getattr(trained, key.partition(".")[2])
    ]
    if others:
        yield tr(
            "{key} parts the rows otherwise than in training: the network was trained "
            "on some of those that test it",
            key=", ".join(others),
        )


def _of_all(found: ReadData) -> str:
    size = found.experiment.data.size
    assert size is not None  # known since the file was read
    return tr("{n:,} of {rows}", n=found.n_test, rows=counted(size[2], "row"))


def _without_effect(
    asked: Collection[str], *, is_parted: bool, is_shared: bool
) -> Iterator[str]:
    """A sentence for each key that parts no rows of this file."""
    for key in (_SHARE, _SEED):
        if key not in asked or is_shared:
            continue
        if is_parted:
            reason = tr("the file itself says which rows are tested")
        elif key == _SEED:
            reason = tr("all rows are tested; {share} leaves some out", share=_SHARE)
        else:
            continue  # 1: all rows are asked for
        yield tr("{key} has no effect: {reason}", key=key, reason=reason)
