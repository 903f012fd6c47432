"""Results go to standard output, everything else to standard error."""

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from core.cli.patience import aside
from core.platform import atomic
from core.values.errors import FileError
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


def flush_results() -> None:
    """Hand the results on to whoever reads standard output.

    Raises:
        FileError: they cannot be written there, e.g. to a full disk.
        BrokenPipeError: nobody reads them any more.
    """
    with _refusing_results():
        sys.stdout.flush()


@contextlib.contextmanager
def _refusing_results() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        msg = f"standard output: cannot be written: {error.strerror or error}"
        raise FileError(msg) from None


def _write(text: str, *, error: bool = False) -> None:
    if error:
        _write_anything(text, error=True)
    else:
        with _refusing_results():
            _write_anything(text, error=False)


def _write_anything(text: str, *, error: bool) -> None:
    stream = sys.stderr if error else sys.stdout
    with aside():
        try:
            stream.write(text)
        except UnicodeEncodeError:
            # A file name, or a terminal with a smaller character set than Python.
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
