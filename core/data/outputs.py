"""What the outputs of a network stand for, where they are not the classes in order."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.data.dataset import Dataset, Split
from core.network.numpy.answers import YES, output_names

UNUSED = "(none)"


def with_outputs(dataset: Dataset, outputs: Sequence[int]) -> Dataset:
    """The same examples with the classes renumbered, so that class k is output k.

    One output alone asks whether it is that class: class 1 is yes and class 0 is no,
    see `core.network.numpy.answers`. Of two classes the second may keep its number.

    Args:
        dataset: with classes.
        outputs: the class of each output, -1 for none; empty leaves all as it is.
    """
    if not outputs:
        return dataset
    names = dataset.class_names
    new_names: tuple[str, ...]
    if len(outputs) == 1:
        number_of = np.full(len(names), 1 - YES, np.int32)
        number_of[outputs[0]] = YES
        no = names[1 - outputs[0]] if len(names) == 2 else f"not {names[outputs[0]]}"
        new_names = (no, names[outputs[0]])
    else:
        number_of = np.ones(len(names), np.int32)
        for k, number in enumerate(outputs):
            if number >= 0:
                number_of[number] = k
        new_names = tuple(names[k] if k >= 0 else UNUSED for k in outputs)
    train, test = (_renumbered(s, number_of) for s in (dataset.train, dataset.test))
    validation = dataset.validation
    return replace(
        dataset,
        train=train,
        test=test,
        class_names=new_names,
        output_names=output_names(new_names, len(outputs)),
        validation=None if validation is None else _renumbered(validation, number_of),
    )


def _renumbered(split: Split, number_of: np.ndarray) -> Split:
    return replace(split, labels=number_of[split.labels])
