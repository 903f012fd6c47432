"""What is wished of an example and what the network says, in words.

For classes that is the name of one, for real-valued targets the numbers.
"""

from typing import Final

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset, Split
from core.protocol.messages import Evaluated
from gui.style import number_format

MOST_FIGURES: Final = 4
FIGURES: Final = 3


def numbers_text(values: FloatArray) -> str:
    """A target or an output: its first numbers."""
    digits = FIGURES if len(values) == 1 else FIGURES - 1
    shown = [number_format.plain(float(v), digits) for v in values[:MOST_FIGURES]]
    more = ["\N{HORIZONTAL ELLIPSIS}"] if len(values) > MOST_FIGURES else []
    return ", ".join(shown + more)


def target_text(dataset: Dataset, label: int, target: FloatArray | None) -> str:
    """The true class, or the target."""
    return dataset.class_names[label] if target is None else numbers_text(target)


def prediction_text(
    dataset: Dataset, predicted: int, outputs: FloatArray | None
) -> str:
    """The class that the network reads, or without classes its outputs."""
    if dataset.has_classes or outputs is None:
        return dataset.class_names[predicted]
    return numbers_text(outputs)


def prediction_and_target(dataset: Dataset, said: str, wished: str) -> str:
    """Both in one line; a class that is read right needs no second word."""
    if not dataset.has_classes:
        return f"{said}, is {wished}"
    return said if said == wished else f"{said}, is {wished}"


def widest_line(dataset: Dataset) -> str:
    """About as wide as the widest of `prediction_and_target`."""
    if not dataset.has_classes:
        figures = numbers_text(np.full(dataset.n_outputs, -88.888, np.float32))
        return f"{figures}, is {figures}"
    return ", is ".join(sorted(dataset.class_names, key=len)[-2:])


def headers(dataset: Dataset, guess_header: str) -> tuple[str, str]:
    """Of the columns for what is wished and what is said."""
    return ("class", guess_header) if dataset.has_classes else ("target", "output")


def errors_of(split: Split, evaluation: Evaluated | None) -> FloatArray | None:
    """(n,) root mean square of output minus target over an example's outputs.

    None without targets.
    """
    if split.targets is None or evaluation is None or evaluation.outputs is None:
        return None
    with np.errstate(all="ignore"):
        errors: FloatArray = np.sqrt(
            np.mean((evaluation.outputs - split.targets) ** 2, axis=1)
        )
    return errors


def result_text(split: Split, evaluation: Evaluated) -> str:
    """How the network does: "9,312 of 10,000 right, 93.12 %", or its error."""
    errors = errors_of(split, evaluation)
    if errors is not None:
        with np.errstate(all="ignore"):
            root = float(np.sqrt(np.mean(errors.astype(np.float64) ** 2)))
        return f"root mean square error {number_format.plain(root)}"
    return share_text(split.labels, evaluation.predicted)


def share_text(labels: IntArray, predicted: IntArray) -> str:
    """How many are right, and their share."""
    right = int(np.count_nonzero(predicted == labels))
    total = len(labels)
    counted = f"{number_format.count(right)} of {number_format.count(total)}"
    return f"{counted} right, {number_format.percent(right / max(total, 1))}"
