"""A file of own data, opened once and understood as often as its settings change."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.data.table.overview import Overview, overview_of
from core.data.table.source import read_frame

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class TableFile:
    """A table in memory.

    Attributes:
        form: in words, "CSV (semicolon)".
        first_line: number of the first row's line in the file.
        overview: its columns and first rows.
    """

    frame: "pl.DataFrame"
    form: str
    first_line: int
    overview: Overview


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file or folder that was opened.

    Attributes:
        hash: of its content then.
        table: what is in it; None for what is no table and is read anew each time.
    """

    path: Path
    hash: str
    table: TableFile | None = None


def open_table(path: Path) -> TableFile:
    """Read a table, and look it over.

    Raises:
        DataError: begins with the path.
    """
    frame, form, line = read_frame(path)
    return TableFile(frame, form, line, overview_of(frame, form))
