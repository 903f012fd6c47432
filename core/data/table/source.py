"""Reads a table from its file, whatever its form."""

import csv
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from core.data.table.cells import MISSING, Asked, tidied, without_spaces
from core.data.table.notation import notation_of
from core.data.table.preparation import (
    NumberColumn,
    Preparation,
    WordColumn,
    listed,
)
from core.data.table.text_form import (
    TextForm,
    short_lines,
    text_form,
    wrong_line,
)
from core.data.table.trial_read import survives
from core.platform.kinds import kind_of_file, other_kind
from core.platform.native_errors import silent_where_raised
from core.platform.ordinary_files import check_ordinary, read_start
from core.values.errors import DataError
from core.values.words import plural, tr

if TYPE_CHECKING:
    import polars as pl

MOST_COLUMNS: Final = 100_000
MOST_BYTES: Final = 2**33
"""Of a table's file, as text or packed: it has to fit in memory several times over."""
ACCEPTED: Final = tr("a table in CSV, TSV or Parquet")

_PARQUET: Final = b"PAR1"
_LOOKED_AT: Final = 10_000


class ReadTable(NamedTuple):
    """A table in memory.

    Attributes:
        form: in words.
        first_line: number of the first row's line in the file.
        said: what the user should know of its lines; may be empty.
        has_decimal_comma: whether its numbers are written as 0,5.
    """

    frame: "pl.DataFrame"
    form: str
    first_line: int
    said: str = ""
    has_decimal_comma: bool = False


def read_frame(path: Path, given: Preparation | None = None) -> ReadTable:
    """Read a table.

    Args:
        path: of the file.
        given: what a network does with a table: it says how numbers are written where
            a text can be read both ways. None where the table decides.

    Raises:
        DataError: begins with the path; says what the file is, or which line is wrong.
    """
    import polars as pl

    # A panic of the library's own code is no Exception in Python.
    damages = (pl.exceptions.PolarsError, pl.exceptions.PanicException, csv.Error)
    try:
        return _read(path, given)
    except (*damages, UnicodeError, OSError) as error:
        raise DataError(f"{path}: {_reason(path, error)}") from None


def _read(path: Path, given: Preparation | None) -> ReadTable:
    check_ordinary(path, MOST_BYTES)
    kind = other_kind(path)
    if kind:
        msg = tr(
            "{path}: this is {kind}; expected {accepted}",
            path=path,
            kind=kind,
            accepted=ACCEPTED,
        )
        raise DataError(msg)
    if read_start(path, len(_PARQUET)) == _PARQUET:
        frame, said = _finite(_checked(path, _parquet(path)))
        return ReadTable(frame, "Parquet", 1, said)
    form = text_form(path, is_comma_known=_has_comma(given))
    frame = _text(path, form)
    found = frame.columns
    if not form.has_header:
        frame.columns = [f"column_{k + 1}" for k in range(frame.width)]
    first_line = form.skipped + 1 + form.has_header
    said = _said_of_lines(path, frame, form)
    texts = partial(_texts, path, form, dict(zip(frame.columns, found, strict=True)))
    try:
        frame, said_of_cells = tidied(frame, form, texts, _asked(given))
    except DataError as error:
        msg = f"{path}: {error}"
        raise DataError(msg) from None
    frame, said_of_numbers = _finite(_checked(path, frame))
    said = "; ".join(filter(None, (said, said_of_cells, said_of_numbers)))
    return ReadTable(frame, form.title, first_line, said, form.has_decimal_comma)


def _has_comma(given: Preparation | None) -> bool:
    return given is not None and given.has_decimal_comma


def _asked(given: Preparation | None) -> Asked | None:
    """What a network says of the texts of its columns; None where it takes none."""
    if given is None or not given.columns:
        return None
    words = {c.name for c in given.columns if isinstance(c, WordColumn)}
    if given.class_names:
        words.update(target.name for target in given.targets)
    notation = notation_of(has_decimal_comma=given.has_decimal_comma)
    numbers = (
        c.name for c in given.columns if isinstance(c, NumberColumn) and not c.is_date
    )
    return Asked(notation, frozenset(words), frozenset(numbers))


def _finite(frame: "pl.DataFrame") -> tuple["pl.DataFrame", str]:
    """With nothing where a number is infinite or none, and a remark on the infinite.

    Whoever counts what is missing, and tells it, then counts them too.
    """
    import polars as pl

    infinite: dict[str, int] = {}
    for place, series in enumerate(frame):
        if not series.dtype.is_float() or series.is_finite().all():
            continue
        count = int(series.is_infinite().sum())
        if count:
            infinite[series.name] = count
        finite = pl.when(series.is_finite()).then(series)
        frame.replace_column(place, pl.select(finite.alias(series.name)).to_series())
    if not infinite:
        return frame, ""
    count = sum(infinite.values())
    said = plural(
        count,
        "1 infinite number in {names} counts as missing",
        "{n:,} infinite numbers in {names} count as missing",
        n=count,
        names=listed([repr(name) for name in infinite]),
    )
    return frame, said


