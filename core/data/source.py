"""A file of own data, opened once and understood as often as its settings change."""

from dataclasses import dataclass
from pathlib import Path

from core.data.table.overview import Overview, overview_of
from core.data.table.source import ReadTable, read_frame


@dataclass(frozen=True, slots=True, eq=False)
class TableFile:
    """A table in memory.

    Attributes:
        read: as it was read.
        overview: its columns and first rows.
    """

    read: ReadTable
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
    read = read_frame(path)
    return TableFile(read, overview_of(read.frame, read.form))
