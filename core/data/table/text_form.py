"""How a table is written as text: its separator, decimal mark, header, encoding."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.data.table.notation import COMMA, POINT
from core.platform.ordinary_files import read_start
from core.values.errors import DataError
from core.values.words import tr

SEPARATORS: Final = (",", "\t", ";", "|")
_LINES: Final = 50
_START_BYTES: Final = 2**20
# A megabyte of figures is read once: what a part has taken it does not give back.
_EXPONENT: Final = r"(?:[eE][-+]?\d++)?"
_DECIMAL_COMMA: Final = re.compile(rf"\s*+[-+]?\d++,\d++{_EXPONENT}\s*+")
_NUMBER: Final = re.compile(rf"\s*+[-+]?(?:\d++(?:[.,]\d*+)?|[.,]\d++){_EXPONENT}\s*+")
_NAMES: Final = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}


@dataclass(frozen=True, slots=True)
class TextForm:
    """The form of a table in a text file.

    Attributes:
        separator: between two columns.
        has_decimal_comma: numbers are written as 0,5.
        has_header: the first line names the columns.
        encoding: "utf8", or as Python names others.
        skipped: lines before the table, such as Excel's "sep=;".
    """

    separator: str
    has_decimal_comma: bool
    has_header: bool
    encoding: str
    skipped: int = 0

    @property
    def title(self) -> str:
        """In words: "CSV (semicolon, decimal comma)"."""
        mark = ", decimal comma" if self.has_decimal_comma else ""
        if self.separator == "\t":
            return "TSV" + mark.replace(", ", " with ")
        return f"CSV ({_NAMES[self.separator]}{mark})"


def text_form(path: Path, *, is_comma_known: bool = False) -> TextForm:
    """Find the form from the start of the file.

    Args:
        path: of the file.
        is_comma_known: whether a comma is known to be the decimal sign, so that the
            one of 2,5 parts no columns where the names have none.

    Raises:
        DataError: it is empty, or no text.
    """
    start = read_start(path, _START_BYTES)
    encoding = _encoding(path, start)
    # What was cut off in the middle of a letter is no fault of the file.
    text = start.decode(encoding, errors="ignore").removeprefix("\ufeff")
    lines = [line for line in text.splitlines() if line.strip()]
    if len(start) == _START_BYTES and len(lines) > 1:
        lines = lines[:-1]
    skipped = 0
    if lines and re.fullmatch(r"sep=.", lines[0].strip("\r\n")):
        lines, skipped = lines[1:], 1
    if not lines:
        msg = tr(
            "{path}: is empty; expected a table with a line for each example", path=path
        )
        raise DataError(msg)
    lines = lines[:_LINES]
    is_whole = is_comma_known and "," not in lines[0]
    separator = _separator(lines, SEPARATORS[1:] if is_whole else SEPARATORS)
    rows = list(csv.reader(lines, delimiter=separator))
    return TextForm(
        separator,
        separator != "," and _is_mostly_decimal_comma(rows, separator),
        not any(_NUMBER.fullmatch(field) for field in rows[0]),
        encoding,
        skipped,
    )


def wrong_line(path: Path, form: TextForm) -> tuple[int, int, int] | None:
    """The first line with another number of fields: its number, theirs, its own."""
    width = 0
    for line, own in _widths(path, form):
        width = width or own
        if own != width:
            return line, width, own
    return None


def short_lines(path: Path, form: TextForm) -> tuple[int, int, int] | None:
    """How many lines have too few fields, the first one's number, and its fields."""
    width = count = first = fields = 0
    for line, own in _widths(path, form):
        width = width or own
        if 0 < own < width:
            count += 1
            if count == 1:
                first, fields = line, own
    return (count, first, fields) if count else None


def _widths(path: Path, form: TextForm) -> Iterator[tuple[int, int]]:
    """The number of each line that is not empty, and how many fields it has.

    A line that cannot be read is the last one, with 0 fields.
    """
    encoding = "utf-8-sig" if form.encoding == "utf8" else form.encoding
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        for _ in range(form.skipped):
            stream.readline()
        reader = csv.reader(stream, delimiter=form.separator)
        try:
            for row in reader:
                if row:
                    yield reader.line_num + form.skipped, len(row)
        except csv.Error:
            yield reader.line_num + form.skipped, 0


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in start:
        msg = tr("{path}: is no text; expected a CSV, TSV or Parquet file", path=path)
        raise DataError(msg)
    try:
        start.decode("utf8")
    except UnicodeDecodeError as error:
        if error.end < len(start) - 4:
            return "cp1252"
    return "utf8"


def _separator(lines: Sequence[str], separators: Sequence[str]) -> str:
    """The one that parts most lines into the same number of fields, more than one."""

    def rank(separator: str) -> tuple[float, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator)]
        usual = max(set(widths), key=widths.count)
        if usual == 1:
            return 0.0, 0
        return widths.count(usual) / len(widths), usual

    return max(separators, key=rank)


def _is_mostly_decimal_comma(rows: Sequence[Sequence[str]], separator: str) -> bool:
    fields = [field.strip() for row in rows for field in row]
    commas = sum(COMMA.is_certain(field) for field in fields)
    points = sum(POINT.is_certain(field) for field in fields)
    if commas != points:
        return commas > points
    # 1,957 and 3.274 can be read both ways.
    commas = sum(_DECIMAL_COMMA.fullmatch(field) is not None for field in fields)
    points = sum(
        "." in field and _NUMBER.fullmatch(field) is not None for field in fields
    )
    # Semicolons part columns where the comma is taken.
    return commas > points or (separator == ";" and commas == points > 0)
