"""How each class is recognised: confusion matrix, precision, recall, calibration."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray, IntArray

CALIBRATION_BINS: Final = 15
"""Of equal width from 0 to 1, as Guo et al. 2017 have them."""


@dataclass(frozen=True, slots=True, eq=False)
class ClassReport:
    """What a network answers to examples of each class.

    Attributes:
        confusion: (n_classes, n_classes) examples by label (row) and answer (column);
            an example without an answer is in no column.
        precision: of each class, the share of right ones among those answered with it;
            None where none was.
        recall: of each class, the share of its examples that are answered with it;
            None where it has none.
    """

    confusion: IntArray
    precision: tuple[float | None, ...]
    recall: tuple[float | None, ...]


def class_report(labels: IntArray, predicted: IntArray, n_classes: int) -> ClassReport:
    """Count the answers of each class.

    Args:
        labels: (n,) classes from 0.
        predicted: (n,) answers; one outside of the classes is none.
        n_classes: also of those that no example is of.
    """
    is_answer = (predicted >= 0) & (predicted < n_classes)
    pairs = labels[is_answer].astype(np.int64) * n_classes + predicted[is_answer]
    counts = np.bincount(pairs, minlength=n_classes**2).astype(np.int32)
    confusion = counts.reshape(n_classes, n_classes)
    right, of_answer = np.diag(confusion), confusion.sum(axis=0, dtype=np.int32)
    of_label = np.bincount(labels, minlength=n_classes).astype(np.int32)
    return ClassReport(confusion, _shares(right, of_answer), _shares(right, of_label))


def _shares(right: IntArray, of: IntArray) -> tuple[float | None, ...]:
    pairs = zip(right.tolist(), of.tolist(), strict=True)
    return tuple(k / n if n else None for k, n in pairs)


def calibration_error(
    confidence: FloatArray, is_right: np.ndarray, bins: int = CALIBRATION_BINS
) -> float:
    """The expected calibration error: how far confidence is from accuracy.

    Σ |B|/n · |accuracy(B) - mean confidence(B)| over bins B of equal width, of the
    probability of the answer (Naeini et al. 2015; Guo et al. 2017, equation 3).

    Args:
        confidence: (n,) probability of the answer, 0 to 1.
        is_right: (n,) whether it is the label.
        bins: how many; a value on a border belongs to the bin below.
    """
    values = np.asarray(confidence, np.float64)
    places = np.clip(np.ceil(values * bins).astype(int) - 1, 0, bins - 1)
    gaps = np.bincount(places, np.asarray(is_right, np.float64) - values, bins)
    return float(np.abs(gaps).sum() / len(values))
