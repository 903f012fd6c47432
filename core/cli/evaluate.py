"""`glassbox evaluate`: loss and accuracy of a weights file on a whole test set."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import jax

from core.cli.error_boundary import OK
from core.cli.foreign import load_and_read
from core.cli.options import ExperimentOptions
from core.cli.output import STANDARD_OUTPUT, write_json, write_line, write_note
from core.cli.report import accuracy_text, appended_fit, finite, loss_text
from core.cli.resolved_options import ResolvedOptions, choose
from core.cli.targets import check_targets_spare
from core.data.dataset import Dataset, all_rows
from core.data.fit import by_target, fit_of
from core.files.weights import WeightsFile
from core.platform.compilation_cache import use_compilation_cache
from core.platform.devices import choose_device, describe
from core.training.class_report import calibration_error, class_report
from core.training.evaluate import Reading, evaluate
from core.training.program import Program
from core.training.step import Examples
from core.values.counts import counted
from core.values.words import tr

PROBABILITIES: Final = ("softmax", "sigmoid")
"""Outputs that are read as probabilities."""


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The keys of the JSON report, in their order.

    Attributes:
        loss: which one `test_loss` is, as training.loss names it.
        reading: what was found out by trying about weights of another program.
        test_r2: as in the report of a training, like test_rmse and test_by_target.
        classes: names in the order of rows and columns of `confusion`.
        confusion: examples by label (row) and answer (column); None, like all below,
            where the data have no classes.
        precision: of each class; null where it is never answered.
        recall: of each class; null where no example is of it.
        calibration_error: expected, over 15 bins; None where the output is no
            probability.
    """

    test_loss: float | None
    loss: str
    test_accuracy: float | None
    examples: int
    parameters: int
    device: str
    data: str
    file: str
    reading: Mapping[str, object] | None
    test_r2: float | None
    test_rmse: float | None
    test_by_target: dict[str, dict[str, float | None]] | None
    classes: tuple[str, ...] | None
    confusion: list[list[int]] | None
    precision: tuple[float | None, ...] | None
    recall: tuple[float | None, ...] | None
    calibration_error: float | None


def run(args: argparse.Namespace) -> int:
    """Evaluate and report; returns the exit code."""
    options = replace(ExperimentOptions.of(args), weights=args.weights)
    choice = choose(options, trains=False)
    check_targets_spare(args, choice.experiment.data)
    for note in choice.notes:
        write_note(note)
    use_compilation_cache()
    device = choose_device(options.device)
    choice, dataset = load_and_read(choice, options, download=args.download)
    assert choice.weights is not None
    of = choice.experiment.data.tested_on
    if choice.tests_all_rows:
        whole = dataset.test if of == "training" else all_rows(dataset)
        dataset, of = replace(dataset, test=whole), "test"
    reading = _read(choice, choice.weights, dataset, device)
    fit = fit_of(dataset, reading.outputs)
    report = EvaluationReport(
        test_loss=finite(reading.loss),
        loss=choice.experiment.training.loss,
        test_accuracy=reading.accuracy,
        examples=len(dataset.test),
        parameters=choice.weights.spec.parameter_count,
        device=describe(device),
        data=dataset.name,
        file=str(args.weights),
        reading=choice.reading,
        test_r2=fit.r2,
        test_rmse=fit.rmse,
        test_by_target=by_target(fit),
        **_of_classes(choice.weights, dataset, reading),
    )
    if args.json is not None:
        write_json(args.json, asdict(report))
    if args.json != STANDARD_OUTPUT:
        fit_said = appended_fit(dataset, fit, of)
        _write_summary(report, choice.weights, of, fit_said)
    return OK


def _read(
    choice: ResolvedOptions, weights: WeightsFile, dataset: Dataset, device: jax.Device
) -> Reading:
    program = Program.of(choice.experiment, weights.spec)
    params = jax.device_put(weights.params, device)
    examples = Examples(
        jax.device_put(dataset.test.inputs, device),
        jax.device_put(dataset.test.answers, device),
    )
    return evaluate(program, params, examples)


def _of_classes(
    weights: WeightsFile, dataset: Dataset, reading: Reading
) -> dict[str, Any]:
    """How each class is recognised; None for data without classes."""
    if reading.outputs is not None:
        names = ("classes", "confusion", "precision", "recall", "calibration_error")
        return dict.fromkeys(names)
    labels = dataset.test.labels
    report = class_report(labels, reading.predicted, dataset.n_classes)
    error = None
    if weights.spec.activations[-1] in PROBABILITIES and reading.accuracy is not None:
        error = calibration_error(reading.confidence, reading.predicted == labels)
    return {
        "classes": dataset.class_names,
        "confusion": report.confusion.tolist(),
        "precision": report.precision,
        "recall": report.recall,
        "calibration_error": error,
    }


def _write_summary(
    report: EvaluationReport, weights: WeightsFile, of: str, fit: str
) -> None:
    parameters = counted(report.parameters, "parameter")
    write_line(
        tr(
            "{spec}, {parameters}, on {data}",
            spec=weights.spec,
            parameters=parameters,
            data=report.data,
        )
    )
    accuracy = accuracy_text(report.test_accuracy, of)
    count = counted(report.examples, "example")
    count = (
        tr(" of {count}", count=count)
        if accuracy
        else tr(", mean of {count}", count=count)
    )
    write_line(
        tr(
            "{of} loss{named} {test_loss}{accuracy}{count}{fit}",
            of=of,
            named=_other_loss(report, weights),
            test_loss=loss_text(report.test_loss),
            accuracy=accuracy,
            count=count,
            fit=fit,
        )
    )


def _other_loss(report: EvaluationReport, weights: WeightsFile) -> str:
    """The name of the loss, to append, where the file does not say that one."""
    own = weights.experiment
    if own is not None and own.training.loss == report.loss:
        return ""
    return f" ({report.loss})"
