"""Mouse control of a plot of curves."""

from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath

from gui.widgets.plots.ranges import PLOT_BOUND, STEP_BOUND, Range, bounded_range

_WHEEL: Final = 1.02
_MOST_NOTCHES: Final = 500.0


class CurveViewBox(pg.ViewBox):  # type: ignore[misc]
    """Wheel and drag move the steps shown; on the left axis they move the values.

    Signals:
        x_moved: the user changed which steps are shown.
        y_moved: the user changed which values are shown.
        home_requested: the user double-clicked.
        clicked: the step, as a float, that was clicked once.

    Attributes:
        beside: how many pixels at the left and the right are drawn on, so that the dot
            of the first step is whole.
    """

    x_moved = Signal()
    y_moved = Signal()
    clicked = Signal(float)
    home_requested = Signal()

    def __init__(self) -> None:
        self.value_bound = PLOT_BOUND
        self.beside = 0
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.setDefaultPadding(0)

    def setRange(  # noqa: N802
        self,
        rect: QRectF | None = None,
        xRange: Range | None = None,  # noqa: N803
        yRange: Range | None = None,  # noqa: N803
        **others: object,
    ) -> None:
        """Whoever asks, wheel and drag too: only what an axis can be drawn for."""
        across, up = xRange, yRange
        if rect is not None:
            across, up = (rect.left(), rect.right()), (rect.top(), rect.bottom())
        steps = None if across is None else bounded_range(*across, STEP_BOUND)
        values = None if up is None else bounded_range(*up, self.value_bound)
        if steps is not None or values is not None:
            super().setRange(xRange=steps, yRange=values, **others)

    def shape(self) -> QPainterPath:
        # What lies outside is not drawn.
        path = QPainterPath()
        path.addRect(self.boundingRect().adjusted(-self.beside, 0, self.beside, 0))
        return path

    def _announce(self, axis: int) -> None:
        (self.x_moved if axis == pg.ViewBox.XAxis else self.y_moved).emit()

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        # Not pyqtgraph's: it asks for the inverse of the transform, which Qt takes for
        # singular where a range is large.
        axis = pg.ViewBox.XAxis if axis is None else axis
        notches = ev.delta() * self.state["wheelScaleFactor"]  # type: ignore[attr-defined]
        at = ev.pos()  # type: ignore[attr-defined]
        low, high = (float(end) for end in self.viewRange()[axis])
        if axis == pg.ViewBox.XAxis:
            share, move = at.x() / max(self.width(), 1.0), self.setXRange
        else:
            share, move = 1 - at.y() / max(self.height(), 1.0), self.setYRange
        fixed = low + share * (high - low)
        factor = _WHEEL ** max(-_MOST_NOTCHES, min(notches, _MOST_NOTCHES))
        move(fixed - factor * (fixed - low), fixed + factor * (high - fixed), padding=0)
        ev.accept()  # type: ignore[attr-defined]
        self._announce(axis)

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        axis = pg.ViewBox.XAxis if axis is None else axis
        super().mouseDragEvent(ev, axis)
        self._announce(axis)

    def mouseDoubleClickEvent(self, ev: object) -> None:
        self.home_requested.emit()
        ev.accept()  # type: ignore[attr-defined]

    def mouseClickEvent(self, ev: object) -> None:
        # pyqtgraph reports double clicks here; its own scene swallows Qt's event.
        double = ev.double() and ev.button() == Qt.MouseButton.LeftButton  # type: ignore[attr-defined]
        if double:
            self.home_requested.emit()
            ev.accept()  # type: ignore[attr-defined]
        elif ev.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            place = self.mapToView(ev.pos())  # type: ignore[attr-defined]
            self.clicked.emit(float(place.x()))
            ev.accept()  # type: ignore[attr-defined]
