"""`glassbox info`: what a file is, without data and without training."""

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.cli.error_boundary import OK
from core.cli.info_of_data import may_be_data, report_of_data, report_of_picture
from core.cli.output import STANDARD_OUTPUT, write_json, write_line
from core.data.table.preparation import Column, NumberColumn, listed
from core.experiment.model import Experiment
from core.experiment.presets import read_experiment
from core.files.foreign.description import Candidate, ForeignFile, Part
from core.files.weights import WeightsFile, described
from core.values.counts import counted
from core.values.errors import DataError, FileError
from core.values.words import tr


def run(args: argparse.Namespace) -> int:
    """Say what the file is; returns the exit code."""
    report = _report(args.file, args.part or "")
    if args.json is not None:
        write_json(args.json, report)
    if args.json != STANDARD_OUTPUT:
        for line in _lines(report):
            write_line(line)
    return OK


def _report(path: Path, part: str) -> dict[str, Any]:
    if path.suffix.lower() == ".toml":
        return {"file": str(path), "kind": "experiment", **_of(read_experiment(path))}
    data = None if part else _of_data(path)
    if data is not None:
        return {"file": str(path), **data}
    found = described(path, part)
    if isinstance(found, WeightsFile):
        return {"file": str(path), **_of_weights(found)}
    return {"file": str(path), **_of_foreign(found)}


def _of_data(path: Path) -> dict[str, Any] | None:
    """Of data or a picture; None for what may be a network.

    Raises:
        DataError: they are damaged.
    """
    if not may_be_data(path):
        return report_of_picture(path) if path.is_file() else None
    try:
        return report_of_data(path)
    except DataError:
        # A network in JSON may have the name of a text.
        if path.is_dir() or not _opens_as_network(path):
            raise
        return None


def _opens_as_network(path: Path) -> bool:
    try:
        described(path)
    except FileError:
        return False
    return True


def _of(experiment: Experiment) -> dict[str, Any]:
    spec, training = experiment.spec, experiment.training
    return {
        "layers": list(spec.layer_sizes),
        "activations": list(spec.activations),
        "parameters": spec.parameter_count,
        "data": experiment.data.name,
        "loss": training.loss,
        "optimizer": training.optimizer,
    }


def _of_weights(weights: WeightsFile) -> dict[str, Any]:
    """Of Glassbox's own files, or of a chosen part of another program's."""
    spec, experiment = weights.spec, weights.experiment
    said = [None if a is None else str(a) for a in weights.said_activations]
    return {
        "kind": weights.form,
        "layers": list(spec.layer_sizes),
        "activations": said,
        "parameters": spec.parameter_count,
        "data": None if experiment is None else experiment.data.name,
        **_of_own_data(weights),
        "step": weights.step if weights.foreign is None else None,
        "class_names": list(weights.class_names),
        "inferred": [] if experiment is None else list(experiment.network.inferred),
        "scaling": None if experiment is None else experiment.data.scaling or None,
        "remarks": list(weights.assumptions),
        **_of_further_parts(weights),
    }


def _of_further_parts(weights: WeightsFile) -> dict[str, Any]:
    """The chains in a file that holds more than the one network."""
    parts = () if weights.foreign is None else weights.foreign.parts
    return {"parts": [_of_part(part) for part in parts]} if len(parts) > 1 else {}


def _of_own_data(weights: WeightsFile) -> dict[str, Any]:
    """The file that it was trained on, what it answers, and the columns it takes."""
    told: dict[str, Any] = {}
    data = None if weights.experiment is None else weights.experiment.data
    if data is not None and data.path:
        told["path"] = data.path
    if data is not None and data.target:
        told["target"] = list(data.target)
    if weights.preparation is not None and weights.preparation.columns:
        told["columns"] = [
            {"name": column.name, "holds": _holds(column)}
            for column in weights.preparation.columns
        ]
    elif weights.pictures is not None:
        told["shape"] = [*weights.pictures.shape]
        if weights.pictures.channels > 1:
            told["shape"].append(weights.pictures.channels)
    return told


def _holds(column: Column) -> str:
    if isinstance(column, NumberColumn):
        return tr(
            "numbers, less {mean:.4g}, by {deviation:.4g}",
            mean=column.mean,
            deviation=column.deviation,
        )
    return tr("one of {words}", words=listed(column.categories))


def _of_foreign(file: ForeignFile) -> dict[str, Any]:
    return {
        "kind": file.form,
        "reason": file.reason,
        "parts": [_of_part(part) for part in file.parts],
        "remarks": list(file.remarks),
    }


def _of_part(part: Part) -> dict[str, Any]:
    candidate: Candidate = part.candidates[0]
    return {
        "name": part.name,
        "title": part.title,
        "layers": list(candidate.sizes),
        "activations": [layer.activation for layer in candidate.layers],
    }


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{report['file']}: {report['kind']}"
    if "layers" in report:
        sizes = "-".join(map(str, report["layers"]))
        parameters = counted(report["parameters"], "parameter")
        yield tr("layers: {sizes}, {parameters}", sizes=sizes, parameters=parameters)
        names = (name or tr("(not said)") for name in report["activations"])
        yield tr("activations: {names}", names=", ".join(names))
    yield from _lines_of_data(report)
    for key in ("scaling", "step", "loss", "optimizer"):
        if report.get(key) is not None:
            yield f"{key}: {report[key]}"
    for text in report.get("inferred", ()):
        yield tr("inferred: {text}", text=text)
    if report.get("reason") and "parts" in report:
        yield tr("no fully connected network: {report}", report=report["reason"])
    elif report.get("reason"):
        yield tr("nothing to learn from as it is: {reason}", reason=report["reason"])
    for k, part in enumerate(report.get("parts", ()), 1):
        yield tr("part {k}: {part}", k=k, part=part["title"])
    if report.get("parts"):
        yield tr("a part opens by --part and its number or name")
    yield from report.get("remarks", ())


def _lines_of_data(report: Mapping[str, Any]) -> Iterator[str]:
    """Of data, and of what a network was trained on."""
    for key in ("data", "path", "rows"):
        if report.get(key) is not None:
            yield f"{key}: {report[key]}"
    if report.get("shape"):
        yield tr("shape: {shape}", shape=" x ".join(map(str, report["shape"])))
    if report.get("columns"):
        columns = [f"{c['name']} ({c['holds']})" for c in report["columns"]]
        yield tr("columns: {columns}", columns=listed(columns))
    if report.get("target"):
        yield tr("target: {target}", target=", ".join(report["target"]))
    names = report.get("class_names") or report.get("classes")
    if names:
        yield tr("classes: {report}", report=", ".join(names))
