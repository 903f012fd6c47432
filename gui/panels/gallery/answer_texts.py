"""The target and the prediction of an example, as text.

For classes that is the name of one, for real-valued targets the numbers.
"""

from typing import Final

import numpy as np

from core.arrays import FloatArray, IntArray
from core.data.dataset import Dataset
from core.data.fit import fit_of
from core.network.numpy.answers import NO_ANSWER
from core.protocol.messages import Evaluated
from core.values.words import tr
from gui.session.own_units import fit_by_target, fit_parts, own_error, own_outputs
from gui.style import number_format

MOST_FIGURES: Final = 4
FIGURES: Final = 3
NONE: Final = tr("none")
"""In place of the answer of a network that has none."""


def numbers_text(
    dataset: Dataset, values: FloatArray, *, are_targets: bool = False
) -> str:
    """The first numbers of a target or an output, in the units of the file."""
    if dataset.has_own_units:
        first = values[:MOST_FIGURES]
        return _listed(
            own_outputs(dataset, first, are_targets=are_targets), len(values)
        )
    digits = FIGURES if len(values) == 1 else FIGURES - 1
    shown = [number_format.plain(float(v), digits) for v in values[:MOST_FIGURES]]
    return _listed(shown, len(values))


def _listed(shown: list[str], count: int) -> str:
    more = ["\N{HORIZONTAL ELLIPSIS}"] if count > MOST_FIGURES else []
    return ", ".join(shown + more)


def error_text(dataset: Dataset, error: float) -> str:
    """The error of an example, as `errors_of` gives it."""
    if has_one_unit(dataset):
        return own_error(dataset, error)
    return number_format.plain(error)


def has_one_unit(dataset: Dataset) -> bool:
    """Whether errors are in a unit of the file: several targets have several."""
    return dataset.has_own_units and dataset.n_outputs == 1


def target_text(dataset: Dataset, label: int, target: FloatArray | None) -> str:
    """The true class, or the target."""
    if target is None:
        return dataset.class_names[label]
    return numbers_text(dataset, target, are_targets=True)


def prediction_text(
    dataset: Dataset, predicted: int, outputs: FloatArray | None
) -> str:
    """The predicted class, or without classes the outputs."""
    if dataset.has_classes or outputs is None:
        return NONE if predicted == NO_ANSWER else dataset.class_names[predicted]
    return numbers_text(dataset, outputs)


def prediction_and_target(dataset: Dataset, said: str, target: str) -> str:
    """Both in one line; a correctly predicted class is written once."""
    if not dataset.has_classes:
        return tr("{said}, is {target}", said=said, target=target)
    return (
        said if said == target else tr("{said}, is {target}", said=said, target=target)
    )


def widest_line(dataset: Dataset) -> str:
    """About as wide as the widest of `prediction_and_target`."""
    if not dataset.has_classes:
        figures = numbers_text(dataset, np.full(dataset.n_outputs, -88.888, np.float32))
        return tr("{figures}, is {figures}", figures=figures)
    return tr(", is ").join(sorted(dataset.class_names, key=len)[-2:])


def last_header(dataset: Dataset) -> str:
    """Header of the column for the certainty: an output, or the error in its unit."""
    if dataset.has_classes:
        return tr("output")
    is_mixed = dataset.has_own_units and not has_one_unit(dataset)
    return tr("error (standardised)") if is_mixed else tr("error")


def headers(dataset: Dataset, guess_header: str) -> tuple[str, str]:
    """Headers of the columns for target and prediction."""
    if dataset.has_classes:
        return tr("class"), guess_header
    return tr("target"), tr("output")


def errors_of(dataset: Dataset, evaluation: Evaluated | None) -> FloatArray | None:
    """(n,) root mean square of output minus target over an example's outputs.

    In the unit of the file where there is one target, and as it is learned, in standard
    deviations, where there are several, which have other units each. None without
    targets.
    """
    split = dataset.test
    if split.targets is None or evaluation is None or evaluation.outputs is None:
        return None
    with np.errstate(all="ignore"):
        said, true = evaluation.outputs, split.targets
        if has_one_unit(dataset):
            said = dataset.in_own_units(said).astype(np.float32)
            true = dataset.in_own_units(true).astype(np.float32)
        errors: FloatArray = np.sqrt(np.mean((said - true) ** 2, axis=1))
    return errors


def result_text(dataset: Dataset, evaluation: Evaluated) -> str:
    """The result: "9,312 of 10,000 correct, 93.12 %", or R² and the error."""
    errors = errors_of(dataset, evaluation)
    if errors is not None and not dataset.has_own_units:
        with np.errstate(all="ignore"):
            root = float(np.sqrt(np.mean(errors.astype(np.float64) ** 2)))
        return tr("root mean square error {root}", root=number_format.plain(root))
    if errors is not None:
        fit = fit_of(dataset, evaluation.outputs)
        if fit.each:
            return "; ".join(fit_by_target(fit))
        r2, error = fit_parts(fit)
        told = [f"R² {r2}"] if r2 else []
        told += [tr("root mean square error {error}", error=error)] if error else []
        return ", ".join(told)
    return share_text(dataset.test.labels, evaluation.predicted)


def share_text(labels: IntArray, predicted: IntArray) -> str:
    """How many are correct, and their share."""
    right = int(np.count_nonzero(predicted == labels))
    total = len(labels)
    counted = tr(
        "{right} of {total}",
        right=number_format.count(right),
        total=number_format.count(total),
    )
    return tr(
        "{counted} correct, {right}",
        counted=counted,
        right=number_format.percent(right / max(total, 1)),
    )
