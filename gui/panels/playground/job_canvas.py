"""Base of the playground's pictures, whose contents another thread computes."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.runtime.worker import Keeps, Worker
from gui.session.responses import SLOWEST_PACE
from gui.session.view_state import View
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

    def want(
        self,
        key: object,
        job: Callable[[], object],
        *,
        playing: bool,
        done: Callable[[object], None] | None = None,
    ) -> None:
        """Have a job done, which is the same as before if its key is.

        Args:
            key: what the job is of.
            job: touches no widgets.
            playing: whether training needs the cores, too.
            done: takes its result; else `take_result` does.
        """
        pause = SLOWEST_PACE if playing else 0.0
        self._worker.want(key, job, done or self.take_result, longest_pause=pause)

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


class ViewCanvas(JobCanvas):
    """Draws a View by a job: what is painted may be of an earlier one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._view: View | None = None
        self._drawn_view: View | None = None

    @property
    def shown(self) -> View | None:
        """The view whose network is painted; before the first picture the newest."""
        painted, view = self._drawn_view, self._view
        if painted is None or view is None or painted.params is view.params:
            return view
        return painted

    def show_newest(self, view: View | None) -> None:
        """Have this view drawn; nothing of another run stays."""
        old, self._view = self._view, view
        if view is None or old is None or view.run.run_id != old.run.run_id:
            self._drawn_view = None

    def want_of(self, view: View, key: object, job: Callable[[], object]) -> None:
        """Have a job of a view done."""
        done = partial(self._take_of, view)
        self.want(key, job, playing=view.snapshot.playing, done=done)

    def _take_of(self, view: View, result: object) -> None:
        newest = self._view
        if newest is not None and newest.run.run_id == view.run.run_id:
            self._drawn_view = view
            self.take_result(result)
