"""What an export may replace: an earlier one of its kind, and nothing else.

A table of weights has the ending of a table of data. Who writes one over the other
loses what no program can make again, so a file that is there is looked at first.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from core.data.array_data import holds_data
from core.files.export import csv_form
from core.files.export.code.script import MARK
from core.files.weights import load_weights
from core.platform.kinds import kind_of_file
from core.platform.ordinary_files import read_start
from core.values.errors import FileError
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
    if what_is_lost is None or not path.is_file():
        return
    try:
        lost = what_is_lost(path) if path.stat().st_size else ""
    except OSError as error:
        lost = tr("a file that cannot be read ({reason})", reason=error.strerror)
    if lost:
        msg = tr(
            "{path}: is there already: {lost}, and no {ending} file that Glassbox has "
            "written; it would be lost, choose another name",
            path=path,
            lost=lost,
            ending=path.suffix.lower(),
        )
        raise FileError(msg)


def _weights(path: Path) -> str:
    """Empty for weights of Glassbox, and for what is no file of any kind."""
    if path.suffix.lower() == ".npz" and holds_data(path):
        return tr("a file of data")
    # What follows the kind is advice to somebody who wants to read it.
    return _network(path, kind_of_file(path).partition(";")[0])


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
}
"""By ending: what a file is whose loss would be one; empty for earlier exports."""
