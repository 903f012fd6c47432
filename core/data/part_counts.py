"""How many examples are trained on, validate and test, in numbers and words."""

from typing import NamedTuple

from core.data.dataset import Dataset
from core.data.validation import rows_held_out
from core.experiment.model import DataSettings
from core.values.counts import counted
from core.values.words import tr


class Counts(NamedTuple):
    """How many examples each part has."""

    train: int
    validation: int
    test: int


def counts_of(dataset: Dataset, data: DataSettings) -> Counts:
    """The sizes of the parts, with what is held out of the training part later.

    Args:
        dataset: as it was read, before anything is held out.
        data: what is going to be held out.
    """
    held = len(rows_held_out(len(dataset.train), data.validation_fraction))
    own = 0 if dataset.validation is None else len(dataset.validation)
    return Counts(len(dataset.train) - held, held or own, len(dataset.test))


def parts_said(dataset: Dataset, data: DataSettings, *, are_rows: bool = False) -> str:
    """The sizes in words: "192 rows to train, 48 to validate, 60 to test".

    Args:
        dataset: as it was read, before anything is held out.
        data: how it is parted.
        are_rows: whether examples are called rows.
    """
    counts = counts_of(dataset, data)
    train = counted(counts.train, "row") if are_rows else f"{counts.train:,}"
    said = [tr("{train} to train", train=train)]
    if counts.validation:
        said.append(tr("{n:,} to validate", n=counts.validation))
    if data.tested_on == "training":
        said.append(tr("tested on the same {n:,}", n=counts.test))
    else:
        said.append(tr("{n:,} to test", n=counts.test))
    return ", ".join(said)


def without_parts(remark: str, dataset: Dataset, data: DataSettings) -> str:
    """What was understood of a file, without the sizes of its parts.

    For a network that was trained on another file: nothing of this one is to train.
    """
    for are_rows in (True, False):
        said = parts_said(dataset, data, are_rows=are_rows)
        remark = remark.removesuffix(f"; {said}")
    return remark
