"""Tables as files: written as CSV, or as Parquet made of the same lines."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from core.platform import atomic
from core.values.words import tr
from gui.session.save_request import CSV, FileKind, SaveRequest

PARQUET: Final = FileKind(tr("Parquet"), ".parquet")
TABLE_KINDS: Final = (CSV, PARQUET)

Lines = Callable[[], Iterable[bytes]]
"""Gives a table as CSV in parts, the line with the names of the columns first."""


def table_request(what: str, name: str, lines: Lines) -> SaveRequest:
    """To write a table in the form that the user chooses.

    Args:
        what: names it at the beginning of a sentence.
        name: of the file, without its ending.
        lines: its values as they are now, whatever goes on.
    """
    write = partial(_write, lines)
    return SaveRequest(
        what, f"{name}{CSV.ending}", TABLE_KINDS, partial(write, kind=CSV), False, write
    )


def rows_request(what: str, name: str, rows: Sequence[Sequence[str]]) -> SaveRequest:
    """The same for a table that is there as cells; the first row has the names."""
    return table_request(what, name, partial(_lines_of, rows))


def _lines_of(rows: Sequence[Sequence[str]]) -> Iterator[bytes]:
    for row in rows:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerow(row)
        yield stream.getvalue().encode()


def _write(lines: Lines, path: Path, kind: FileKind) -> str:
    if kind == PARQUET:
        atomic.write_bytes(path, as_parquet(b"".join(lines())))
    else:
        atomic.write_chunks(path, lines())
    return ""


def as_parquet(text: bytes) -> bytes:
    """A table as Parquet; the columns have the types that all of their cells have."""
    import polars

    # Every row counts: the first hundred may be whole numbers by chance.
    table = polars.read_csv(text, infer_schema_length=None)
    for column in table.columns:
        # What is not finite makes texts of all numbers of a column.
        if table[column].dtype == polars.String:
            numbers = table[column].cast(polars.Float64, strict=False)
            if numbers.null_count() == table[column].null_count():
                table = table.with_columns(numbers)
    stream = io.BytesIO()
    table.write_parquet(stream)
    return stream.getvalue()
