"""`glassbox predict`: run a network on images, or on rows of tables and arrays."""

import argparse
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from core.arrays import FloatArray
from core.cli.array_input import ARRAY_ENDINGS, rows_of_arrays
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
from core.data.picture_form import PictureForm
from core.data.scaling import PLAIN, InputScaling
from core.files.weights import WeightsFile, load_weights
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import NO_ANSWER, output_for, said_for
from core.network.numpy.forward import forward_trace
from core.platform.kinds import kind_of_file
from core.values.counts import counted
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
    prepared = weights.preparation
    is_of_table = prepared is not None and bool(prepared.columns)
    form = None if is_of_table else form_of(weights)
    read = None if form is None else reader(weights, form, normalise=normalise)

    def predict(path: Path) -> list[Prediction]:
        ending, is_picture = path.suffix.lower(), _is_picture(path)
        if ending in ARRAY_ENDINGS and not is_picture:
            rows = _noted(path, rows_of_arrays(weights, path))
        elif is_of_table:
            rows = rows_of(weights, path)
        elif ending in TABLE_ENDINGS and not is_picture:
            rows = _noted(path, rows_of_numbers(weights, path))
        elif form is not None and read is not None:
            return [_predict_image(weights, form, path, read(path))]
        else:
            raise _takes_no_images(file, weights, path)
        return [_predict(weights, row.place, row.inputs) for row in rows]

    return predict


def _is_picture(path: Path) -> bool:
    """Whether a file is one whatever its name; what is not there is none."""
    try:
        return kind_of_file(path).startswith("a picture")
    except OSError:
        return False


def _noted(path: Path, read: tuple[Iterator[Row], str]) -> Iterator[Row]:
    rows, note = read
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


def _takes_no_images(file: Path, weights: WeightsFile, path: Path) -> FileError:
    """The refusal of a file that is no table, for a network that takes only numbers."""
    try:
        # What follows the kind is advice to somebody who wants to open it.
        kind = re.split("[;,]", kind_of_file(path))[0] or tr("a file of another kind")
    except OSError as error:
        reason = error.strerror or error
        msg = tr("{path}: cannot be read: {reason}", path=path, reason=reason)
        return FileError(msg)
    return FileError(
        tr(
            "{path}: is {kind}; the network {spec} in {file} takes {values}: name a "
            "table (CSV) or an array (.npz) with a row of them for each prediction",
            path=path,
            kind=kind,
            spec=weights.spec,
            file=file,
            values=counted(weights.spec.n_inputs, "number"),
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
