"""What is to be written to a file that the user has yet to name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple


class FileKind(NamedTuple):
    """A kind of file.

    Attributes:
        title: for the user.
        ending: of its name, such as `.csv`.
        variant: tells kinds with the same ending apart, for whoever writes.
        is_openable: whether the window can open it again, where some can be.
    """

    title: str
    ending: str
    variant: str = ""
    is_openable: bool = True


CSV: Final = FileKind("CSV", ".csv")


@dataclass(frozen=True, slots=True, eq=False)
class SaveRequest:
    """Values as they are at the request, whatever goes on.

    Attributes:
        what: names them at the beginning of a sentence: "Curves", "Experiment".
        name: of the file, until the user chooses another.
        kinds: that it may be written as; the first unless another is chosen.
        write: writes the file whole or not at all, in another thread; a FileError
            says why it cannot. What it returns is said after the name.
        write_kind: the same for a chosen kind; None where all are written alike.
        is_openable: whether the window can open the file again.
    """

    what: str
    name: str
    kinds: tuple[FileKind, ...]
    write: Callable[[Path], str | None]
    is_openable: bool = False
    write_kind: Callable[[Path, FileKind], str] | None = None
