"""Results go to standard output, everything else to standard error."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from core.platform import atomic
from core.values.plain_text import plain

STANDARD_OUTPUT = "-"


def write_line(text: str = "") -> None:
    """Write a line of the result."""
    _write(plain(text) + "\n")


def write_note(text: str) -> None:
    """Write a note for the user that is not part of the result."""
    _write(f"glassbox: {plain(text)}\n", error=True)


def write_error(text: str) -> None:
    """Write the line with the reason of a failure."""
    one_line = plain(" ".join(text.split()))
    _write(f"glassbox: error: {one_line}\n", error=True)


def write_json(target: str, report: Mapping[str, object]) -> None:
    """Write a report to a file, or to standard output for "-".

    Raises:
        FileError: the file cannot be written.
    """
    # A NaN would make the JSON invalid; reports contain None instead.
    text = json.dumps(report, indent=2, allow_nan=False, ensure_ascii=True) + "\n"
    if target == STANDARD_OUTPUT:
        _write(text)
    else:
        atomic.write_bytes(Path(target), text.encode("ascii"))


def _write(text: str, *, error: bool = False) -> None:
    stream = sys.stderr if error else sys.stdout
    try:
        stream.write(text)
    except UnicodeEncodeError:
        # A file name, or a terminal with a smaller character set than Python.
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
