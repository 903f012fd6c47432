"""The target and the prediction of an example, as text.

For classes that is the name of one, for real-valued targets the numbers.
"""

from typing import Final

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset, Split
from core.network.numpy.answers import NO_ANSWER
from core.protocol.messages import Evaluated
from gui.style import number_format

MOST_FIGURES: Final = 4
FIGURES: Final = 3
NONE: Final = "none"
"""In place of the answer of a network that has none."""


def numbers_text(values: FloatArray) -> str:
    """The first numbers of a target or an output."""
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
    """The predicted class, or without classes the outputs."""
    if dataset.has_classes or outputs is None:
        return NONE if predicted == NO_ANSWER else dataset.class_names[predicted]
    return numbers_text(outputs)


def prediction_and_target(dataset: Dataset, said: str, target: str) -> str:
    """Both in one line; a correctly predicted class is written once."""
    if not dataset.has_classes:
        return f"{said}, is {target}"
    return said if said == target else f"{said}, is {target}"


def widest_line(dataset: Dataset) -> str:
    """About as wide as the widest of `prediction_and_target`."""
    if not dataset.has_classes:
        figures = numbers_text(np.full(dataset.n_outputs, -88.888, np.float32))
        return f"{figures}, is {figures}"
    return ", is ".join(sorted(dataset.class_names, key=len)[-2:])


def headers(dataset: Dataset, guess_header: str) -> tuple[str, str]:
    """Headers of the columns for target and prediction."""
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
    """The result: "9,312 of 10,000 correct, 93.12 %", or the error."""
    errors = errors_of(split, evaluation)
    if errors is not None:
        with np.errstate(all="ignore"):
            root = float(np.sqrt(np.mean(errors.astype(np.float64) ** 2)))
        return f"root mean square error {number_format.plain(root)}"
    return share_text(split.labels, evaluation.predicted)


def share_text(labels: IntArray, predicted: IntArray) -> str:
    """How many are correct, and their share."""
    right = int(np.count_nonzero(predicted == labels))
    total = len(labels)
    counted = f"{number_format.count(right)} of {number_format.count(total)}"
    return f"{counted} correct, {number_format.percent(right / max(total, 1))}"
