"""Zoom and pan as pure functions of a Zoom."""

from typing import Final

from PySide6.QtCore import QPointF

from gui.network_picture.layout import Zoom

CLOSEST: Final = 16.0


def zoomed(zoom: Zoom, factor: float, at: QPointF) -> Zoom:
    """Scale about a point, which stays where it is."""
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
    """Keep the picture over the widget, whatever was dragged."""
    over = zoom.factor - 1
    return Zoom(
        zoom.factor,
        min(max(zoom.dx, -over * width), 0.0),
        min(max(zoom.dy, -over * height), 0.0),
    )
