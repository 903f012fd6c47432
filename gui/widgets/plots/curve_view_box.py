"""Mouse control of a plot of curves."""

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal


class CurveViewBox(pg.ViewBox):  # type: ignore[misc]
    """Wheel and drag move the steps shown; on the left axis they move the values.

    Signals:
        x_moved: the user changed which steps are shown.
        y_moved: the user changed which values are shown.
        home_requested: the user double-clicked.
    """

    x_moved = Signal()
    y_moved = Signal()
    home_requested = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self.disableAutoRange()
        self.setDefaultPadding(0)

    def _announce(self, axis: int) -> None:
        (self.x_moved if axis == pg.ViewBox.XAxis else self.y_moved).emit()

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        axis = pg.ViewBox.XAxis if axis is None else axis
        super().wheelEvent(ev, axis)
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
