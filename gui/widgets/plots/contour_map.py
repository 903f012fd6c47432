"""Filled contours with axes, a labelled colour scale, and paths."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.in_force import in_force
from gui.style.lengths import grown
from gui.style.number_format import short
from gui.style.picture_pass import ratio_of
from gui.widgets.accessible.events import announce
from gui.widgets.accessible.parts import Part
from gui.widgets.focus.key_policy import is_plain, zoom_of
from gui.widgets.plain_text import tip as plain_tip
from gui.widgets.plots import map_keys
from gui.widgets.plots.field import Field, PathLine, contour_picture, shares
from gui.widgets.plots.field_description import UNDEFINED, field_part, place_text
from gui.widgets.plots.ticks import Tick, linear_ticks, ticks_that_fit
from gui.widgets.tips.tip_window import hide_tip, show_tip

BAR: Final = tokens.length("contour_map.bar")
GAP: Final = tokens.space("s")
HEAD: Final = tokens.fine_length("contour_map.head")
LINE: Final = tokens.stroke("line")
PLATE_ALPHA: Final = 0xC7
CASING_ALPHA: Final = 0x8C
_USUAL_LABEL: Final = "\N{MINUS SIGN}0.00"


class ContourMap(QWidget):
    """Draws a Field seen from above.

    Signals:
        place_chosen: x and y of a click.
        zoom_requested: steps of the wheel, positive to zoom in.
    """

    place_chosen = Signal(float, float)
    zoom_requested = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field: Field | None = None
        self._paths: tuple[PathLine, ...] = ()
        self._here: tuple[float, float] | None = None
        self._minima: tuple[tuple[float, float], ...] = ()
        self._image: QImage | None = None
        self._image_key: object = None
        self._by_keys: tuple[float, float] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(*tokens.lengths("contour_map.least"))
        policy = QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, policy)
        self.setAccessibleName(tr("Contours"))

    @property
    def field(self) -> Field | None:
        return self._field

    @property
    def paths(self) -> tuple[PathLine, ...]:
        return self._paths

    def show_field(self, field: Field | None) -> None:
        if field is not self._field:
            self._field, self._by_keys = field, None
            self.update()

    def show_paths(
        self,
        paths: tuple[PathLine, ...],
        here: tuple[float, float] | None = None,
        minima: tuple[tuple[float, float], ...] = (),
    ) -> None:
        """Draw these over the contours, a mark at `here`, crosses at known minima."""
        self._paths, self._here, self._minima = paths, here, minima
        self.update()

    def described(self) -> Part:
        """The map in words."""
        name = self.accessibleName()
        return field_part(name, self._field, self._paths, self._here, self._minima)

    def plot_area(self) -> QRectF:
        """Rectangle of the contours."""
        metrics = self.fontMetrics()
        bottom = 2 * metrics.height() + grown(self, tokens.space("s"))
        top = grown(self, GAP)
        left = self._axis_width(self.height() - top - bottom)
        widest = metrics.horizontalAdvance(short(-8.88e-88))
        right = grown(self, BAR + 2 * GAP + tokens.space("hair")) + widest
        box = QRectF(self.rect()).adjusted(left, top, -right, -bottom)
        return box if box.width() > 20 and box.height() > 20 else QRectF()

    def _axis_width(self, height: float) -> int:
        """Room for the upright axis: its name and its labels."""
        figures = QFontMetrics(theme.figures_font(self.font()))
        texts = [_USUAL_LABEL]
        if self._field is not None:
            texts += [tick.label for tick in _height_ticks(self._field, height)]
        widest = max(figures.horizontalAdvance(text) for text in texts)
        row = self.fontMetrics().height()
        return widest + row + 2 * grown(self, tokens.space("s"))

    def to_pixels(self, points: np.ndarray) -> np.ndarray:
        """Pixels (k, 2) of coordinates (k, 2)."""
        assert self._field is not None
        x, y, box = self._field.x, self._field.y, self.plot_area()
        right = box.left() + shares(points[:, 0], x) * box.width()
        down = box.bottom() - shares(points[:, 1], y) * box.height()
        return np.stack([right, down], axis=1)

    def _to_place(self, pixel: QPointF) -> tuple[float, float] | None:
        box = self.plot_area()
        if self._field is None or not box.contains(pixel):
            return None
        x, y = self._field.x, self._field.y
        a = (pixel.x() - box.left()) / box.width()
        b = (box.bottom() - pixel.y()) / box.height()
        return float(x[0] + a * (x[-1] - x[0])), float(y[0] + b * (y[-1] - y[0]))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        box = self.plot_area()
        if self._field is None or box.isEmpty():
            return
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawImage(box, self._picture(self._field, box))
            self._paint_axes(painter, self._field, box)
            if self._field.is_empty:
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, UNDEFINED)
                return
            self._paint_scale(painter, self._field, box)
            painter.setClipRect(box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_minima(painter)
            for path in self._paths:
                self._paint_path(painter, path)
            self._paint_here(painter)
            self._paint_by_keys(painter)
            for path in self._paths:
                self._paint_ends(painter, path, box)

    def _picture(self, field: Field, box: QRectF) -> QImage:
        """The contours, a pixel of theirs for each of the screen."""
        dark = theme.is_dark(self.palette())
        ratio = ratio_of(self.devicePixelRatioF())
        size = tuple(max(2, round(k * ratio)) for k in (box.height(), box.width()))
        key = (field, size, in_force(dark=dark))
        if self._image is None or key != self._image_key:
            table = theme.landscape_table(dark=dark)
            pixels = contour_picture(field, table, *size)
            height, width = pixels.shape
            kind = QImage.Format.Format_ARGB32_Premultiplied
            self._image = QImage(pixels.data, width, height, 4 * width, kind).copy()
            self._image_key = key
        return self._image

    def _paint_axes(self, painter: QPainter, field: Field, box: QRectF) -> None:
        dark = theme.is_dark(self.palette())
        faint, ink = (
            theme.colour(theme.colours(dark=dark).ink3),
            theme.colour(theme.colours(dark=dark).ink1),
        )
        painter.setFont(theme.figures_font(self.font()))
        row = painter.fontMetrics().height()
        painter.setPen(faint)
        wide = max(
            grown(self, tokens.fine_length("contour_map.least_label")), box.left()
        )
        ends = float(field.x[0]), float(field.x[-1])
        width_of = painter.fontMetrics().horizontalAdvance
        for tick in ticks_that_fit(*ends, box.width(), width_of, most=8):
            at = self.to_pixels(np.asarray([[tick.place, field.y[0]]]))[0]
            place = QRectF(
                at[0] - wide / 2, at[1] + grown(self, tokens.space("tight")), wide, row
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, tick.label)
        for tick in _height_ticks(field, box.height()):
            at = self.to_pixels(np.asarray([[field.x[0], tick.place]]))[0]
            # The lowest stays clear of the line below.
            place = QRectF(
                at[0] - wide - grown(self, tokens.space("close")),
                min(at[1] - row / 2, box.bottom() + grown(self, 1) - row),
                wide,
                row,
            )
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, side, tick.label)
        painter.setPen(ink)
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideMiddle
        text = metrics.elidedText(field.labels[0], elide, int(box.width()))
        below = QRectF(
            box.left(),
            box.bottom() + row + grown(self, tokens.space("xs")),
            box.width(),
            row,
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
        painter.save()
        painter.translate(grown(self, tokens.space("hair")), box.center().y())
        painter.rotate(-90)
        text = metrics.elidedText(field.labels[1], elide, int(box.height()))
        across = QRectF(-box.height() / 2, 0, box.height(), row)
        painter.drawText(across, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_scale(self, painter: QPainter, field: Field, box: QRectF) -> None:
        dark = theme.is_dark(self.palette())
        table = theme.landscape_table(dark=dark)
        metrics = painter.fontMetrics()
        row = metrics.height()
        bar = QRectF(
            box.right() + grown(self, GAP) + grown(self, tokens.space("xs")),
            box.top() + row + grown(self, tokens.space("xs")),
            grown(self, BAR),
            box.height() - row - grown(self, tokens.space("xs")),
        )
        strip = np.ascontiguousarray(table[::-1].reshape(-1, 1, 3))
        image = QImage(strip.data, 1, len(table), 3, QImage.Format.Format_RGB888)
        painter.drawImage(bar, image)
        painter.setPen(theme.colour(theme.colours(dark=dark).ink1))
        for level, text in field.ticks(5 if bar.height() > 5 * row else 2):
            y = bar.bottom() - level * bar.height()
            place = QRectF(
                bar.right() + grown(self, tokens.space("tight")),
                y - row / 2,
                grown(self, tokens.length("contour_map.text_room")),
                row,
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        unit = field.unit + (tr(" (log)") if field.is_log else "")
        place = QRectF(
            bar.left() - grown(self, tokens.space("xs")),
            box.top() - grown(self, tokens.space("close")),
            self.width() - bar.left() + grown(self, tokens.space("hair")),
            row,
        )
        text = metrics.elidedText(unit, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_path(self, painter: QPainter, path: PathLine) -> None:
        points = path.finite
        if not len(points):
            return
        pixels = np.clip(self.to_pixels(points), -1e5, 1e5)
        line = QPolygonF([QPointF(x, y) for x, y in pixels.tolist()])
        for colour, width in (
            (
                theme.colour(theme.on_map().casing, CASING_ALPHA),
                tokens.stroke("casing"),
            ),
            (QColor(*path.colour), LINE),
        ):
            pen = QPen(colour, grown(self, width))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            if path.dash and width == LINE:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern(path.dash)
            painter.setPen(pen)
            painter.drawPolyline(line)
        painter.setPen(
            QPen(
                theme.colour(theme.on_map().casing), grown(self, tokens.stroke("light"))
            )
        )
        painter.setBrush(QColor(*path.colour))
        painter.drawEllipse(line.last(), grown(self, HEAD), grown(self, HEAD))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_ends(self, painter: QPainter, path: PathLine, box: QRectF) -> None:
        """What is said of the first and the last point, on plates beside them."""
        points = path.finite
        if not len(points):
            return
        pixels = np.clip(self.to_pixels(points[[0, -1]]), -1e5, 1e5).tolist()
        metrics = painter.fontMetrics()
        round_ = tokens.radius("small")
        for text, (x, y) in zip(path.ends, pixels, strict=True):
            if not text or not box.contains(QPointF(x, y)):
                continue
            plate = QRectF(
                0,
                0,
                metrics.horizontalAdvance(text) + grown(self, tokens.space("l")),
                metrics.height(),
            )
            plate.adjust(0, 0, 0, grown(self, tokens.space("close")))
            plate.moveTo(x + 2 * grown(self, HEAD), y + grown(self, HEAD))
            inset = grown(self, tokens.space("xs"))
            plate.moveRight(min(plate.right(), box.right() - inset))
            plate.moveBottom(min(plate.bottom(), box.bottom() - inset))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.on_map().label_plate, PLATE_ALPHA))
            painter.drawRoundedRect(plate, round_, round_)
            painter.setPen(theme.colour(theme.colours(dark=True).ink1))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_minima(self, painter: QPainter) -> None:
        if not self._minima:
            return
        painter.setPen(
            QPen(
                theme.colour(theme.on_map().series[-1]),
                grown(self, tokens.stroke("line")),
            )
        )
        for x, y in self.to_pixels(np.asarray(self._minima, np.float64)).tolist():
            painter.drawLine(
                QPointF(
                    x - grown(self, tokens.space("tight")),
                    y - grown(self, tokens.space("tight")),
                ),
                QPointF(
                    x + grown(self, tokens.space("tight")),
                    y + grown(self, tokens.space("tight")),
                ),
            )
            painter.drawLine(
                QPointF(
                    x - grown(self, tokens.space("tight")),
                    y + grown(self, tokens.space("tight")),
                ),
                QPointF(
                    x + grown(self, tokens.space("tight")),
                    y - grown(self, tokens.space("tight")),
                ),
            )

    def _paint_here(self, painter: QPainter) -> None:
        if self._here is None or not np.isfinite(self._here).all():
            return
        x, y = np.clip(self.to_pixels(np.asarray([self._here])), -1e5, 1e5)[0].tolist()
        painter.setBrush(QColor(*theme.colours_of(self).selection))
        painter.setPen(
            QPen(
                theme.colour(theme.on_map().casing), grown(self, tokens.stroke("line"))
            )
        )
        painter.drawEllipse(
            QPointF(x, y),
            grown(self, HEAD + tokens.dot("casing")),
            grown(self, HEAD + tokens.dot("casing")),
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_by_keys(self, painter: QPainter) -> None:
        """A cross where the arrow keys have led, on the colours of any height."""
        if self._by_keys is None or not self.hasFocus():
            return
        x, y = self.to_pixels(np.asarray([self._by_keys]))[0].tolist()
        for rgb, width in (
            (theme.on_map().casing, tokens.stroke("casing")),
            (theme.on_map().series[-1], tokens.stroke("line")),
        ):
            painter.setPen(QPen(theme.colour(rgb), grown(self, width)))
            painter.drawLine(
                QPointF(x - grown(self, tokens.length("contour_map.arm")), y),
                QPointF(x + grown(self, tokens.length("contour_map.arm")), y),
            )
            painter.drawLine(
                QPointF(x, y - grown(self, tokens.length("contour_map.arm"))),
                QPointF(x, y + grown(self, tokens.length("contour_map.arm"))),
            )

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key reads, chooses or zooms; see gui.widgets.focus.key_policy."""
        key = Qt.Key(event.key())
        is_used = key in map_keys.MOVES or key in map_keys.CHOOSES
        return zoom_of(event) != 0 or (is_plain(event) and is_used)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, field = Qt.Key(event.key()), self._field
        if field is None or not self.keeps_key(event):
            super().keyPressEvent(event)
        elif zoom_of(event):
            self.zoom_requested.emit(zoom_of(event))
        elif key in map_keys.MOVES:
            self._by_keys = map_keys.moved(field, self._by_keys, key)
            self._tell(self._by_keys, field)
            self.update()
        elif self._by_keys is not None:
            self.place_chosen.emit(*self._by_keys)

    def _tell(self, place: tuple[float, float], field: Field) -> None:
        """Say what is at a place, beside it and to who cannot see it."""
        text = place_text(field, place)
        x, y = self.to_pixels(np.asarray([place]))[0].tolist()
        at = self.mapToGlobal(QPointF(x, y).toPoint())
        show_tip(plain_tip(text), self, at)
        announce(self, text)

    def tip_at(self, point: QPointF) -> str:
        """The place below the pointer and the height there, while it rests, too."""
        place = self._to_place(point)
        if place is None or self._field is None:
            return ""
        return place_text(self._field, place)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        hide_tip()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("contour_map.wished"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._image = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._to_place(event.position())
        if place is None or self._field is None:
            hide_tip()
            return
        text = place_text(self._field, place)
        show_tip(plain_tip(text), self, event.globalPosition().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._to_place(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.place_chosen.emit(*place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_requested.emit(event.angleDelta().y() / 120)
        event.accept()


def _height_ticks(field: Field, height: float) -> tuple[Tick, ...]:
    ends = float(field.y[0]), float(field.y[-1])
    return linear_ticks(*ends, max(2, int(height / 60)))
