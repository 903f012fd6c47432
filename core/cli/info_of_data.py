"""What a file or folder of data holds, for `glassbox info`."""

from pathlib import Path
from typing import Any, Final

from core.cli.own_data import usual_for
from core.data.dataset import Dataset
from core.data.file import holds_examples, open_source, understand, usual_experiment
from core.data.picture_file import is_picture
from core.data.source import Source
from core.data.table.overview import Overview
from core.experiment.rules import FILE
from core.files.export import csv_form
from core.values.errors import DataError, ExperimentError
from core.values.words import tr

_OF_A_NETWORK: Final = (".eqx",)
"""They begin as an array does, and are networks."""


def may_be_data(path: Path) -> bool:
    """Whether something is to be read as data first."""
    if path.is_dir():
        return True
    return path.suffix.lower() not in _OF_A_NETWORK and holds_examples(path)


def report_of_data(path: Path) -> dict[str, Any]:
    """What data are, and how they would be understood.

    A table is told also where nothing could be learned from it; then with the reason.

    Raises:
        DataError: it is no data, or damaged.
    """
    if path.is_file() and csv_form.is_own(path):
        return {"kind": tr("table of all weights of a network, by Glassbox")}
    settings = usual_experiment(path).data
    source = open_source(settings)
    overview = None if source.table is None else source.table.overview
    try:
        return _understood(path, source, overview)
    except (DataError, ExperimentError) as error:
        if overview is None:
            raise
        return {"kind": overview.form, **_table(overview), "reason": str(error)}


def report_of_picture(path: Path) -> dict[str, Any] | None:
    """Of a picture, for a network to answer to; None where it is none.

    Raises:
        FileError: it is damaged.
    """
    if not is_picture(path):
        return None
    # Imported here: Pillow is not needed for anything else.
    from core.data.own_picture.picture import read_own_picture

    columns, rows = read_own_picture(path).size
    return {"kind": "picture", "shape": [rows, columns]}


def _understood(
    path: Path, source: Source, overview: Overview | None
) -> dict[str, Any]:
    understood = understand(usual_experiment(path), source=source)
    name = usual_for(path).data.name
    data, found = understood.experiment.data, understood.found
    table = overview or found.overview
    dataset = found.dataset
    report = {
        "kind": "images" if dataset.image_shape else "data",
        "data": None if name == FILE else name,
        "target": list(data.target) if data.target else None,
        "answers": data.answers,
        "classes": list(dataset.class_names),
        "inputs": dataset.n_inputs,
        "train": len(dataset.train),
        "test": len(dataset.test),
        "remarks": list(understood.remarks),
    }
    if table is not None:
        return {**report, "kind": table.form, **_table(table)}
    return {**report, **_examples(dataset)}


def _table(overview: Overview) -> dict[str, Any]:
    columns = [{"name": c.name, "holds": c.kind} for c in overview.columns]
    return {"rows": overview.n_rows, "columns": columns}


def _examples(dataset: Dataset) -> dict[str, Any]:
    parts = (dataset.train, dataset.test, dataset.validation)
    count = sum(len(part) for part in parts if part is not None)
    shape = list(dataset.picture_shape) if dataset.image_shape else [dataset.n_inputs]
    return {"rows": count, "shape": shape}
