"""Keys as they are printed on the keyboard of the user, on macOS with its own signs."""

from PySide6.QtGui import QKeySequence


def key_text(keys: str) -> str:
    """A key sequence such as `Ctrl+Shift+Z` for people."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def with_modifier(modifier: str, what: str) -> str:
    """Something done while a key is held down: `Ctrl` and `wheel`."""
    return key_text(f"{modifier}+A").removesuffix("A") + what