def _said_of_lines(path: Path, frame: "pl.DataFrame", form: TextForm) -> str:
    """Which lines end too early; what they lack is missing, and not an error."""
    if frame.width < 2 or not frame[frame.columns[-1]].null_count():
        return ""  # a line with too few fields has none for the last column
    found = short_lines(path, form)
    if found is None:
        return ""
    count, line, fields = found
    return plural(
        count,
        "line {line} has {fields} of {width} fields: the others count as missing",
        "{n:,} lines have too few fields, the first of them is line {line} with "
        "{fields} of {width}: what they lack counts as missing",
        n=count,
        line=line,
        fields=fields,
        width=frame.width,
    )


def _reason(path: Path, error: BaseException) -> str:
    """Why a file cannot be read, as words after its path."""
    if isinstance(error, UnicodeDecodeError):
        return tr(
            "byte {start:,} is no letter in {encoding}, as which it "
            "begins; save it as UTF-8",
            start=error.start + 1,
            encoding=error.encoding,
        )
    if isinstance(error, UnicodeError):
        return tr("is no text in UTF-8 or Windows-1252; save it as UTF-8")
    if isinstance(error, OSError):
        return tr("cannot be read: {value}", value=error.strerror or error)
    reason = str(error).strip().partition("\n")[0]
    if kind_of_file(path) == "a table in Parquet":
        # A panic says in which line of the library, and nothing of the file.
        told = f" ({reason})" if isinstance(error, Exception) else ""
        reason = tr("it is a Parquet file, cut off or damaged{told}", told=told)
    return tr("cannot be read as a table: {reason}", reason=reason)


def _parquet(path: Path) -> "pl.DataFrame":
    import polars as pl

    if not survives(path):
        msg = tr("{path}: it is a Parquet file, cut off or damaged", path=path)
        raise DataError(msg)
    with silent_where_raised(pl.exceptions.PanicException):
        return pl.read_parquet(path, memory_map=True, glob=False)


def _text(path: Path, form: TextForm) -> "pl.DataFrame":
    import polars as pl

    try:
        return _text_by(path, form, _LOOKED_AT)
    except pl.exceptions.ComputeError:
        # A later line does not go with the types of the first ones, or is too long.
        found = wrong_line(path, form)
        if found is None:
            return _text_by(path, form, None)
        line, width, own = found
        msg = tr(
            "{path}: line {line} has {own} fields where the first line "
            "has {width}; they are taken to be parted as in {title}",
            path=path,
            line=line,
            own=own,
            width=width,
            title=form.title,
        )
        raise DataError(msg) from None


def _texts(
    path: Path, form: TextForm, found: Mapping[str, str], names: Sequence[str]
) -> "pl.DataFrame":
    """Some columns once more, as they are written.

    Args:
        path: of the file.
        form: of the file.
        found: what the reader calls each column: it names those without a header
            otherwise in another encoding.
        names: of the columns.
    """
    own = {found[name]: name for name in names}
    return _text_by(path, form, _LOOKED_AT, list(own)).rename(own)


def _text_by(
    path: Path, form: TextForm, looked_at: int | None, texts: Sequence[str] = ()
) -> "pl.DataFrame":
    """The table by its form, or some of its columns as texts."""
    import polars as pl

    types = dict.fromkeys(texts, pl.String)

    if form.encoding == "utf8":
        lazy = pl.scan_csv(
            path,
            separator=form.separator,
            has_header=form.has_header,
            skip_rows=form.skipped,
            null_values=list(MISSING),
            infer_schema_length=looked_at,
            decimal_comma=form.has_decimal_comma,
            schema_overrides=types,
            # A star or a bracket in a name is meant as it stands.
            glob=False,
        )
        wanted = lazy.select(texts) if texts else lazy
        return wanted.collect(engine="streaming")
    return pl.read_csv(
        path,
        separator=form.separator,
        has_header=form.has_header,
        skip_rows=form.skipped,
        null_values=list(MISSING),
        infer_schema_length=looked_at,
        decimal_comma=form.has_decimal_comma,
        encoding=form.encoding,
        schema_overrides=types,
        columns=list(texts) or None,
        glob=False,
    )


def _checked(path: Path, frame: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    if frame.height == 0:
        msg = tr("{path}: the table has no rows", path=path)
        raise DataError(msg)
    if frame.width > MOST_COLUMNS:
        msg = tr(
            "{path}: {width:,} columns; at most {most_columns:,} can be read",
            path=path,
            width=frame.width,
            most_columns=MOST_COLUMNS,
        )
        raise DataError(msg)
    # Whole numbers of more than 64 bits: no other library knows them.
    wide = [n for n, kind in frame.schema.items() if kind in (pl.Int128, pl.UInt128)]
    frame = frame.cast(dict.fromkeys(wide, pl.Float64))
    frame.columns = without_spaces(frame.columns)
    return frame
