"""Objects that watch one widget for the sake of another, which may go first."""

from PySide6.QtCore import QObject
from shiboken6 import isValid


def outlived_by(watcher: QObject, watched_for: QObject) -> bool:
    """Whether what a watcher cares for is still there; else the watcher goes too.

    To touch what Qt has deleted raises an error, and raised where Qt calls back, in the
    middle of another call, that error ends the program.
    """
    if isValid(watched_for):
        return True
    watcher.deleteLater()
    return False
