"""The files that were opened or saved last."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from core.values.plain_text import plain
from core.values.words import tr
from gui.runtime.worker import Keeps, Worker

_LONGEST: Final = 160


class RecentMenu(QMenu):
    """Looks in another thread which files are there: a network drive may be gone.

    Signals:
        file_chosen: the path of one.
    """

    file_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Open &recent"), parent)
        self._paths: tuple[Path, ...] = ()
        self._worker = Worker(self, Keeps.NEWEST)
        self.aboutToShow.connect(self._on_about_to_show)

    def show_files(self, paths: Sequence[Path]) -> None:
        """List these, the newest first."""
        self._paths = tuple(paths)
        self.clear()
        for path in self._paths:
            text = plain(str(path), _LONGEST).replace("&", "&&")
            self.addAction(text, partial(self.file_chosen.emit, path))
        self.setEnabled(not self.isEmpty())

    def _on_about_to_show(self) -> None:
        self._worker.submit(partial(_there, self._paths), self._on_looked)

    def _on_looked(self, there: dict[Path, bool]) -> None:
        for action, path in zip(self.actions(), self._paths, strict=True):
            action.setEnabled(there.get(path, True))


def _there(paths: Sequence[Path]) -> dict[Path, bool]:
    return {path: _is_there(path) for path in paths}


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
