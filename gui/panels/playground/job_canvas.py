"""Base of the playground's pictures, whose contents another thread computes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.runtime.worker import Keeps, Worker
from gui.session.responses import SLOWEST_PACE
from gui.style import theme
from gui.style.picture_pass import fill_ground


class JobCanvas(QWidget):
    """Draws the newest result of a job; requests none while it is hidden."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(name)
        self._worker = Worker(self, Keeps.NEWEST)

    @property
    def is_settled(self) -> bool:
        """Whether the newest request is drawn."""
        return not self.isVisible() or self._worker.is_idle

    def ask(self) -> None:
        """Request the job for the current contents; called while visible."""
        raise NotImplementedError

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        """Draw on the background, which is already painted."""
        raise NotImplementedError

    def take_result(self, result: object) -> None:
        """Draw this result from now on, unless it is outdated."""
        raise NotImplementedError

    def ask_if_seen(self) -> None:
        """Request the job again if visible: the contents have changed."""
        if self.isVisible():
            self.ask()

    def want(self, key: object, job: Callable[[], object], *, playing: bool) -> None:
        """Have a job done, which is the same as before if its key is."""
        pause = SLOWEST_PACE if playing else 0.0
        self._worker.want(key, job, self.take_result, longest_pause=pause)

    def hideEvent(self, event: QHideEvent) -> None:
        self._worker.forget()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            fill_ground(
                painter, self.rect(), theme.colour(theme.colours(dark=dark).plane)
            )
            self.paint(painter, dark=dark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_if_seen()
