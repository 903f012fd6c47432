"""Zoom and pan as pure functions of a Zoom."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF

from gui.panels.network_picture.scene.layout import Layout, Zoom

CLOSEST: Final = 16.0


def zoomed(zoom: Zoom, factor: float, at: QPointF) -> Zoom:
    """Scale about a fixed point."""
    wanted = min(max(zoom.factor * factor, 1.0), CLOSEST)
    change = wanted / zoom.factor
    return Zoom(
        wanted,
        at.x() - (at.x() - zoom.dx) * change,
        at.y() - (at.y() - zoom.dy) * change,
    )


def dragged(zoom: Zoom, by: QPointF) -> Zoom:
    return Zoom(zoom.factor, zoom.dx + by.x(), zoom.dy + by.y())


def clamped(zoom: Zoom, width: float, height: float) -> Zoom:
    """Limit the zoom and pan so that the picture covers the widget."""
    over = zoom.factor - 1
    return Zoom(
        zoom.factor,
        min(max(zoom.dx, -over * width), 0.0),
        min(max(zoom.dy, -over * height), 0.0),
    )


def moved_place(old: Layout, new: Layout) -> QRectF:
    """Where a picture of the old layout belongs, so that its columns meet the new ones.

    Both layouts have the same columns.
    """
    a, b = old.columns[0], old.columns[-1]
    c, d = new.columns[0], new.columns[-1]
    x_scale = (d.x - c.x) / (b.x - a.x)
    highest = max(range(len(old.columns)), key=lambda k: old.columns[k].count)
    before, after = old.columns[highest], new.columns[highest]
    y_scale = (after.bottom - after.top) / (before.bottom - before.top)
    return QRectF(
        c.x - a.x * x_scale,
        after.top - before.top * y_scale,
        old.width * x_scale,
        old.height * y_scale,
    )
