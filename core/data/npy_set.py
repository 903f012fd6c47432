"""Data in .npy files that belong together by their names: x.npy and y.npy.

A .npy file holds one array and no name, so the file's own name says what it is, as the
names within a .npz file do.
"""

from pathlib import Path
from typing import Final

from core.data.array_data import EXPECTED, of_arrays, role_of
from core.data.found import Found
from core.data.npy_arrays import read_arrays
from core.experiment.model import DataSettings
from core.values.errors import DataError
from core.values.words import tr

ENDING: Final = ".npy"


def npy_files(folder: Path) -> dict[str, Path]:
    """The arrays of examples in a folder, by the names of the files."""
    return {
        path.stem: path
        for path in sorted(folder.iterdir())
        if path.suffix.lower() == ENDING
        and not path.name.startswith(".")
        and role_of(path.stem) is not None
        and path.is_file()
    }


def files_with(file: Path) -> dict[str, Path]:
    """A .npy file with those beside it that its name goes with.

    A whole, x and y, goes with nothing that is parted, x_train and y_train, and the
    reverse.
    """
    own = role_of(file.stem)
    found = {file.stem: file}
    if own is None:
        return found
    taken = {own}
    for name, path in npy_files(file.parent).items():
        role = role_of(name)
        if role is None or role in taken or bool(role.part) != bool(own.part):
            continue
        taken.add(role)
        found[name] = path
    return found


def read_npy_file(file: Path, settings: DataSettings) -> Found:
    """Read a .npy file with those beside it.

    Raises:
        DataError: begins with the path; says what is there and what is expected.
    """
    return _read(file, files_with(file), settings)


def read_npy_folder(folder: Path, settings: DataSettings) -> Found:
    """Read the .npy files of a folder.

    Raises:
        DataError: begins with the folder.
    """
    return _read(folder, npy_files(folder), settings)


def _read(source: Path, files: dict[str, Path], settings: DataSettings) -> Found:
    arrays = {name: read_arrays(path)[""] for name, path in files.items()}
    roles = {role for name in files if (role := role_of(name)) is not None}
    for is_answer in (False, True):
        if not any(role.is_answer == is_answer for role in roles):
            held = ", ".join(
                f"{path.name} {arrays[n].shape}" for n, path in files.items()
            )
            msg = tr(
                "{source}: of arrays in .npy files, {held} is there; expected "
                "{expected}, each in a file of that name in one folder",
                source=source,
                held=held,
                expected=EXPECTED,
            )
            raise DataError(msg)
    names = ", ".join(path.name for path in files.values())
    try:
        return of_arrays(arrays, settings, str(source), f"NumPy arrays ({names})")
    except DataError as error:
        msg = f"{source}: {error}"
        raise DataError(msg) from None
