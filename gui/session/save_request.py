"""What is to be written to a file that the user has yet to name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple


class FileKind(NamedTuple):
    """A kind of file by its title and the ending of its name, such as `.csv`."""

    title: str
    ending: str


CSV: Final = FileKind("CSV", ".csv")


@dataclass(frozen=True, slots=True, eq=False)
class SaveRequest:
    """Values as they are at the request, whatever goes on.

    Attributes:
        what: names them at the beginning of a sentence: "Curves", "Experiment".
        name: of the file, until the user chooses another.
        kinds: that it may be written as; the first unless another is chosen.
        write: writes the file whole or not at all, in another thread; a FileError
            says why it cannot.
        is_openable: whether the window can open the file again.
    """

    what: str
    name: str
    kinds: tuple[FileKind, ...]
    write: Callable[[Path], None]
    is_openable: bool = False
