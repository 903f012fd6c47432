"""The pad for mouse, pen, finger or keys: ink on the plane of the theme.

Keys draw where Tab has led to it: whoever draws with the mouse trains with Space and
steps with the arrows.
"""

from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.arrays import ByteArray
from core.values.words import tr
from gui.panels.drawing.ink_canvas import SIDE, Dab, InkCanvas
from gui.panels.drawing.key_pen import KeyPen, is_move
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import percent
from gui.widgets.accessible.events import announce
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.focus.key_policy import is_plain
from gui.widgets.pictures.grey_image import pixel_qimage

SMALLEST_BRUSH: Final = 8
LARGEST_BRUSH: Final = 60
DEFAULT_BRUSH: Final = 24
BRUSH_STEP: Final = 4
_BY_KEYS: Final = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
LIGHTEST_PRESSURE: Final = 0.35
"""Smallest share of the brush size, when a pen barely touches."""


class Canvases(NamedTuple):
    """What is drawn: for the images of now, and by their sizes for others."""

    shown: InkCanvas
    others: dict[tuple[int, ...], InkCanvas]


class DrawingPad(QWidget):
    """A canvas; brush sizes are diameters in its pixels (some SIDE across).

    Signals:
        ink_changed: the picture has changed.
        stroke_finished: pen, finger or button was released, or undo, redo or clear
            was used.
        brush_size_changed: the new diameter.
        eraser_toggled: whether the left button and the finger erase now.
    """

    ink_changed = Signal()
    stroke_finished = Signal()
    brush_size_changed = Signal(int)
    eraser_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = InkCanvas()
        self._others: dict[tuple[int, ...], InkCanvas] = {}
        self._pixel_side = SIDE // 28
        self._brush_size = DEFAULT_BRUSH
        self._erasing = False
        self._touch_id: int | None = None
        self._pointer: QPointF | None = None
        self._pen = KeyPen()
        self._is_by_keys = False
        self._hint = tr("Draw here")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(*tokens.lengths("drawing_pad.least"))
        self.setAccessibleName(tr("Drawing pad"))

    @property
    def pixels(self) -> ByteArray:
        """The grey levels drawn, (rows, columns) uint8, white ink on black."""
        return self._canvas.pixels

    def described(self) -> Part:
        """The pad in words; what is read in it stands below it."""
        inked = float((self.pixels > 0).mean())
        value = (
            tr("empty")
            if self.is_empty
            else tr("{inked} inked", inked=percent(inked, 0))
        )
        if self._has_pen:
            value = f"{value}, {self._pen.said(is_down=self._canvas.is_drawing)}"
        return Part(self.accessibleName(), value, Role.Canvas)

    @property
    def is_empty(self) -> bool:
        return self._canvas.is_empty

    @property
    def can_undo(self) -> bool:
        return self._canvas.can_undo

    @property
    def can_redo(self) -> bool:
        return self._canvas.can_redo

    @property
    def brush_size(self) -> int:
        return self._brush_size

    @property
    def is_erasing(self) -> bool:
        return self._erasing

    @property
    def pixel_side(self) -> int:
        """Pixels of the canvas along each side of one of the network's."""
        return self._pixel_side

    def set_shape(self, shape: tuple[int, int]) -> None:
        """Take the canvas for images of so many rows and columns, empty at first."""
        self._pixel_side = max(1, SIDE // max(shape))
        self._pen.fit(shape)
        rows, columns = (size * self._pixel_side for size in shape)
        if self.pixels.shape != (rows, columns):
            # What was drawn for other images waits until they are there again.
            self._others[self.pixels.shape] = self._canvas
            found = self._others.pop((rows, columns), None)
            self._canvas = InkCanvas((rows, columns)) if found is None else found
            self.update()
            self.stroke_finished.emit()

    def fits(self, shape: tuple[int, int]) -> bool:
        """Whether the canvas is one for images of so many rows and columns."""
        side = max(1, SIDE // max(shape))
        return self.pixels.shape == (shape[0] * side, shape[1] * side)

    def exchange(self, canvases: Canvases | None) -> Canvases:
        """Take other canvases, or empty ones for None; returns those of before."""
        before = Canvases(self._canvas, self._others)
        fresh = Canvases(InkCanvas(self.pixels.shape), {})
        self._canvas, self._others = fresh if canvases is None else canvases
        self.update()
        self.stroke_finished.emit()
        return before

    def set_hint(self, text: str) -> None:
        """The hint on an empty pad."""
        if text != self._hint:
            self._hint = text
            self.update()

    def set_brush_size(self, size: int) -> None:
        """Diameter in canvas pixels; a size out of range is clamped."""
        size = min(max(size, SMALLEST_BRUSH), LARGEST_BRUSH)
        if size != self._brush_size:
            self._brush_size = size
            self.brush_size_changed.emit(size)
            self.update()

    def set_erasing(self, erasing: bool) -> None:
        if erasing != self._erasing:
            self._erasing = erasing
            self.eraser_toggled.emit(erasing)
            self.update()

    def undo(self) -> None:
        self._canvas.undo()
        self._announce(finished=True)

    def redo(self) -> None:
        self._canvas.redo()
        self._announce(finished=True)

    def clear(self) -> None:
        self._canvas.clear()
        self._announce(finished=True)

    def _begin(self, at: QPointF, *, pressure: float = 1.0, erasing: bool) -> None:
        self._canvas.begin_stroke(self._dab(at, pressure), erasing=erasing)
        self._pointer = at
        self._announce(finished=False)

    def _continue(self, at: QPointF, *, pressure: float = 1.0) -> None:
        self._pointer = at
        if self._canvas.is_drawing:
            self._canvas.continue_stroke(self._dab(at, pressure))
            self._announce(finished=False)
        else:
            self.update()

    def _end(self) -> None:
        if self._canvas.is_drawing:
            self._canvas.end_stroke()
            self._announce(finished=True)

    def _announce(self, *, finished: bool) -> None:
        self.update()
        self.ink_changed.emit()
        if finished:
            self.stroke_finished.emit()

    def _square(self) -> QRectF:
        """Where the canvas is, at the left edge of all; its pixels are squares."""
        rows, columns = self.pixels.shape
        scale = min(self.width() / columns, self.height() / rows)
        width, height = columns * scale, rows * scale
        return QRectF(0, (self.height() - height) / 2, width, height)

    def _dab(self, at: QPointF, pressure: float) -> Dab:
        square = self._square()
        scale = self.pixels.shape[1] / square.width()
        share = LIGHTEST_PRESSURE + (1 - LIGHTEST_PRESSURE) * pressure
        return Dab(
            (at.x() - square.x()) * scale,
            (at.y() - square.y()) * scale,
            self._brush_size / 2 * share,
        )

    def _paint_hint(self, painter: QPainter, square: QRectF) -> None:
        font = theme.figures_font(self.font(), scale=1.25)
        painter.setFont(font)
        painter.setPen(theme.colour(theme.colours_of(self).ink3))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(
            square.adjusted(
                grown(self, tokens.space("s")),
                grown(self, tokens.space("s")),
                -grown(self, tokens.space("s")),
                -grown(self, tokens.space("s")),
            ),
            flags,
            self._hint,
        )

    def _paint_brush(self, painter: QPainter, square: QRectF) -> None:
        if self._pointer is None or not square.contains(self._pointer):
            return
        radius = self._brush_size / 2 * square.width() / self.pixels.shape[1]
        tint = (
            theme.colours_of(self).wrong
            if self._erasing
            else theme.colours_of(self).selection
        )
        painter.setPen(QPen(QColor(*tint), 1))
        painter.drawEllipse(self._pointer, radius, radius)

    @property
    def _has_pen(self) -> bool:
        """Whether keys draw."""
        return self._is_by_keys and self.hasFocus()

    def _paint_pen(self, painter: QPainter, square: QRectF) -> None:
        """A cross around the brush's circle, which is filled while the pen is down."""
        scale = square.width() / self.pixels.shape[1]
        x, y = self._pen.place(self._pixel_side)
        at = square.topLeft() + QPointF(x, y) * scale
        colours = theme.colours_of(self)
        tint = theme.colour(colours.wrong if self._erasing else colours.selection)
        painter.setPen(QPen(tint, grown(self, tokens.stroke("line"))))
        painter.setBrush(tint if self._canvas.is_drawing else Qt.BrushStyle.NoBrush)
        radius = self._brush_size / 2 * scale
        painter.drawEllipse(at, radius, radius)
        reach = radius + grown(self, tokens.space("xs"))
        for way in (QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1)):
            painter.drawLine(at + way * radius, at + way * reach)

    def _run_pen(self, event: QKeyEvent) -> None:
        """Move the pen, which draws while it is down, or put it down or lift it."""
        if is_move(event):
            self._pen.move(event)
            if self._canvas.is_drawing:
                self._canvas.continue_stroke(self._pen_dab())
                self._announce(finished=False)
        elif self._canvas.is_drawing:
            self._end()
        else:
            self._canvas.begin_stroke(self._pen_dab(), erasing=self._erasing)
            self._announce(finished=False)
        self.update()
        announce(self, self._pen.said(is_down=self._canvas.is_drawing))

    def _pen_dab(self) -> Dab:
        x, y = self._pen.place(self._pixel_side)
        return Dab(x, y, self._brush_size / 2)

    def _takes_pen_key(self, event: QKeyEvent) -> bool:
        is_space = event.key() == Qt.Key.Key_Space and is_plain(event)
        return self._is_by_keys and (is_space or is_move(event))

    def _touch(self, event: QTouchEvent) -> None:
        """Draw with the first finger down; the others rest."""
        kind = event.type()
        points = event.points()
        if kind == QEvent.Type.TouchBegin:
            self._touch_id = points[0].id()
            self._begin(points[0].position(), erasing=self._erasing)
        elif kind == QEvent.Type.TouchUpdate:
            for point in points:
                if point.id() == self._touch_id:
                    self._continue(point.position())
        else:
            self._touch_id = None
            self._end()
        event.accept()

    def _run_key(self, event: QKeyEvent, *, dry: bool) -> bool:
        """Run the key's command (dry: only tell whether it has one)."""
        action = {
            (Qt.Key.Key_Z, True, False): self.undo,
            (Qt.Key.Key_Z, True, True): self.redo,
            (Qt.Key.Key_Y, True, False): self.redo,
            (Qt.Key.Key_Delete, False, False): self.clear,
            (Qt.Key.Key_BracketLeft, False, False): self._shrink_brush,
            (Qt.Key.Key_BracketRight, False, False): self._grow_brush,
        }.get(_chord(event))
        if action is not None and not dry:
            action()
        return action is not None

    def _shrink_brush(self) -> None:
        self.set_brush_size(self._brush_size - BRUSH_STEP)

    def _grow_brush(self) -> None:
        self.set_brush_size(self._brush_size + BRUSH_STEP)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key acts on the drawing; see gui.widgets.focus.key_policy."""
        return self._takes_pen_key(event) or self._run_key(event, dry=True)

    # --- Qt overrides -------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._touch(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes_pen_key(event):
            if is_move(event) or not event.isAutoRepeat():
                self._run_pen(event)
        elif not self._run_key(event, dry=False):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.RightButton,
        ):
            super().mousePressEvent(event)
            return
        erasing = self._erasing or event.button() == Qt.MouseButton.RightButton
        self._is_by_keys = False
        self._begin(event.position(), erasing=erasing)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._continue(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()
        event.accept()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.TabletPress:
            eraser_end = event.pointerType() == QPointingDevice.PointerType.Eraser
            self._begin(
                event.position(),
                pressure=event.pressure(),
                erasing=self._erasing or eraser_end,
            )
        elif kind == QEvent.Type.TabletMove:
            self._continue(event.position(), pressure=event.pressure())
        elif kind == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._pointer = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in _BY_KEYS:
            self._is_by_keys = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._is_by_keys:
            self._end()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            square = self._square()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(
                square, pixel_qimage(self.pixels, dark=theme.is_dark(self.palette()))
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.is_empty:
                self._paint_hint(painter, square)
            if self._has_pen:
                self._paint_pen(painter, square)
            else:
                self._paint_brush(painter, square)
            painter.setPen(QPen(self.palette().mid().color(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(square.adjusted(0.5, 0.5, -0.5, -0.5))


def _chord(event: QKeyEvent) -> tuple[Qt.Key, bool, bool]:
    """(key, with Ctrl, with Shift); brackets may need Shift or AltGr to type."""
    key = Qt.Key(event.key())
    if key in (Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight):
        return key, False, False
    held = event.modifiers()
    control = bool(held & Qt.KeyboardModifier.ControlModifier)
    return key, control, bool(held & Qt.KeyboardModifier.ShiftModifier)
