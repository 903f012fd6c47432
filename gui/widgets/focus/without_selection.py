"""A list that gets the focus, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractItemView


@contextmanager
def without_selection(rows: QAbstractItemView) -> Iterator[None]:
    """Around a `focusInEvent`: Qt makes a first row current there that nobody chose."""
    choice = rows.selectionModel()
    was_chosen = choice.currentIndex().isValid()
    with QSignalBlocker(choice):
        yield
        if not was_chosen:
            choice.clearCurrentIndex()
