"""The plane as a widget: the network's output, boundary, points, mouse."""

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from core.data.dataset import Dataset
from core.data.point_space import LIMIT
from core.values.words import tr
from gui.panels.playground.coordinate_ticks import (
    paint_ticks_below,
    paint_ticks_beside,
)
from gui.panels.playground.description import plane_part
from gui.panels.playground.job_canvas import ViewCanvas
from gui.panels.playground.plane_picture import PlanePicture, PlaneRequest, draw_plane
from gui.runtime.worker import Same
from gui.session.example_point import point_of
from gui.session.plane_points import PointsPicture, place, point_radius
from gui.session.responses import ResponseRequest, side_for
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.in_force import in_force
from gui.style.lengths import grown
from gui.style.signed_scale import largest_size
from gui.widgets.accessible.parts import Part
from gui.widgets.focus.key_policy import is_plain

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
ARROW_STEP: Final = 0.1
_PAINTS: Final = {
    Qt.Key.Key_Space: False,
    Qt.Key.Key_Return: False,
    Qt.Key.Key_Enter: False,
    Qt.Key.Key_Delete: True,
}
"""Keys that paint at the shown point, and whether they erase."""


class PlaneCanvas(ViewCanvas):
    """Draws a View whose data are points in the plane.

    Signals:
        picture_drawn: `picture` is new.
        point_hovered: (x1, x2) under the mouse, or None.
        point_clicked: (x1, x2) where the left button was pressed.
        point_moved: (x1, x2) that an arrow key leads to from the shown point.
        painted_at: (x1, x2) under a pressed button while painting, and whether it is
            the right one, which erases.
        stroke_ended: the button was released.
    """

    picture_drawn = Signal()
    point_hovered = Signal(object)
    point_clicked = Signal(object)
    point_moved = Signal(object)
    painted_at = Signal(object, bool)
    stroke_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The network's output over the plane"), parent)
        self.setMinimumSize(*tokens.lengths("plane_canvas.least"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._with_test = False
        self._discrete = False
        self._painted: Dataset | None = None
        self._stroke: Qt.MouseButton | None = None
        self._points = PointsPicture()
        self._lines = QPainterPath()
        self._image = QImage()
        self.picture: PlanePicture | None = None

    @property
    def square(self) -> QRectF:
        """The square of the plane, in logical pixels."""
        metrics = QFontMetricsF(theme.figures_font(self.font()))
        left = metrics.horizontalAdvance("\N{MINUS SIGN}6")
        left += grown(self, tokens.space("row"))
        right = max(grown(self, tokens.space("s")), metrics.horizontalAdvance("6") / 2)
        below = metrics.height() + grown(self, tokens.space("close"))
        top = metrics.height() / 2
        room_x, room_y = self.width() - left - right, self.height() - below - top
        least = grown(self, tokens.length("plane_canvas.least_side"))
        side = float(max(int(min(room_x, room_y)), least))
        x = left + max((room_x - side) / 2, 0)
        return QRectF(round(x), round(top), side, side)

    def set_view(self, view: View | None) -> None:
        self.show_newest(view)
        if self._drawn_view is None:
            self.picture = None
        self.ask_if_seen()

    def described(self) -> Part:
        """The plane in words."""
        return plane_part(self.accessibleName(), self.shown)

    def set_with_test(self, *, on: bool) -> None:
        """Show the test points as well."""
        self._with_test = on
        self.update()

    def set_painted(self, painted: Dataset | None) -> None:
        """Show these points instead of the data's; the mouse paints while there are."""
        self._painted = painted
        paints = painted is not None
        shape = Qt.CursorShape.CrossCursor if paints else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def set_discrete(self, *, on: bool) -> None:
        """Show classes without their confidence."""
        self._discrete = on
        self.ask_if_seen()

    def point_at(self, at: QPointF) -> tuple[float, float] | None:
        """Coordinates at a position in the widget, None outside of the square."""
        square = self.square
        if not square.contains(at):
            return None
        x = (at.x() - square.x()) / square.width()
        y = (at.y() - square.y()) / square.height()
        return LIMIT * (2 * x - 1), LIMIT * (1 - 2 * y)

    def place_of(self, point: tuple[float, ...]) -> QPointF:
        """Position of a point of the plane."""
        square = self.square
        x, y = place(np.array([point], np.float32), square.width())[0].tolist()
        return QPointF(square.x() + x, square.y() + y)

    def ask(self) -> None:
        view = self._view
        self.update()
        if view is None or view.run.dataset.space is None:
            return
        playing = view.snapshot.playing
        request = PlaneRequest(
            ResponseRequest(
                view.spec,
                view.params,
                view.run.dataset.space.features,
                2,
                side_for(view.spec, playing=playing),
            ),
            theme.is_dark(self.palette()),
            self._discrete,
            not view.run.dataset.has_classes,
            self._largest_target(view),
        )
        key = (
            Same(view.params),
            request.response.side,
            in_force(dark=request.dark),
            request.discrete,
        )
        self.want_of(view, key, partial(draw_plane, request))

    def _largest_target(self, view: View) -> float:
        """Largest target, so that the scale covers all points; 0 for classes."""
        dataset = view.run.dataset
        targets = [s.targets for s in (dataset.train, dataset.test)]
        return max((largest_size(t) for t in targets if t is not None), default=0.0)

    def take_result(self, result: object) -> None:
        assert isinstance(result, PlanePicture)
        self.picture = picture = result
        pixels = picture.pixels
        side = len(pixels)
        self._image = QImage(
            pixels.data, side, side, 4 * side, QImage.Format.Format_RGB32
        )
        self._lines = picture.path
        self.update()
        self.picture_drawn.emit()

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        square = self.square
        self._paint_axes(painter, square, dark=dark)
        if self._view is None:
            return
        if self.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=True)
            painter.drawImage(square, self._image)
            self._paint_lines(painter, square, dark=dark)
        painter.setClipRect(square)
        self._points.paint(
            painter,
            self._painted or self._view.run.dataset,
            square,
            look=(self.devicePixelRatioF(), dark, scale_of(self.font())),
            test=self._with_test,
            limit=1.0 if self.picture is None else self.picture.limit,
        )
        self._paint_example(painter, self._view, dark=dark)

    def _paint_lines(self, painter: QPainter, square: QRectF, *, dark: bool) -> None:
        if self._lines.isEmpty():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.translate(square.topLeft())
        painter.scale(square.width(), square.height())
        pen = QPen(
            theme.colour(theme.colours(dark=dark).ink1, 200),
            grown(self, tokens.stroke("thin")),
        )
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._lines)
        painter.restore()

    def _paint_axes(self, painter: QPainter, square: QRectF, *, dark: bool) -> None:
        font = theme.figures_font(self.font())
        painter.setFont(font)
        painter.setPen(theme.colour(theme.colours(dark=dark).ink3))
        paint_ticks_below(painter, square)
        paint_ticks_beside(painter, square)

    def _paint_example(self, painter: QPainter, view: View, *, dark: bool) -> None:
        point = point_of(view.run.dataset, view.example)
        if point is None:
            return
        at = self.place_of(point)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Around a point, however large these are.
        beyond = grown(self, tokens.stroke("strong"))
        points = point_radius(self.square.width(), scale_of(self.font()))
        radius = max(grown(self, tokens.dot("chosen")), points + beyond)
        for colour, width in (
            (theme.colours(dark=dark).plane, tokens.fine_length("plane_canvas.casing")),
            (theme.colours_of(self).selection, tokens.stroke("ring")),
        ):
            painter.setPen(QPen(theme.colour(colour), grown(self, width)))
            painter.drawEllipse(at, radius, radius)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key moves the point; see gui.widgets.focus.key_policy."""
        key = Qt.Key(event.key())
        paints = self._painted is not None and key in _PAINTS
        is_used = is_plain(event) and (key in _ARROWS or paints)
        return is_used and self._view is not None

    # --- Qt ---------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.ask_if_seen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self._view
        if view is not None and self.keeps_key(event):
            key = Qt.Key(event.key())
            point = point_of(view.run.dataset, view.example)
            if point is not None and key in _PAINTS:
                self.painted_at.emit(point, _PAINTS[key])
                self.stroke_ended.emit()
            elif point is not None:
                across, up = _ARROWS[key]
                moved = (point[0] + across * ARROW_STEP, point[1] + up * ARROW_STEP)
                low, high = -LIMIT, LIMIT
                self.point_moved.emit(tuple(min(max(c, low), high) for c in moved))
            return
        super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.point_hovered.emit(None)
        super().leaveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        self.point_hovered.emit(point)
        if self._stroke is not None and point is not None:
            erases = self._stroke == Qt.MouseButton.RightButton
            self.painted_at.emit(point, erases)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == self._stroke:
            self._stroke = None
            self.stroke_ended.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self.point_at(event.position())
        both = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if self._painted is not None:
            if point is not None and event.button() in both and self._stroke is None:
                self._stroke = event.button()
                erases = self._stroke == Qt.MouseButton.RightButton
                self.painted_at.emit(point, erases)
            return
        if point is None:
            super().mousePressEvent(event)  # the panel's, which gives the keys back
        elif event.button() == Qt.MouseButton.LeftButton:
            self.point_clicked.emit(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()
