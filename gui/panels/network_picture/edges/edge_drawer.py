"""The window's link to the thread that draws the edges.

One thread draws for all windows. The main thread asks for a picture, looks every
millisecond whether it is done, and never waits. Only the newest request counts:
whatever was requested while a picture was drawn is drawn next, once.
"""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from gui.panels.network_picture.edges.edge_picture import EdgePicture
from gui.panels.network_picture.edges.edge_request import DrawnEdges, EdgeRequest

POLL_MILLISECONDS: Final = 1
SLOWEST_PACE: Final = 0.05
"""Maximum seconds between two pictures while training needs the cores."""
FIRST_STEP_SECONDS: Final = 0.15
"""How long the edges of a new run leave the cores to its first step.

SciPy is imported for them as well."""
BEHIND_SECONDS: Final = 0.1
"""How long the edges may lag more than one view before the picture shows it."""


@cache
def _drawing_thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="edges")


class EdgeDrawer(QObject):
    """Keeps the newest finished picture and has the requested one drawn.

    Signals:
        edges_drawn: `drawn` and `image` are new.
    """

    edges_drawn = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drawn: DrawnEdges | None = None
        self.image = QImage()
        self.draws = 0
        self._picture = EdgePicture()
        self._wanted: EdgeRequest | None = None
        self._drawing: EdgeRequest | None = None
        self._job: Future[DrawnEdges | None] | None = None
        self._superseded = Event()
        self._begun_at = 0.0
        # Running numbers of views with other values: newest, being drawn, shown.
        self._newest = self._under_way = self._last = 0
        self._behind_since: float | None = None
        # Requests of the same moment (a view, a new size) become one.
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(0)
        self._begin.timeout.connect(self._on_begin_timeout)
        self._poll = QTimer(self)
        self._poll.setTimerType(Qt.TimerType.PreciseTimer)
        self._poll.setInterval(POLL_MILLISECONDS)
        self._poll.timeout.connect(self._on_poll_timeout)

    @property
    def is_settled(self) -> bool:
        """Whether `image` shows the newest request."""
        return self._wanted is None or self._wanted.same(self._shown)

    @property
    def is_behind(self) -> bool:
        """Whether some edges have lagged more than one view for a while."""
        if self.drawn is not None and self.drawn.is_mixed:
            return True
        since = self._behind_since
        return since is not None and time.monotonic() - since > BEHIND_SECONDS

    def want(self, request: EdgeRequest) -> bool:
        """Request a picture; False when it is already there."""
        if not request.same_values(self._wanted):
            self._newest += 1
        self._wanted = request
        if request.same(self._shown):
            self._last = self._newest
        self._watch_lag()
        if self.is_settled:
            return False
        if self._drawing is None:
            self._begin_when_due()
        elif not request.same_place(self._drawing):
            self._superseded.set()
        return True

    def give_up(self) -> None:
        """Cancel what is being drawn: the picture is not visible."""
        self._begin.stop()
        self._superseded.set()
        self._wanted = self._shown

    @property
    def _shown(self) -> EdgeRequest | None:
        return self.drawn.request if self.drawn is not None else None

    def _watch_lag(self) -> None:
        if self._newest - self._last <= 1:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = time.monotonic()

    def _begin_when_due(self) -> None:
        """Begin at once, or with pauses while training needs the cores."""
        wait, wanted = 0.0, self._wanted
        if wanted is not None and wanted.playing:
            if self.drawn is not None:
                pace = min(2 * self.drawn.seconds, SLOWEST_PACE)
                wait = max(self._begun_at + pace - time.monotonic(), 0.0)
            elif wanted.view.snapshot.step == 0:
                wait = FIRST_STEP_SECONDS
        milliseconds = round(1000 * wait)
        if not self._begin.isActive() or milliseconds < self._begin.remainingTime():
            self._begin.start(milliseconds)

    def _on_begin_timeout(self) -> None:
        request = self._wanted
        if self._drawing is not None or request is None or self.is_settled:
            return
        self.draws += 1
        self._drawing, self._under_way = request, self._newest
        self._begun_at = time.monotonic()
        self._superseded = Event()
        self._job = _drawing_thread().submit(
            self._picture.draw, request, self._superseded.is_set
        )
        self._poll.start()

    def _on_poll_timeout(self) -> None:
        job = self._job
        if job is None or not job.done():
            return
        self._poll.stop()
        self._job = self._drawing = None
        drawn = job.result()
        if drawn is not None:
            self._take(drawn)
        if not self.is_settled:
            self._begin_when_due()
        if drawn is not None:
            self.edges_drawn.emit()

    def _take(self, drawn: DrawnEdges) -> None:
        self.drawn = drawn
        self._last = self._under_way
        self._watch_lag()
        height, width = drawn.pixels.shape
        self.image = QImage(
            drawn.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
        self.image.setDevicePixelRatio(drawn.request.ratio)
