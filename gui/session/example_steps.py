"""The example after the shown one, the one before it, and any other."""

from typing import Literal

import numpy as np

from gui.session.view_state import ShownExample, View


def neighbour(view: View, step: int) -> ShownExample:
    """So many examples further in the shown one's split, round and round.

    After a drawing or a point of one's own it begins with the first test example.
    """
    origin, index = _place(view)
    examples = _count(view, origin)
    start = index if index is not None else (-1 if step > 0 else 0)
    return _example(view, origin, (start + step) % examples)


def random_example(view: View, random: np.random.Generator) -> ShownExample:
    """Another one of the same split, if it has several."""
    origin, index = _place(view)
    examples = _count(view, origin)
    if index is None or examples == 1:
        return _example(view, origin, int(random.integers(examples)))
    return _example(
        view, origin, (index + int(random.integers(1, examples))) % examples
    )


def _place(view: View) -> tuple[Literal["test", "train"], int | None]:
    example = view.example
    if example.index is None or example.origin == "drawing":
        return "test", None
    return example.origin, example.index


def _count(view: View, origin: str) -> int:
    dataset = view.run.dataset
    return len(dataset.train if origin == "train" else dataset.test)


def _example(view: View, origin: Literal["test", "train"], index: int) -> ShownExample:
    dataset = view.run.dataset
    split = dataset.train if origin == "train" else dataset.test
    return ShownExample.of(split, index, origin)
