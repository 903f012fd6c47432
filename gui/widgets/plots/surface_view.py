"""A surface in 3D, drawn by the painter's algorithm: the farthest pieces first."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import DoubleArray
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.in_force import in_force
from gui.style.lengths import grown
from gui.style.number_format import short
from gui.style.picture_pass import ratio_of
from gui.widgets.accessible.parts import Part
from gui.widgets.focus.key_policy import is_plain, zoom_of
from gui.widgets.plots.field import Field, PathLine, shares, spread, upsampled
from gui.widgets.plots.field_description import UNDEFINED, field_part

MOST_PIECES: Final = 40
"""Grid points along a side, so that drawing a rotation takes some 10 ms."""
HEIGHT: Final = 0.62
DIAGONAL: Final = 1.4143
LIFT: Final = 0.012
KEY_DEGREES: Final = 5.0
TURNED: Final = {
    Qt.Key.Key_Left: (-KEY_DEGREES, 0.0),
    Qt.Key.Key_Right: (KEY_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, KEY_DEGREES),
    Qt.Key.Key_Down: (0.0, -KEY_DEGREES),
}
HOME: Final = (-35.0, 32.0)


def rotation(azimuth: float, elevation: float) -> DoubleArray:
    """(3, 3): right, up and towards the eye, as rows, for angles in degrees."""
    a, e = np.radians(azimuth), np.radians(elevation)
    right = [np.cos(a), np.sin(a), 0.0]
    away = [-np.sin(a), np.cos(a), 0.0]
    up = [np.sin(e) * away[0], np.sin(e) * away[1], np.cos(e)]
    eye = [-np.cos(e) * away[0], -np.cos(e) * away[1], np.sin(e)]
    return np.asarray([right, up, eye])


def pieces(levels: DoubleArray) -> tuple[DoubleArray, DoubleArray, DoubleArray]:
    """The quadrilaterals of a grid (m, n) of levels over the unit square.

    Returns:
        Corners (k, 4, 3), the mean level of each (k,), and its brightness (k,), 0 to 1.
    """
    m, n = levels.shape
    y, x = np.meshgrid(
        np.linspace(-0.5, 0.5, m), np.linspace(-0.5, 0.5, n), indexing="ij"
    )
    points = np.stack([x, y, HEIGHT * (levels - 0.5)], axis=-1)
    around = (points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1])
    corners = np.stack(around, axis=2).reshape(-1, 4, 3)
    normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    light = np.clip(normal @ np.asarray([-0.4, -0.3, 0.866]), 0, 1)
    mean = corners[:, :, 2].mean(axis=1) / HEIGHT + 0.5
    return corners, mean, light


class SurfaceView(QWidget):
    """Turned by dragging or arrow keys. Signals: zoom_requested, as in ContourMap."""

    zoom_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._paths: tuple[PathLine, ...] = ()
        self._here: tuple[float, float] | None = None
        self.azimuth, self.elevation = HOME
        self._drawn: QPixmap | None = None
        self._drawn_key: object = None
        self._grasped: QPointF | None = None
        self.setMinimumSize(*tokens.lengths("surface_view.least"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)
        self.setAccessibleName(tr("Surface"))
        self.setToolTip(tr("Drag or use the arrow keys to turn; double-click to reset"))

    def show_field(self, field: Field | None) -> None:
        if field is not self._field:
            self._field = field
            self.update()

    def show_paths(
        self, paths: tuple[PathLine, ...], here: tuple[float, float] | None = None
    ) -> None:
        self._paths, self._here = paths, here
        self.update()

    def described(self) -> Part:
        """The surface in words."""
        return field_part(self.accessibleName(), self._field, self._paths, self._here)

    def turn(self, azimuth: float, elevation: float) -> None:
        """Turn by degrees, limited between the horizon and the view from above."""
        self.azimuth = (self.azimuth + azimuth + 180) % 360 - 180
        self.elevation = float(np.clip(self.elevation + elevation, 5, 90))
        self.update()

    def to_pixels(self, points: DoubleArray) -> DoubleArray:
        """Pixels (..., 2) of places (..., 3) in the box of the surface."""
        metrics = self.fontMetrics()
        # Space for the numbers at the left, and for the unit and the labels.
        widest = metrics.horizontalAdvance(short(8.88e-88))
        labels = 2 * (widest + grown(self, tokens.space("s")))
        least = float(grown(self, tokens.space("wide")))
        width = max(least, float(self.width() - labels))
        height = max(least, float(self.height() - 4 * metrics.height()))
        tilt = np.radians(self.elevation)
        tall = HEIGHT * np.cos(tilt) + DIAGONAL * np.sin(tilt)
        scale = min(width / DIAGONAL, height / float(tall))
        seen = points @ rotation(self.azimuth, self.elevation).T
        right = self.width() / 2 + scale * seen[..., 0]
        down = self.height() / 2 - scale * seen[..., 1]
        return np.stack([right, down], axis=-1)

    def _in_space(self, points: DoubleArray) -> DoubleArray:
        """(k, 3) on the surface, a little above it, of coordinates (k, 2)."""
        assert self._field is not None
        x, y = self._field.x, self._field.y
        a = np.clip(shares(points[:, 0], x), 0, 1) - 0.5
        b = np.clip(shares(points[:, 1], y), 0, 1) - 0.5
        level = self._field.level_at(points)
        return np.stack([a, b, HEIGHT * (level - 0.5) + LIFT], axis=1)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._field is None:
            return
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawPixmap(0, 0, self._surface(self._field))
            if self._field.is_empty:
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, UNDEFINED)
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for path in self._paths:
                self._paint_path(painter, path)
            if self._here is not None and np.isfinite(self._here).all():
                self._paint_head(
                    painter,
                    np.asarray([self._here]),
                    theme.colours_of(self).selection,
                    6.5,
                )

    def _surface(self, field: Field) -> QPixmap:
        dark = theme.is_dark(self.palette())
        ratio = ratio_of(self.devicePixelRatioF())
        key = (
            field,
            self.size().toTuple(),
            self.azimuth,
            self.elevation,
            in_force(dark=dark),
            ratio,
        )
        if self._drawn is None or key != self._drawn_key:
            drawn = QPixmap(self.size() * ratio)
            drawn.setDevicePixelRatio(ratio)
            drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(drawn)
            self._paint_frame(painter, field)
            self._paint_pieces(painter, field)
            painter.end()
            self._drawn, self._drawn_key = drawn, key
        return self._drawn

    def _paint_pieces(self, painter: QPainter, field: Field) -> None:
        levels = field.grid_levels
        most = min(MOST_PIECES + 1, max(levels.shape))
        there = ~spread(field.is_missing, most, most)
        if levels.shape != (most, most):
            levels = upsampled(levels, most, most)
        whole = there[:-1, :-1] & there[:-1, 1:] & there[1:, 1:] & there[1:, :-1]
        corners, mean, light = (part[whole.ravel()] for part in pieces(levels))
        middle = corners.mean(axis=1)
        depth = middle @ rotation(self.azimuth, self.elevation)[2]
        table = theme.landscape_table(dark=theme.is_dark(self.palette()))
        codes = (mean * (len(table) - 1)).astype(int)
        shaded = table[codes] * (0.55 + 0.45 * light[:, None])
        pixels = self.to_pixels(corners)
        order = np.argsort(depth)
        for quad, rgb in zip(
            pixels[order].tolist(), shaded[order].astype(int).tolist(), strict=True
        ):
            colour = QColor(*rgb)
            painter.setBrush(colour)
            painter.setPen(QPen(colour.darker(118), 0))
            painter.drawConvexPolygon(QPolygonF([QPointF(x, y) for x, y in quad]))

    def _paint_frame(self, painter: QPainter, field: Field) -> None:
        """Paint the base, its labels, and the heights at the left corner."""
        dark = theme.is_dark(self.palette())
        painter.setFont(theme.figures_font(self.font()))
        painter.setPen(theme.colour(theme.colours(dark=dark).ink3))
        low = -HEIGHT / 2
        ground = np.asarray(
            [(-0.5, -0.5, low), (0.5, -0.5, low), (0.5, 0.5, low), (-0.5, 0.5, low)]
        )
        corners = self.to_pixels(ground)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners.tolist()]))
        left = int(np.argmin(corners[:, 0]))
        foot = ground[left]
        row = painter.fontMetrics().height()
        for level, text in field.ticks(3):
            place = self.to_pixels(foot + np.asarray([0, 0, HEIGHT * level]))
            box = QRectF(
                place[0] - grown(self, tokens.length("surface_view.name_room")),
                place[1] - row / 2,
                grown(self, tokens.length("surface_view.name_width")),
                row,
            )
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, side, text)
        top = self.to_pixels(foot + np.asarray([0, 0, HEIGHT]))
        painter.drawLine(QPointF(*corners[left]), QPointF(*top))
        painter.setPen(theme.colour(theme.colours(dark=dark).ink1))
        unit = field.unit + (tr(" (log)") if field.is_log else "")
        corner = QRectF(
            grown(self, tokens.space("s")),
            grown(self, tokens.space("xs")),
            self.width() - grown(self, tokens.space("l")),
            row,
        )
        painter.drawText(corner, Qt.AlignmentFlag.AlignLeft, unit)
        self._paint_labels(painter, field, low)

    def _paint_labels(self, painter: QPainter, field: Field, low: float) -> None:
        row = painter.fontMetrics().height()
        seen = rotation(self.azimuth, self.elevation)
        # The two edges of the base that are nearest to the viewer.
        near_y = -0.6 if seen[2, 1] < 0 else 0.6
        near_x = 0.6 if seen[2, 0] > 0 else -0.6
        sides = np.asarray([(0.0, near_y, low), (near_x, 0.0, low)])
        xs = self.to_pixels(sides)[:, 0].tolist()
        gap = grown(self, tokens.space("s"))
        half = self.width() / 2 - 1.5 * gap
        for name, x, is_left in zip(
            field.labels, xs, (xs[0] <= xs[1], xs[0] > xs[1]), strict=True
        ):
            text = painter.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideMiddle, int(half)
            )
            wide = painter.fontMetrics().horizontalAdvance(text)
            # Below the box, each in its half: a long name would run under the surface.
            start = gap if is_left else self.width() - gap - half
            x = min(max(x - wide / 2, start), start + half - wide)
            box = QRectF(
                x, self.height() - row - grown(self, tokens.space("hair")), wide, row
            )
            painter.drawText(box, Qt.TextFlag.TextDontClip, text)

    def _paint_path(self, painter: QPainter, path: PathLine) -> None:
        points = path.finite
        if not len(points):
            return
        pixels = self.to_pixels(self._in_space(points))
        line = QPolygonF([QPointF(x, y) for x, y in pixels.tolist()])
        for colour, width in (
            (theme.colour(theme.on_map().casing), tokens.stroke("casing")),
            (QColor(*path.colour), tokens.stroke("line")),
        ):
            painter.setPen(QPen(colour, grown(self, width)))
            painter.drawPolyline(line)
        self._paint_head(
            painter, points[-1:], path.colour, grown(self, tokens.dot("large"))
        )

    def _paint_head(
        self,
        painter: QPainter,
        place: DoubleArray,
        rgb: tuple[int, int, int],
        radius: float,
    ) -> None:
        x, y = self.to_pixels(self._in_space(place))[0].tolist()
        painter.setPen(
            QPen(
                theme.colour(theme.on_map().casing), grown(self, tokens.stroke("line"))
            )
        )
        painter.setBrush(QColor(*rgb))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("surface_view.wished"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grasped = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grasped is not None and event.buttons():
            moved = event.position() - self._grasped
            self._grasped = event.position()
            self.turn(-0.5 * moved.x(), 0.5 * moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._grasped = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self.azimuth, self.elevation = HOME
        self.update()

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key turns the surface; see gui.widgets.focus.key_policy."""
        key = Qt.Key(event.key())
        return zoom_of(event) != 0 or (is_plain(event) and key in TURNED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turned = TURNED.get(Qt.Key(event.key()))
        if not self.keeps_key(event):
            super().keyPressEvent(event)
        elif turned is not None:
            self.turn(*turned)
        else:
            self.zoom_requested.emit(zoom_of(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_requested.emit(event.angleDelta().y() / 120)
        event.accept()
