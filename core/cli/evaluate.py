"""`glassbox evaluate`: loss and accuracy of a weights file on a whole test set."""

import argparse
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import jax

from core.cli.error_boundary import OK
from core.cli.foreign import load_and_read
from core.cli.options import ExperimentOptions
from core.cli.output import STANDARD_OUTPUT, write_json, write_line, write_note
from core.cli.report import accuracy_text, appended_fit, finite, loss_text
from core.cli.resolved_options import ResolvedOptions, choose
from core.data.dataset import Dataset
from core.data.fit import fit_of
from core.files.weights import WeightsFile
from core.platform.compilation_cache import use_compilation_cache
from core.platform.devices import choose_device, describe
from core.training.evaluate import Reading, evaluate
from core.training.program import Program
from core.training.step import Examples
from core.values.counts import counted


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """The keys of the JSON report, in their order.

    Attributes:
        reading: what was found out by trying about weights of another program.
    """

    test_loss: float | None
    test_accuracy: float | None
    examples: int
    parameters: int
    device: str
    data: str
    file: str
    reading: Mapping[str, object] | None
    test_r2: float | None
    test_rmse: float | None


def run(args: argparse.Namespace) -> int:
    """Evaluate and report; returns the exit code."""
    options = replace(ExperimentOptions.of(args), weights=args.weights)
    choice = choose(options, trains=False)
    for note in choice.notes:
        write_note(note)
    use_compilation_cache()
    device = choose_device(options.device)
    choice, dataset = load_and_read(choice, options, download=args.download)
    assert choice.weights is not None
    reading = _read(choice, choice.weights, dataset, device)
    fit = fit_of(dataset, reading.outputs)
    report = EvaluationReport(
        test_loss=finite(reading.loss),
        test_accuracy=reading.accuracy,
        examples=len(dataset.test),
        parameters=choice.weights.spec.parameter_count,
        device=describe(device),
        data=dataset.name,
        file=str(args.weights),
        reading=choice.reading,
        test_r2=fit.r2,
        test_rmse=fit.rmse,
    )
    if args.json is not None:
        write_json(args.json, asdict(report))
    if args.json != STANDARD_OUTPUT:
        of = choice.experiment.data.tested_on
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


def _write_summary(
    report: EvaluationReport, weights: WeightsFile, of: str, fit: str
) -> None:
    parameters = counted(report.parameters, "parameter")
    write_line(f"{weights.spec}, {parameters}, on {report.data}")
    accuracy = accuracy_text(report.test_accuracy, of)
    count = counted(report.examples, "example")
    count = f" of {count}" if accuracy else f", mean of {count}"
    write_line(f"{of} loss {loss_text(report.test_loss)}{accuracy}{count}{fit}")
