"""`glassbox predict`: run a network on image files or on the rows of tables."""

import argparse
import math
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from core.arrays import FloatArray
from core.cli.error_boundary import FAILED, OK
from core.cli.foreign import as_read, note_unread
from core.cli.image_input import form_of, reader
from core.cli.output import (
    STANDARD_OUTPUT,
    write_error,
    write_json,
    write_line,
    write_note,
)
from core.cli.progress import progress_bar
from core.cli.table_input import Row, in_own_units, rows_of, rows_of_numbers
from core.data.file import TABLE_ENDINGS
from core.data.fit import own_figure
from core.data.normalise import SIDE
from core.data.picture_form import PictureForm
from core.data.scaling import PLAIN, InputScaling
from core.files.weights import WeightsFile, load_weights
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import NO_ANSWER, output_for, said_for
from core.network.numpy.forward import forward_trace
from core.platform.kinds import kind_of_file
from core.values.errors import FileError
from core.values.shares import percent_text
from core.values.words import tr


@dataclass(frozen=True, slots=True)
class Prediction:
    """The network's output for one image or row.

    Attributes:
        file: the image, or the table and the line.
        label: the class that it answers; None for a network without classes, and
            where a perceptron has no answer.
        name: of that class, "none" where there is no answer, or empty.
        probability: that output; None for an output that is no probability.
        outputs: all of them, of classes in label order.
    """

    file: str
    label: int | None
    name: str
    probability: float | None
    outputs: tuple[float, ...]


def run(args: argparse.Namespace) -> int:
    """Predict every readable file; returns the exit code."""
    weights = _weights(args)
    predict = _predictor(args.weights, weights, normalise=not args.no_normalise)
    predictions: list[Prediction] = []
    n_read = 0
    with progress_bar(tr("Predicting"), len(args.images), "file") as bar:
        for path in args.images:
            try:
                predictions.extend(predict(path))
                n_read += 1
            except FileError as error:
                write_error(str(error))
            bar.update()
    pictures = set(map(str, args.images))
    has_picture = any(prediction.file in pictures for prediction in predictions)
    if args.no_normalise and predictions and not has_picture:
        write_note(tr("--no-normalise has no effect: no picture was read"))
    if args.json is not None:
        entries = [asdict(prediction) for prediction in predictions]
        report = {"weights": str(args.weights), "predictions": entries}
        write_json(args.json, report)
    if args.json != STANDARD_OUTPUT:
        for prediction in predictions:
            write_line(_line(prediction))
    return OK if n_read == len(args.images) else FAILED


def _predictor(
    file: Path, weights: WeightsFile, *, normalise: bool
) -> Callable[[Path], list[Prediction]]:
    """Predicts an image, or all rows of a table, as the network was trained on."""
    if weights.preparation is not None and weights.preparation.columns:
        return lambda path: [
            _predict(weights, row.place, row.inputs) for row in rows_of(weights, path)
        ]
    form = form_of(weights)
    read = None if form is None else reader(weights, form, normalise=normalise)

    def predict(path: Path) -> list[Prediction]:
        if path.suffix.lower() in TABLE_ENDINGS and not _shows_picture(path):
            return [_predict(weights, r.place, r.inputs) for r in _rows(weights, path)]
        if form is None or read is None:
            raise _takes_no_images(file, weights)
        return [_predict_image(weights, form, path, read(path))]

    return predict


def _shows_picture(path: Path) -> bool:
    """Whether a file is a picture whatever its name; one that is not there is none."""
    try:
        return kind_of_file(path).startswith("a picture")
    except OSError:
        return False


def _rows(weights: WeightsFile, path: Path) -> Iterator[Row]:
    rows, note = rows_of_numbers(weights, path)
    if note:
        write_note(f"{path}: {note}")
    return rows


def _predict_image(
    weights: WeightsFile, form: PictureForm, path: Path, shades: FloatArray
) -> Prediction:
    inputs = form.inputs_of(shades, _scaling(weights))
    prediction = _predict(weights, str(path), inputs)
    if not shades.any():
        write_note(
            tr("{path}: no ink was found; the answer is to an empty field", path=path)
        )
    return prediction


def _scaling(weights: WeightsFile) -> InputScaling | None:
    """None where shades from 0 to 1 are what the network receives."""
    if weights.pictures is None and weights.scaling == PLAIN:
        return None
    return weights.scaling


def _weights(args: argparse.Namespace) -> WeightsFile:
    """The network, as it reads images where it is another program's."""
    weights = load_weights(args.weights, args.part or "")
    note_unread(weights, tuple(args.data or ()))
    weights, reasons = as_read(weights, tuple(args.data or ()))
    for note in (*reasons, *weights.notes):
        write_note(f"{args.weights}: {note}")
    return weights


def _takes_no_images(path: Path, weights: WeightsFile) -> FileError:
    return FileError(
        tr(
            "{path}: the network {spec} takes {n_inputs} values, and was not trained "
            "on images; an image of {side}x{side} pixels has {side2}",
            path=path,
            spec=weights.spec,
            n_inputs=weights.spec.n_inputs,
            side=SIDE,
            side2=SIDE * SIDE,
        )
    )


def _predict(weights: WeightsFile, path: str, inputs: FloatArray) -> Prediction:
    trace = forward_trace(weights.spec, weights.params, inputs)
    outputs = tuple(float(value) for value in in_own_units(weights, trace.output))
    if not all(math.isfinite(value) for value in outputs):
        msg = tr(
            "{path}: the outputs of this network are not finite numbers", path=path
        )
        raise FileError(msg)
    experiment = weights.experiment
    if experiment is not None and not experiment.data.has_classes:
        return Prediction(path, None, "", None, outputs)
    label = trace.predicted
    if label == NO_ANSWER:
        return Prediction(path, None, "none", None, outputs)
    record = ACTIVATIONS[weights.spec.activations[-1]]
    return Prediction(
        file=path,
        label=label,
        name=weights.class_names[label] if weights.class_names else str(label),
        probability=said_for(record, outputs, label) if record.is_probability else None,
        outputs=outputs,
    )


def _line(prediction: Prediction) -> str:
    probability = prediction.probability
    if prediction.label is None:
        outputs = ", ".join(own_figure(value) for value in prediction.outputs)
        said = (
            tr(
                "{prediction} (outputs {outputs})",
                prediction=prediction.name,
                outputs=outputs,
            )
            if prediction.name
            else outputs
        )
        return f"{prediction.file}: {said}"
    if probability is None:
        shown = output_for(prediction.label, len(prediction.outputs))
        output = own_figure(prediction.outputs[shown])
        certainty = tr("output {output}", output=output)
    else:
        certainty = percent_text(probability)
    return f"{prediction.file}: {prediction.name} ({certainty})"
