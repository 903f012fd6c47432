"""Files that hold no network at all, named for the user as what they are."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from core.platform.kinds import OWN_KIND, START_BYTES, is_text_table, kind_of_start
from core.platform.ordinary_files import read_start
from core.values.words import tr

EXAMPLES: Final = "these are examples (inputs and answers), not a network's weights"
TEXT_TABLE: Final = tr("this is a table as text, such as a CSV file, and not a network")
_PICTURES: Final = (
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
)
_TEXTS: Final = {
    ".csv": "a table of values (CSV)",
    ".tsv": "a table of values (TSV)",
    ".txt": "a text",
    ".md": "a text",
    ".toml": OWN_KIND,
    ".py": "a Python program",
    ".ipynb": "a notebook",
}
_NEVER_NETWORKS: Final = (
    *("a gzip archive", "a bzip2 archive", "an xz archive", "a 7z archive"),
    *("a RAR archive", "an IDX file", "a data base", "an old Excel file"),
    *("a table in Parquet", "a pointer of Git LFS", OWN_KIND),
)
_IDX: Final = re.compile(r"[-_.]idx\d[-_.](?:ubyte|int)", re.IGNORECASE)
_INPUTS: Final = frozenset(("x", "inputs", "images", "features", "data"))
_ANSWERS: Final = frozenset(("y", "labels", "targets", "target"))
_SPLITS: Final = ("train", "test", "val", "valid", "validation")


def what_it_is(path: Path, start: bytes) -> str:
    """Why a file is no network, by its first bytes and its name; empty if unknown."""
    ending = path.suffix.lower()
    if _IDX.search(path.name):
        return EXAMPLES
    for magic, name in _PICTURES:
        # Two letters alone may begin anything: then the name has to agree.
        if start.startswith(magic) and (len(magic) > 2 or ending == ".bmp"):
            return f"this is a picture ({name}), not a network"
    if start.startswith(b"%PDF"):
        return "this is a PDF document, not a network"
    if ending in _TEXTS:
        really = kind_of_start(start)
        # A network in JSON is one under any name; a pickle has its own advice.
        if really == "a JSON file" or start[:1] == b"\x80":
            return ""
        if really:
            return f"this is {really}"
    kind = _TEXTS.get(ending)
    if kind:
        return f"this is {kind}, not a network"
    packed = kind_of_start(start)
    is_other = any(packed.startswith(known) for known in _NEVER_NETWORKS)
    return f"this is {packed}" if is_other else ""


def told_kind(path: Path) -> str:
    """Why a file is no network; empty if unknown.

    Raises:
        OSError: it cannot be read.
    """
    start = read_start(path, START_BYTES)
    what = what_it_is(path, start)
    return TEXT_TABLE if not what and is_text_table(start) else what


def holds_examples(members: Iterable[str]) -> bool:
    """Whether the arrays of an archive are called as inputs and answers are."""
    names = {_without_split(name.lower().removesuffix(".npy")) for name in members}
    if not names <= _INPUTS | _ANSWERS:
        return False
    return bool(names & _INPUTS and names & _ANSWERS)


def _without_split(name: str) -> str:
    for split in _SPLITS:
        name = name.removesuffix(f"_{split}").removeprefix(f"{split}_")
    return name
