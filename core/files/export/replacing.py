"""What a result may replace: an earlier one of its kind, and nothing else.

A table of weights has the ending of a table of data. Who writes one over the other
loses what no program can make again, so a file that is there is looked at first.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from core.data.array_data import holds_data
from core.files.export import csv_form
from core.files.export.code.script import MARK
from core.files.foreign import json_form
from core.files.safetensors_form import checkpoint_metadata
from core.files.weights import load_weights
from core.platform.kinds import START_BYTES, is_text_table, kind_of_file
from core.platform.ordinary_files import read_bytes, read_start
from core.values.errors import FileError, PartsError
from core.values.words import tr

_LOOKED_AT: Final = 4096


def check_replaceable(path: Path) -> None:
    """Refuse to replace what is no earlier export of the kind of the path's ending.

    An empty file may be replaced, and for weights one that is no file of any kind:
    there is nothing in them to lose.

    Raises:
        FileError: it says what the file is.
    """
    what_is_lost = _LOST.get(path.suffix.lower())
    if what_is_lost is not None:
        ending = path.suffix.lower()
        wanted = tr("{ending} file that Glassbox has written", ending=ending)
        _check(path, what_is_lost, wanted)


def check_replaceable_by_checkpoint(path: Path) -> None:
    """Refuse to replace what is no checkpoint; an empty file may be replaced.

    Raises:
        FileError: it says what the file is.
    """
    _check(path, _other_than_checkpoint, tr("checkpoint"))


def check_replaceable_by_report(path: Path) -> None:
    """Refuse to replace what is no JSON, or JSON that is more than numbers in it.

    Raises:
        FileError: it says what the file is.
    """
    _check(path, _other_than_report, tr("JSON report"))


def _check(path: Path, what_is_lost: Callable[[Path], str], wanted: str) -> None:
    """Refuse to replace a file whose loss would be one; `wanted` might be replaced."""
    if not path.is_file():
        return
    try:
        lost = what_is_lost(path) if path.stat().st_size else ""
    except OSError as error:
        lost = tr("a file that cannot be read ({reason})", reason=error.strerror)
    if lost:
        msg = tr(
            "{path}: is there already: {lost}, and no {wanted}; it would be lost, "
            "choose another name",
            path=path,
            lost=lost,
            wanted=wanted,
        )
        raise FileError(msg)


def _other_than_checkpoint(path: Path) -> str:
    return "" if checkpoint_metadata(path) is not None else _kind(path)


def _other_than_report(path: Path) -> str:
    try:
        told = json.loads(read_bytes(path, json_form.MOST_BYTES))
    except (ValueError, RecursionError):
        return _kind(path)
    if not isinstance(told, dict | list):
        return _kind(path)
    if "nbformat" in told:
        return tr("a notebook")
    return tr("a network in JSON") if _is_network(path) else ""


def _is_network(path: Path) -> bool:
    try:
        load_weights(path)
    except PartsError:
        return True
    except FileError:
        return False
    return True


def _kind(path: Path) -> str:
    return _known_kind(path) or tr("a file of another kind")


def _known_kind(path: Path) -> str:
    """What a file is; empty where that is not known."""
    # What follows the kind is advice to somebody who wants to read it.
    kind = re.split("[;,]", kind_of_file(path))[0]
    if not kind and is_text_table(read_start(path, START_BYTES)):
        return tr("a table")
    return kind


def _sheet(path: Path) -> str:
    kind = _kind(path)
    return "" if kind == "a PDF" else kind


def _picture(path: Path) -> str:
    kind = _kind(path)
    return "" if kind == "a picture (PNG)" else kind


def _weights(path: Path) -> str:
    """Empty for weights of Glassbox, and for what is no file of any kind."""
    if path.suffix.lower() == ".npz" and holds_data(path):
        return tr("a file of data")
    return _network(path, _known_kind(path))


def _model(path: Path) -> str:
    return _network(path, tr("a file of another kind"))


def _json(path: Path) -> str:
    return _network(path, tr("a JSON file"))


def _network(path: Path, other: str) -> str:
    """Empty for a network of Glassbox; `other` for what does not open as one."""
    try:
        weights = load_weights(path)
    except FileError:
        return other
    if weights.foreign is None:
        return ""
    return tr("a network of another program ({form})", form=weights.form)


def _table(path: Path) -> str:
    return "" if csv_form.is_own(path) else tr("a table")


def _script(path: Path) -> str:
    return "" if _has_mark(path) else tr("a Python script")


def _notebook(path: Path) -> str:
    return "" if _has_mark(path) else tr("a notebook")


def _has_mark(path: Path) -> bool:
    """Whether its beginning says who wrote it; lines may break within the words."""
    start = read_start(path, _LOOKED_AT).decode("utf-8", "replace")
    return MARK in " ".join(start.split())


_LOST: Final[Mapping[str, Callable[[Path], str]]] = {
    ".npz": _weights,
    ".safetensors": _weights,
    ".onnx": _model,
    ".json": _json,
    ".csv": _table,
    ".py": _script,
    ".ipynb": _notebook,
    ".pdf": _sheet,
    ".png": _picture,
}
"""By ending: what a file is whose loss would be one; empty for earlier exports."""
