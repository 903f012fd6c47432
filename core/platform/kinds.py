"""What a file really is, by its first bytes, whatever its name."""

import re
import zipfile
from pathlib import Path
from typing import Final

from core.platform.archives import ARCHIVE_DAMAGES
from core.platform.ordinary_files import read_start

START_BYTES: Final = 512
OWN_KIND: Final = "an experiment (TOML)"
_ZIP: Final = b"PK\x03\x04"
_KINDS: Final = (
    (_ZIP, "a ZIP archive, such as Excel's .xlsx; save the sheet as CSV"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"SQLite format 3", "a data base (SQLite)"),
    (b"\x93NUMPY", "a NumPy array (.npy)"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls); save the sheet as CSV"),
    (b"\x00\x00\x08", "an IDX file; name the folder with its four files"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a table in Parquet"),
    (
        b"version https://git-lfs",
        "a pointer of Git LFS; fetch the file itself with `git lfs pull`",
    ),
)
_ZIPS: Final = (
    (
        "/data.pkl",
        "a network of PyTorch, which opens in the window, with --open or by "
        "`glassbox evaluate`",
    ),
    (
        "/model.weights.h5",
        "a network of Keras, which opens in the window, with --open or by "
        "`glassbox evaluate`",
    ),
    ("/xl/", "an Excel sheet (.xlsx); save the sheet as CSV"),
    ("/word/", "a Word document (.docx)"),
)
"""A part of a name within an archive, and what the archive is."""
_SEPARATORS: Final = (",", ";", "\t", "|")
_MOST_IN_PROSE: Final = 8
"""Separators that a line alone has at least, to be one of a table."""
_PICKLE: Final = re.compile(rb"\x80[\x02-\x05][\x95cX}\]()]")
_EXPERIMENT: Final = re.compile(rb"\s*\[(?:data|network|training)\]\s")
_PAGES: Final = (b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")
_MOST_HEADER: Final = 2**27


def other_kind(path: Path) -> str:
    """What a file is that holds no table, in words; empty where it may hold one."""
    kind = kind_of_file(path)
    return "" if kind == "a table in Parquet" else kind


def kind_of_file(path: Path) -> str:
    """What a file is, in words; empty where that is not known.

    Raises:
        OSError: it cannot be read.
    """
    start = read_start(path, START_BYTES)
    return (start.startswith(_ZIP) and _kind_of_zip(path)) or kind_of_start(start)


def is_text_table(start: bytes) -> bool:
    """Whether a file that begins so is a table as text: lines of as many fields."""
    is_cut = len(start) >= START_BYTES
    try:
        # The last character may be cut in two.
        text = start.decode("utf-8-sig", "ignore" if is_cut else "strict")
    except UnicodeDecodeError:
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    if is_cut and len(lines) > 1:
        del lines[-1]
    if not lines or not all(map(_is_printable, lines)):
        return False
    least = 1 if len(lines) > 1 else _MOST_IN_PROSE
    return any(
        len({line.count(separator) for line in lines}) == 1
        and lines[0].count(separator) >= least
        for separator in _SEPARATORS
    )


def _is_printable(line: str) -> bool:
    return line.replace("\t", "").isprintable()


def _kind_of_zip(path: Path) -> str:
    """What an archive is by the names in it; empty where it is damaged or another."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, *ARCHIVE_DAMAGES):
        return ""
    for mark, kind in _ZIPS:
        if any(mark in f"/{name}" for name in names):
            return kind
    if names and all(name.endswith(".npy") for name in names):
        return "an archive of NumPy arrays (.npz)"
    return ""


def kind_of_start(start: bytes) -> str:
    """What a file is that begins so; empty where that is not known."""
    for magic, kind in _KINDS:
        if start.startswith(magic):
            return kind
    if _PICKLE.match(start):
        return "a pickle, which can run programs and is never opened"
    if start[8:9] == b"{" and int.from_bytes(start[:8], "little") < _MOST_HEADER:
        return "a safetensors file, which holds the weights of a network"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_PAGES):
        return "an HTML page, perhaps of a login; download the file itself"
    if text.startswith(b"<?xml"):
        return "an XML file"
    if text.startswith((b"{", b"[{", b"[[")):
        return "a JSON file"
    return OWN_KIND if _EXPERIMENT.match(text) else ""
