"""Lets a list get the focus without selecting a row."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractItemView


@contextmanager
def without_selection(rows: QAbstractItemView) -> Iterator[None]:
    """Wraps a `focusInEvent`, in which Qt would make the first row current."""
    choice = rows.selectionModel()
    was_chosen = choice.currentIndex().isValid()
    with QSignalBlocker(choice):
        yield
        if not was_chosen:
            choice.clearCurrentIndex()
