"""What the outputs of a network stand for, where they are not the classes in order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.data.dataset import Dataset, Split

UNUSED = "(none)"


def with_outputs(dataset: Dataset, outputs: Sequence[int]) -> Dataset:
    """The same examples with the classes renumbered, so that class k is output k.

    One output alone asks whether it is that class: class 0 is yes and class 1 is no,
    so that its target is 1 for yes and 0 for no.

    Args:
        dataset: with classes.
        outputs: the class of each output, -1 for none; empty leaves all as it is.
    """
    if not outputs:
        return dataset
    names = dataset.class_names
    number_of = np.ones(len(names), np.int32)
    for k, number in enumerate(outputs):
        if number >= 0:
            number_of[number] = k
    new_names: tuple[str, ...]
    if len(outputs) == 1:
        new_names = answer_names((names[outputs[0]],))
    else:
        new_names = tuple(names[k] if k >= 0 else UNUSED for k in outputs)
    train, test = (_renumbered(s, number_of) for s in (dataset.train, dataset.test))
    validation = dataset.validation
    return replace(
        dataset,
        train=train,
        test=test,
        class_names=new_names,
        output_names=new_names[: len(outputs)],
        validation=None if validation is None else _renumbered(validation, number_of),
    )


def answer_names(output_names: Sequence[str]) -> tuple[str, ...]:
    """What a network can answer: each class, or the only one and not that one."""
    if len(output_names) == 1:
        return (output_names[0], f"not {output_names[0]}")
    return tuple(output_names)


def _renumbered(split: Split, number_of: np.ndarray) -> Split:
    return replace(split, labels=number_of[split.labels])
