"""The headers and scales around the stage, painted again only when they change."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from gui.panels.network_picture.painters.header_painter import (
    header_boxes,
    paint_headers,
)
from gui.panels.network_picture.painters.scale_painter import (
    bars_contents,
    paint_bars,
    paint_limits,
)
from gui.panels.network_picture.scene.scene import Scene
from gui.style import tokens
from gui.style.in_force import in_force
from gui.style.picture_pass import fill_ground

CLEARANCE: Final = tokens.space("xs")
"""Pixels outside of the stage that a zoomed stage may still cover."""


class StaticLayer:
    """Does not move with the zoom; most training steps do not change it."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._bands: list[tuple[QRectF, QImage]] = []

    def paint(self, painter: QPainter, scene: Scene, ratio: float) -> None:
        """Paint over the stage, to cover what is zoomed beyond its area."""
        key = _contents(scene, ratio)
        if key != self._key:
            self._key = key
            self._bands = [_band(scene, area, ratio) for area in _areas(scene)]
        for place, (area, image) in enumerate(self._bands):
            if scene.layout.zoom.factor > 1 and place < 2:
                painter.fillRect(area, scene.plane)
            painter.drawImage(area.topLeft(), image)
        paint_limits(painter, scene)


def paint_frame(painter: QPainter, scene: Scene) -> None:
    """The same without pictures that are kept, for a file."""
    if scene.layout.zoom.factor > 1:
        for area in _areas(scene)[:2]:
            fill_ground(painter, area, scene.plane)
    paint_headers(painter, scene)
    paint_bars(painter, scene)
    paint_limits(painter, scene)


def _areas(scene: Scene) -> list[QRectF]:
    """Above and below the stage, and the names that stand within it."""
    layout = scene.layout
    clear = CLEARANCE * scene.scale
    top, bottom = layout.stage.y - clear, layout.stage.bottom + clear
    above = QRectF(0, 0, layout.width, top)
    below = QRectF(0, bottom, layout.width, layout.height - bottom)
    names = header_boxes(layout, QFontMetricsF(scene.font).height())
    return [above, below, *(box for box in names if box.y() >= layout.stage.y)]


def _contents(scene: Scene, ratio: float) -> tuple[object, ...]:
    """Everything that headers and scales depend on."""
    return (
        scene.layout,
        scene.view.spec,
        scene.view.run.dataset.image_shape,
        bars_contents(scene),
        scene.font,
        in_force(dark=scene.dark),
        ratio,
    )


def _band(scene: Scene, area: QRectF, ratio: float) -> tuple[QRectF, QImage]:
    size = QSize(round(area.width() * ratio), max(1, round(area.height() * ratio)))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        # An image has the direction of the language, unlike the canvas.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.translate(-area.topLeft())
        paint_headers(painter, scene)
        paint_bars(painter, scene)
    return area, image
