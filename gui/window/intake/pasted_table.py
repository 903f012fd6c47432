"""A table from the clipboard, kept as a file: an experiment can be on it like any."""

import csv
import hashlib
from pathlib import Path
from typing import Final

from core.platform.atomic import write_bytes
from core.platform.user_folders import state_folder

FOLDER: Final = "pasted"
_SEPARATORS: Final = ("\t", ";", ",")
_LINES: Final = 20


def is_table(text: str) -> bool:
    """Whether a text has several lines with as many fields each, more than one."""
    lines = [line for line in text.splitlines()[: _LINES + 1] if line.strip()]
    if len(lines) < 2:
        return False
    return any(_fields(lines, separator) > 1 for separator in _SEPARATORS)


def keep_table(text: str) -> tuple[Path, bool]:
    """Write it to the user's folder; the same text is the same file.

    Returns:
        The file, and whether it is a new one.

    Raises:
        OSError: it cannot be written.
    """
    content = "\n".join(text.splitlines()).encode()
    name = hashlib.sha256(content).hexdigest()[:12]
    path = state_folder() / FOLDER / f"pasted-{name}.tsv"
    if path.exists():
        return path, False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, content + b"\n")
    return path, True


def _fields(lines: list[str], separator: str) -> int:
    """How many each line has; 0 where they differ."""
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=separator)}
    except csv.Error:
        return 0
    return widths.pop() if len(widths) == 1 else 0
