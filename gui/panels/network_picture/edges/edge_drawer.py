"""The window's link to the thread that draws the edges.

The main thread asks for a picture and never waits. Only the newest request counts:
whatever was requested while a picture was drawn is drawn next, once.
"""

import time
from functools import partial
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.panels.network_picture.edges.edge_picture import EdgePicture
from gui.panels.network_picture.edges.edge_request import DrawnEdges, EdgeRequest
from gui.runtime.worker import Keeps, Worker

SLOWEST_PACE: Final = 0.05
"""Maximum seconds between two pictures while training needs the cores."""
FIRST_STEP_SECONDS: Final = 0.15
"""How long the edges of a new run leave the cores to its first step.

SciPy is imported for them as well."""
BEHIND_SECONDS: Final = 0.1
"""How long the edges may lag more than one view before the picture shows it."""


class _Drawing:
    """A job for another thread, which gives up when its picture is of no use."""

    def __init__(self, picture: EdgePicture, request: EdgeRequest) -> None:
        self._picture = picture
        self.request = request
        self.superseded = Event()

    def __call__(self) -> DrawnEdges | None:
        return self._picture.draw(self.request, self.superseded.is_set)


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
        self._picture = EdgePicture()
        self._wanted: EdgeRequest | None = None
        self._worker = Worker(self, Keeps.NEWEST)
        # Running numbers of views with other values: the newest, the one shown.
        self._newest = self._last = 0
        self._behind_since: float | None = None

    @property
    def draws(self) -> int:
        """How many pictures were begun."""
        return self._worker.begun

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
            self._worker.forget()
            return False
        self._supersede(unless=request)
        self._submit(request)
        return True

    def give_up(self) -> None:
        """Nobody looks: what is being drawn is not needed."""
        self._worker.forget()
        self._supersede(unless=None)
        self._wanted = self._shown

    @property
    def _shown(self) -> EdgeRequest | None:
        return self.drawn.request if self.drawn is not None else None

    def _watch_lag(self) -> None:
        if self._newest - self._last <= 1:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = time.monotonic()

    def _supersede(self, *, unless: EdgeRequest | None) -> None:
        """Give up the picture under way if it is of another place than this one."""
        drawing = self._worker.under_way
        if isinstance(drawing, _Drawing) and not drawing.request.same_place(unless):
            drawing.superseded.set()

    def _submit(self, request: EdgeRequest) -> None:
        """Draw at once, or while training with pauses: it needs the cores, too."""
        delay = pause = 0.0
        if request.playing and self.drawn is not None:
            pause = SLOWEST_PACE
        elif request.playing and request.view.snapshot.step == 0:
            delay = FIRST_STEP_SECONDS
        done = partial(self._on_drawing_done, self._newest)
        drawing = _Drawing(self._picture, request)
        self._worker.submit(drawing, done, delay=delay, longest_pause=pause)

    def _on_drawing_done(self, number: int, drawn: DrawnEdges | None) -> None:
        if drawn is None:
            return
        self._take(drawn, number)
        if self.is_settled:
            self._worker.forget()
        self.edges_drawn.emit()

    def _take(self, drawn: DrawnEdges, number: int) -> None:
        self.drawn = drawn
        self._last = number
        self._watch_lag()
        height, width = drawn.pixels.shape
        self.image = QImage(
            drawn.pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
        self.image.setDevicePixelRatio(drawn.request.ratio)
