"""How the mouse moves a plot of curves."""

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal

from gui.widgets.plots.ranges import STEP_BOUND, VALUE_BOUND, Range, bounded_range


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
        self.value_bound = VALUE_BOUND

    def set_range(self, axis: int, wanted: Range) -> None:
        """Show this range, or the nearest one that can be drawn."""
        is_x = axis == pg.ViewBox.XAxis
        found = bounded_range(*wanted, STEP_BOUND if is_x else self.value_bound)
        if found is not None:
            (self.setXRange if is_x else self.setYRange)(*found, padding=0)

    def _announce(self, axis: int) -> None:
        (self.x_moved if axis == pg.ViewBox.XAxis else self.y_moved).emit()

    def _bound(self, axis: int) -> None:
        """Take back what no axis can be drawn for."""
        low, high = self.viewRange()[axis]
        self.set_range(axis, (float(low), float(high)))

    def wheelEvent(self, ev: object, axis: int | None = None) -> None:
        axis = pg.ViewBox.XAxis if axis is None else axis
        super().wheelEvent(ev, axis)
        self._bound(axis)
        self._announce(axis)

    def mouseDragEvent(self, ev: object, axis: int | None = None) -> None:
        axis = pg.ViewBox.XAxis if axis is None else axis
        super().mouseDragEvent(ev, axis)
        self._bound(axis)
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
