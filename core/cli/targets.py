"""Names of files that a command is to write."""

from collections.abc import Sequence
from pathlib import Path

from core.cli.error_boundary import UsageError
from core.cli.output import write_note
from core.files.endings import with_ending
from core.values.errors import FileError


def named_target(option: str, path: Path, endings: Sequence[str]) -> Path:
    """The path with its ending; the first of `endings` is added where it has none.

    Raises:
        UsageError: the name promises another kind of file, or a file that nobody named
            would be replaced.
    """
    try:
        named = with_ending(path, endings, endings[0])
    except FileError as error:
        msg = f"{option}{error}"
        raise UsageError(msg) from None
    if named == path:
        return path
    if named.exists():
        msg = f"{option}{path}: {named} is there already; name it in full to replace it"
        raise UsageError(msg)
    write_note(f"{option}{path}: written as {named}")
    return named
