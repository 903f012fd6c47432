"""The files that a command is to write, checked before it begins.

Whatever is lost is lost at the end of a long training: a name that is a folder, or the
same for two of the files, or that of a file that the command reads.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from core.cli.error_boundary import UsageError
from core.cli.output import STANDARD_OUTPUT, write_note
from core.experiment.model import DataSettings
from core.files.endings import with_ending
from core.files.export.replacing import (
    check_replaceable,
    check_replaceable_by_checkpoint,
    check_replaceable_by_report,
)
from core.files.spared_data import check_spares_data, is_same_file
from core.platform import atomic
from core.values.errors import FileError
from core.values.words import tr

OUTPUTS: Final = {
    "out": "--out ",
    "answers": "--answers ",
    "target": "",
    "json": "--json ",
    "checkpoint": "--checkpoint ",
}
"""Name in the parsed arguments, and how a message begins that is about it."""
_MAY_REPLACE: Final = {
    "json": check_replaceable_by_report,
    "checkpoint": check_replaceable_by_checkpoint,
}
"""Of results in files of any name: what refuses to replace anything else."""
INPUTS: Final = {
    "experiment": "--experiment",
    "open": "--open",
    "resume": "--resume",
    "weights": "WEIGHTS",
    "images": "IMAGE",
    "source": "IN",
    "file": "FILE",
    "data": "--data",
}
"""Name in the parsed arguments, and as the help names it."""


def check_targets(args: argparse.Namespace) -> None:
    """Check whether the results can be written, and give their names an ending.

    Raises:
        UsageError: a name promises another kind of file, is that of a file that is
            read or of another result, or would replace a file that nobody named.
        FileError: there is no such folder, a folder has that name, or a file that is
            no earlier result of that kind.
    """
    _take_resumed_as_target(args)
    taken = dict(_inputs(args))
    for key, option in OUTPUTS.items():
        value = getattr(args, key, None)
        if value is None or value == STANDARD_OUTPUT:
            continue
        path = Path(value)
        if key not in _MAY_REPLACE:
            path = _named_target(option, path, args.endings)
            setattr(args, key, path)
        _check_place(path)
        for other, use in taken.items():
            if is_same_file(path, other):
                msg = tr(
                    "{option}{path}: {use}; choose another name",
                    option=option,
                    path=path,
                    use=use,
                )
                raise UsageError(msg)
        if not _is_resumed(args, path):
            _MAY_REPLACE.get(key, check_replaceable)(path)
        taken[path] = tr("{option}is written there too", option=option or "OUT ")


def check_targets_spare(args: argparse.Namespace, data: DataSettings) -> None:
    """Check that no result is written over own data, now that they are known.

    Raises:
        FileError: one would be.
    """
    for key in OUTPUTS:
        value = getattr(args, key, None)
        if value is not None and value != STANDARD_OUTPUT:
            check_spares_data(Path(value), data)


def _take_resumed_as_target(args: argparse.Namespace) -> None:
    """A run that goes on is saved where it was, unless another file is named."""
    if getattr(args, "resume", None) is not None and args.checkpoint is None:
        args.checkpoint = args.resume


def _is_resumed(args: argparse.Namespace, path: Path) -> bool:
    """Whether the run that goes on is in that file; what else it is reading it says."""
    resumed: Path | None = getattr(args, "resume", None)
    return resumed is not None and is_same_file(path, resumed)


def _inputs(args: argparse.Namespace) -> Iterator[tuple[Path, str]]:
    for key, name in INPUTS.items():
        value = getattr(args, key, None)
        if key == "resume" and value == getattr(args, "checkpoint", None):
            continue
        paths = value if isinstance(value, list) else [value]
        for path in paths:
            if path is not None:
                yield path, tr("it is the file that is read as {name}", name=name)


def _named_target(option: str, path: Path, endings: Sequence[str]) -> Path:
    """The path with its ending; the first of `endings` is added where it has none."""
    if str(path) == STANDARD_OUTPUT:
        msg = tr(
            "{option}-: only text is written to standard output; name a file",
            option=option,
        )
        raise UsageError(msg)
    if path.exists() and not path.is_file():
        _check_place(path)
    try:
        named = with_ending(path, endings, endings[0])
    except FileError as error:
        msg = f"{option}{error}"
        raise UsageError(msg) from None
    if named == path:
        return path
    if named.exists():
        msg = tr(
            "{option}{path}: {named} is there already; name it in full to replace it",
            option=option,
            path=path,
            named=named,
        )
        raise UsageError(msg)
    write_note(
        tr("{option}{path}: written as {named}", option=option, path=path, named=named)
    )
    return named


def _check_place(path: Path) -> None:
    """Check whether a file can be written there.

    Raises:
        FileError: there is no such folder, a folder has that name, or the file system
            refuses it.
    """
    if not path.parent.is_dir():
        msg = tr(
            "{path}: cannot be written: the folder {parent} does not exist",
            path=path,
            parent=path.parent,
        )
        raise FileError(msg)
    if path.is_dir():
        msg = tr("{path}: cannot be written: it is a folder", path=path)
        raise FileError(msg)
    atomic.try_writing(path)
