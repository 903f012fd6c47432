"""What a file really is, by its first bytes, whatever its name."""

from pathlib import Path
from typing import Final

_KINDS: Final = (
    (b"PK\x03\x04", "a ZIP archive, such as Excel's .xlsx; save the sheet as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"SQLite format 3", "a data base (SQLite)"),
    (b"\x93NUMPY", "a NumPy array (.npy)"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls); save the sheet as CSV"),
    (b"\x00\x00\x08", "an IDX file; name the folder with its four files"),
)


def other_kind(path: Path) -> str:
    """What a file is that holds no table, in words; empty where it may hold one."""
    with path.open("rb") as stream:
        return kind_of_start(stream.read(512))


def kind_of_start(start: bytes) -> str:
    """What a file is that begins so; empty where that is not known."""
    for magic, kind in _KINDS:
        if start.startswith(magic):
            return kind
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "an HTML page, perhaps of a login; download the file itself"
    if text.startswith(b"<?xml"):
        return "an XML file"
    if text.startswith((b"{", b"[{", b"[[")):
        return "a JSON file"
    return ""
