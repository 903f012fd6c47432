"""Base of the playground's pictures, whose contents another thread computes."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.runtime.newest_job import NewestJob
from gui.style import theme


class JobCanvas(QWidget):
    """Draws the newest result of a job; requests none while it is hidden."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(name)
        self._job = NewestJob(self)
        self._job.finished.connect(self._on_job_finished)

    @property
    def is_settled(self) -> bool:
        """Whether the newest request is drawn."""
        return not self.isVisible() or self._job.is_settled

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

    def _on_job_finished(self, result: object) -> None:
        self.take_result(result)

    def hideEvent(self, event: QHideEvent) -> None:
        self._job.forget()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            painter.fillRect(self.rect(), theme.colour(theme.plane_colour(dark=dark)))
            self.paint(painter, dark=dark)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ask_if_seen()
