"""Makes all Python classes of Qt on the main thread.

PySide makes each when it is first asked for. When two threads ask at once, such as the
event loop and an import, the program crashes now and then.
"""

import time
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from PySide6 import QtCore, QtGui, QtWidgets

MODULES: tuple[ModuleType, ...] = (QtCore, QtGui, QtWidgets)


def make_qt_classes(seconds: float) -> bool:
    """Make classes for this long; True when all exist."""
    end = time.perf_counter() + seconds
    return all(time.perf_counter() < end for _ in _classes())


@cache
def _classes() -> Iterator[object]:
    """One iterator for the whole program, so that each class is made once."""
    return (getattr(module, name) for module in MODULES for name in dir(module))
